package io.openmonetize.bench;

import io.openmonetize.events.Provider;
import io.openmonetize.usage.Endpoint;
import io.openmonetize.usage.RequestFacts;
import io.openmonetize.usage.ResponseFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A long answer in the form of one provider: a body of the conformance corpus whose piece of text
 * comes a thousand times, as the frames of a stream come, one a read.
 */
public enum Shape {
  ANTHROPIC_STREAM(
      Provider.ANTHROPIC,
      "/v1/messages",
      "anthropic/messages/stream.sse",
      "\n\n",
      "content_block_delta"),
  OPENAI_CHAT_STREAM(
      Provider.OPENAI,
      "/v1/chat/completions",
      "openai/chat_completions/stream.sse",
      "\n\n",
      "\"content\":\""),
  OPENAI_RESPONSES_STREAM(
      Provider.OPENAI,
      "/v1/responses",
      "openai/responses/stream.sse",
      "\n\n",
      "response.output_text.delta"),
  GEMINI_STREAM(
      Provider.GOOGLE,
      "/v1beta/models/gemini-2.5-flash:streamGenerateContent",
      "gemini/stream_generate_content/stream.sse",
      "\r\n\r\n",
      "\"text\"");

  /** How often the piece of text comes where nothing else is said. */
  static final int REPEATED = 1000;

  private final Provider provider;
  private final String path;
  private final String file;
  private final String frameEnd;
  private final String repeated;

  Shape(Provider provider, String path, String file, String frameEnd, String repeated) {
    this.provider = provider;
    this.path = path;
    this.file = file;
    this.frameEnd = frameEnd;
    this.repeated = repeated;
  }

  /** One for each read of the proxy. */
  public List<byte[]> frames() {
    return frames(REPEATED);
  }

  /**
   * @param times how often the piece of text comes
   */
  public List<byte[]> frames(int times) {
    List<byte[]> frames = new ArrayList<>();
    boolean done = false;
    for (String frame : body().split("(?<=" + frameEnd + ")")) {
      boolean longText = !done && frame.contains(repeated);
      done |= longText;
      for (int i = 0; i < (longText ? times : 1); i++) {
        frames.add(frame.getBytes(StandardCharsets.UTF_8));
      }
    }
    if (!done) {
      throw new IllegalStateException(file + " has no " + repeated);
    }
    return frames;
  }

  /** How long the piece is that comes so often, with its frame. */
  public int pieceBytes() {
    return bytes(2) - bytes(1);
  }

  private int bytes(int times) {
    return frames(times).stream().mapToInt(frame -> frame.length).sum();
  }

  public String path() {
    return path;
  }

  public RequestFacts request() {
    return new RequestFacts(Endpoint.of(provider, "POST", path), null, true);
  }

  public ResponseFacts response() {
    return new ResponseFacts(200, "text/event-stream", null);
  }

  private String body() {
    try (InputStream stream = Shape.class.getResourceAsStream("/conformance/" + file)) {
      if (stream == null) {
        throw new IllegalStateException("not in the corpus: " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
