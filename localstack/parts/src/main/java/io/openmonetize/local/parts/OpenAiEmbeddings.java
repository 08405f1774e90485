package io.openmonetize.local.parts;

import static io.openmonetize.local.parts.Wire.quote;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** OpenAI's embeddings: short vectors, as numbers or in base64 as the request asks. */
final class OpenAiEmbeddings {
  private static final float[] VECTOR = {0.125f, -0.25f, 0.5f, 0.0625f};

  private OpenAiEmbeddings() {}

  static String whole(String model, JsonNode request, Tokens tokens) {
    boolean base64 = request.path("encoding_format").asText().equals("base64");
    int inputs = request.path("input").isArray() ? request.path("input").size() : 1;
    List<String> data = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      data.add(
          "{\"object\":\"embedding\",\"index\":%d,\"embedding\":%s}"
              .formatted(i, base64 ? packed() : "[0.125,-0.25,0.5,0.0625]"));
    }
    return """
    {"object":"list","data":[%s],"model":%s,"usage":{"prompt_tokens":%d,"total_tokens":%d}}\
    """
        .formatted(String.join(",", data), quote(model), tokens.allInput(), tokens.allInput());
  }

  private static String packed() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * VECTOR.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : VECTOR) {
      bytes.putFloat(number);
    }
    return quote(Base64.getEncoder().encodeToString(bytes.array()));
  }
}
