package io.openmonetize.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Walks through the objects of an event, which may hold more than anybody here wants. */
final class EventJson {
  static final JsonFactory FACTORY = new JsonFactory();

  /** Reads the value of one field, at whose first token the parser stands. */
  @FunctionalInterface
  interface Field {
    /**
     * @return whether the name is known; the value of another is skipped
     */
    boolean read(String name, JsonParser json) throws IOException;
  }

  private EventJson() {}

  static void read(byte[] event, Field field) throws MalformedPayloadException {
    try (JsonParser json = FACTORY.createParser(event)) {
      json.nextToken();
      object(json, field);
      if (json.nextToken() != null) {
        throw new MalformedPayloadException("The event goes on after its end");
      }
    } catch (JsonProcessingException e) {
      throw new MalformedPayloadException("The event is not valid JSON");
    } catch (MalformedPayloadException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  static void object(JsonParser json, Field field) throws IOException {
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      return;
    }
    if (!json.hasToken(JsonToken.START_OBJECT)) {
      throw new MalformedPayloadException("A part of the event is no object where it must be");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (!field.read(name, json)) {
        json.skipChildren();
      }
    }
  }

  /** Calls back at the first token of each element. */
  static void array(JsonParser json, Element element) throws IOException {
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      return;
    }
    if (!json.hasToken(JsonToken.START_ARRAY)) {
      throw new MalformedPayloadException("A part of the event is no array where it must be");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element.read(json);
    }
  }

  /** Reads one element of an array. */
  @FunctionalInterface
  interface Element {
    void read(JsonParser json) throws IOException;
  }

  /** Empty for null. */
  static String text(JsonParser json) throws IOException {
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      return "";
    }
    if (!json.hasToken(JsonToken.VALUE_STRING)) {
      throw new MalformedPayloadException("A part of the event is no string where it must be");
    }
    return json.getText();
  }
}
