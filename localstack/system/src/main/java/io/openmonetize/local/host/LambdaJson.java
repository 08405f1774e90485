package io.openmonetize.local.host;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** Events and answers as JSON, by the same library and the same choice as the managed runtime's. */
final class LambdaJson<T> {
  private final PojoSerializer<T> serializer;

  LambdaJson(Class<T> type) {
    this.serializer =
        LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
            ? LambdaEventSerializers.serializerFor(type, LambdaJson.class.getClassLoader())
            : JacksonFactory.getInstance().getSerializer(type);
  }

  T read(byte[] json) {
    return serializer.fromJson(new ByteArrayInputStream(json));
  }

  byte[] write(T value) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    serializer.toJson(value, json);
    return json.toByteArray();
  }
}
