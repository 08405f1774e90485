package io.openmonetize.proxy.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Provider;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.usage.Endpoint;
import java.io.ByteArrayOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AskedTest {
  @Test
  void of_jsonBody_findsModelAndStream() {
    Asked asked = asked("/v1/messages", "{\"model\":\"m\",\"x\":{\"stream\":1},\"stream\": true}");
    assertThat(asked.endpoint()).isEqualTo(Endpoint.ANTHROPIC_MESSAGES);
    assertThat(asked.model()).isEqualTo("m");
    assertThat(asked.stream()).isTrue();
    assertThat(asked.usageAdded()).isFalse();
  }

  @Test
  void of_brokenJson_keepsWhatStoodBefore() {
    Asked asked = asked("/v1/messages", "{\"model\":\"m\",\"stream\":true,\"messages\":[");
    assertThat(asked.model()).isEqualTo("m");
    assertThat(asked.stream()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "\"model\"", "{\"model\":1,\"stream\":\"true\"}", "{"})
  void of_noSuchMembers_findsNothing(String body) {
    Asked asked = asked("/v1/messages", body);
    assertThat(asked.model()).isNull();
    assertThat(asked.stream()).isFalse();
    assertThat(asked.body()).isEqualTo(body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'{\"model\":\"m\"}'; identity; false",
        "'{\"stream\":false}'; identity; false",
        "'{\"stream\":true}'; identity; true",
        "'{\"model\":\"m\",\"messages\":['; identity; true",
        "'x'; identity; true",
        "''; identity; false",
        "'x'; deflate; true",
        "'x'; zstd; true",
        "'x'; gzip; true"
      })
  void of_bodyThatCannotBeRead_mayBeAStream(String body, String coding, boolean mayStream) {
    Headers headers = Headers.of("content-encoding", coding);
    assertThat(asked("/v1/messages", body.getBytes(UTF_8), headers).mayStream())
        .isEqualTo(mayStream);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1beta/models/gemini-2.5-flash:streamGenerateContent, '', true",
    "/v1beta/models/gemini-2.5-flash:generateContent, alt=sse, true",
    "/v1beta/models/gemini-2.5-flash:generateContent, key=1&alt=sse, true",
    "/v1beta/models/gemini-2.5-flash:generateContent, alt=sse2, false",
    "/v1/responses/resp_1, stream=true&starting_after=4, true",
    "/v1/responses/resp_1, '', false",
  })
  void of_pathAndQuery_tellAStreamToo(String path, String query, boolean stream) {
    var request = new FunctionUrlRequest("POST", path, query, Headers.NONE, new byte[0]);
    assertThat(Asked.of(request, (Route.Proxied) Routes.of(request)).stream()).isEqualTo(stream);
  }

  @Test
  void of_geminiPath_namesTheModel() {
    Asked asked =
        asked("/v1beta/models/gemini-2.5-flash:generateContent", "{\"model\":\"models/other\"}");
    assertThat(asked.model()).isEqualTo("gemini-2.5-flash");
  }

  @Test
  void of_gzippedBody_isLookedIntoAndNotChanged() throws Exception {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
      gzip.write("{\"model\":\"m\",\"stream\":true}".getBytes(UTF_8));
    }
    Asked asked =
        asked("/v1/chat/completions", coded.toByteArray(), Headers.of("content-encoding", "gzip"));
    assertThat(asked.model()).isEqualTo("m");
    assertThat(asked.stream()).isTrue();
    assertThat(asked.usageAdded()).isFalse();
    assertThat(asked.body()).isEqualTo(coded.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br"})
  void of_codedBodyThatCannotBeRead_findsNothing(String coding) {
    Asked asked =
        asked(
            "/v1/messages",
            "{\"model\":\"m\"}".getBytes(UTF_8),
            Headers.of("content-encoding", coding));
    assertThat(asked.model()).isNull();
  }

  @Test
  void of_form_findsItsFields() {
    String body =
        "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n"
            + "Content-Type: audio/mpeg\r\n\r\n--\u0000binary\r\n\r\n"
            + "\r\n--X\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1"
            + "\r\n--X\r\nContent-Disposition: form-data; name=\"stream\"\r\n\r\ntrue\r\n--X--\r\n";
    for (String type :
        new String[] {"multipart/form-data; boundary=X", "Multipart/Form-Data;boundary=\"X\""}) {
      Asked asked =
          asked("/v1/audio/transcriptions", body.getBytes(UTF_8), Headers.of("content-type", type));
      assertThat(asked.model()).isEqualTo("whisper-1");
      assertThat(asked.stream()).isTrue();
      assertThat(asked.body()).isEqualTo(body.getBytes(UTF_8));
    }
  }

  @Test
  void of_speech_countsItsCodePoints() {
    assertThat(
            asked("/v1/audio/speech", "{\"model\":\"tts-1\",\"input\":\"a\\ud83d\\ude00\u00fc\"}")
                .inputCharacters())
        .isEqualTo(3);
    assertThat(asked("/v1/embeddings", "{\"input\":\"abc\"}").inputCharacters()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/chat/completions", "/v1/completions", "/openai/v1/chat/completions"})
  void of_silentStream_asksForUsage(String path) {
    Asked asked = asked(path, "{\"stream\":true}");
    assertThat(asked.usageAdded()).isTrue();
    assertThat(new String(asked.body(), UTF_8))
        .isEqualTo("{\"stream_options\":{\"include_usage\":true},\"stream\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/responses",
        "/v1/messages",
        "/v1beta/openai/chat/completions",
        "/v1/embeddings"
      })
  void of_streamThatTellsItsUsage_isLeftAlone(String path) {
    assertThat(asked(path, "{\"stream\":true}").usageAdded()).isFalse();
  }

  private static Asked asked(String path, String body) {
    return asked(path, body.getBytes(UTF_8), Headers.of("content-type", "application/json"));
  }

  private static Asked asked(String path, byte[] body, Headers headers) {
    var request = new FunctionUrlRequest("POST", path, "", headers, body);
    Route.Proxied route = (Route.Proxied) Routes.of(request);
    assertThat(route.provider()).isIn(Provider.ANTHROPIC, Provider.OPENAI, Provider.GOOGLE);
    return Asked.of(request, route);
  }
}
