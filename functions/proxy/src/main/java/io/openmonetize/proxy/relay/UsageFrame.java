package io.openmonetize.proxy.relay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Knows the chunk that OpenAI adds for {@code stream_options.include_usage}. */
final class UsageFrame {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final byte[] USAGE = {'"', 'u', 's', 'a', 'g', 'e', '"'};
  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

  private UsageFrame() {}

  /**
   * Whether these lines are an event whose {@code choices} are empty and whose usage is an object.
   */
  static boolean is(byte[] buffer, int start, int end) {
    byte[] data = data(buffer, start, end);
    if (data.length == 0 || data[0] != '{' || !names(data, USAGE)) {
      return false;
    }
    try (JsonParser json = FACTORY.createParser(data)) {
      return json.nextToken() == JsonToken.START_OBJECT && hasUsageAlone(json);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Few streams have another frame that names it, and looking is cheaper than parsing. No provider
   * writes names in escapes; if one did, its frame would go to the caller.
   */
  private static boolean names(byte[] data, byte[] name) {
    for (int i = 0; i + name.length <= data.length; i++) {
      if (data[i] == '"' && Arrays.equals(data, i, i + name.length, name, 0, name.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasUsageAlone(JsonParser json) throws IOException {
    boolean noChoices = false;
    boolean usage = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("choices")) {
        noChoices = json.hasToken(JsonToken.START_ARRAY) && json.nextToken() == JsonToken.END_ARRAY;
        if (!noChoices) {
          return false;
        }
      } else if (name.equals("usage")) {
        usage = json.hasToken(JsonToken.START_OBJECT);
      }
      json.skipChildren();
    }
    return noChoices && usage;
  }

  /** The event's data: its {@code data} lines, joined by line feeds. */
  private static byte[] data(byte[] frame, int begin, int end) {
    ByteArrayOutputStream data = new ByteArrayOutputStream(end - begin);
    int start = begin;
    for (int i = begin; i <= end; i++) {
      if (i < end && frame[i] != '\n' && frame[i] != '\r') {
        continue;
      }
      if (i - start >= DATA.length
          && Arrays.equals(frame, start, start + DATA.length, DATA, 0, DATA.length)) {
        int from = start + DATA.length;
        boolean space = from < i && frame[from] == ' ';
        if (data.size() > 0) {
          data.write('\n');
        }
        data.write(frame, space ? from + 1 : from, i - (space ? from + 1 : from));
      }
      start = i + 1;
    }
    return data.toByteArray();
  }
}
