package io.openmonetize.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.Script;
import io.openmonetize.runtime.http1.ChunkedOutput;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams pass byte for byte and at once, and are metered all the same. */
final class StreamingTest {
  private static final String ANTHROPIC =
      Bodies.ANTHROPIC_START
          + Bodies.ANTHROPIC_DELTA
          + Bodies.ANTHROPIC_DELTA
          + Bodies.ANTHROPIC_END;

  private FakeProvider provider;
  private ProxyBench bench;

  @BeforeEach
  void start() throws IOException {
    provider = FakeProvider.start((head, body) -> Script.json(500, "{}"));
    bench = new ProxyBench(provider.baseUrl());
  }

  @AfterEach
  void stop() {
    bench.close();
    provider.close();
  }

  @Test
  void handle_oneByteAtATime_isByteIdenticalAndOneWriteARead() throws Exception {
    provider.enqueue(Script.sse().send(ANTHROPIC).byteByByte());
    RecordingResponder answer = bench.call(streamed());
    assertThat(ForwardingTest.sha256(answer.body()))
        .isEqualTo(ForwardingTest.sha256(ANTHROPIC.getBytes(UTF_8)));
    assertThat(answer.writes()).allMatch(write -> write.length == 1);
    assertThat(answer.state()).isEqualTo(RecordingResponder.State.ENDED);
    assertExact(bench.event(), 25, 15);
  }

  @Test
  void handle_providerStillSending_callerHasTheFirstByte() throws Exception {
    CountDownLatch callerHasIt = new CountDownLatch(1);
    try (HttpServer slow = pausing(callerHasIt);
        ProxyBench waiting = new ProxyBench(URI.create("http://127.0.0.1:" + slow.port()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RecordingResponder answer = new RecordingResponder();
      Request request = waiting.ready(streamed());
      Future<?> call = threads.submit(() -> waiting.send(request, answer));
      // The provider sends the rest only when this test has seen the first event at the caller's.
      assertThat(answer.awaitFirstWrite()).isTrue();
      assertThat(answer.text()).isEqualTo(Bodies.ANTHROPIC_START);
      assertThat(answer.state()).isEqualTo(RecordingResponder.State.OPEN);
      callerHasIt.countDown();
      call.get(30, TimeUnit.SECONDS);
      assertThat(answer.text()).isEqualTo(ANTHROPIC);
    }
  }

  @Test
  void handle_gzippedStream_passesCodedAndIsRead() throws Exception {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(coded, true)) {
      gzip.write(ANTHROPIC.getBytes(UTF_8));
    }
    provider.enqueue(
        Script.stream(
                200, Headers.of("Content-Type", "text/event-stream", "Content-Encoding", "gzip"))
            .send(coded.toByteArray()));
    RecordingResponder answer = bench.call(streamed().with("accept-encoding", "br, gzip, deflate"));
    assertThat(answer.body()).isEqualTo(coded.toByteArray());
    assertThat(answer.header("content-encoding")).isEqualTo("gzip");
    assertThat(provider.calls().getLast().head().headers().all("accept-encoding"))
        .containsExactly("gzip");
    assertExact(bench.event(), 25, 15);
  }

  @Test
  void handle_chatStreamWithoutIncludeUsage_asksForItAndWithholdsExactlyItsFrame() {
    String sent = Bodies.CHAT_CHUNK + Bodies.CHAT_CHUNK + Bodies.CHAT_USAGE + Bodies.CHAT_DONE;
    provider.enqueue(Script.sse().send(sent).byteByByte());
    RecordingResponder answer =
        bench.call(
            Request.post("/v1/chat/completions", Bodies.CHAT_STREAM_REQUEST)
                .with("accept-encoding", "gzip"));
    assertThat(answer.text()).isEqualTo(sent.replace(Bodies.CHAT_USAGE, ""));
    assertThat(new String(provider.calls().getLast().body(), UTF_8))
        .isEqualTo(
            "{\"stream_options\":{\"include_usage\":true},"
                + Bodies.CHAT_STREAM_REQUEST.substring(1));
    Headers headers = provider.calls().getLast().head().headers();
    assertThat(headers.all("accept-encoding")).containsExactly("identity");
    assertExact(bench.event(), 9, 3);
  }

  @Test
  void handle_chatStreamWithIncludeUsage_isLeftAlone() {
    String body =
        "{\"model\":\"gpt-5\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";
    String sent = Bodies.CHAT_CHUNK + Bodies.CHAT_USAGE + Bodies.CHAT_DONE;
    provider.enqueue(Script.sse().send(sent));
    RecordingResponder answer = bench.call(Request.post("/v1/chat/completions", body));
    assertThat(answer.text()).isEqualTo(sent);
    assertThat(new String(provider.calls().getLast().body(), UTF_8)).isEqualTo(body);
    assertExact(bench.event(), 9, 3);
  }

  @Test
  void handle_chatWithoutStream_isLeftAlone() {
    String body = "{\"model\":\"gpt-5\",\"messages\":[]}";
    provider.enqueue(Script.json(200, "{}"));
    bench.call(Request.post("/v1/chat/completions", body));
    assertThat(new String(provider.calls().getLast().body(), UTF_8)).isEqualTo(body);
  }

  @Test
  void handle_severalFramesInOneRead_areOneWrite() {
    provider.enqueue(Script.sse().send(Bodies.CHAT_CHUNK + Bodies.CHAT_CHUNK + Bodies.CHAT_USAGE));
    RecordingResponder answer =
        bench.call(Request.post("/v1/chat/completions", Bodies.CHAT_STREAM_REQUEST));
    assertThat(answer.writes()).hasSize(1);
    assertThat(answer.text()).isEqualTo(Bodies.CHAT_CHUNK + Bodies.CHAT_CHUNK);
  }

  @Test
  void handle_geminiArrayStream_isByteIdentical() {
    String sent = "[" + Bodies.GEMINI_ANSWER + ",\r\n" + Bodies.GEMINI_ANSWER + "]\n";
    provider.enqueue(
        Script.stream(200, Headers.of("Content-Type", "application/json")).send(sent).byteByByte());
    RecordingResponder answer =
        bench.call(
            Request.post(
                "/v1beta/models/gemini-2.5-flash:streamGenerateContent", Bodies.GEMINI_REQUEST));
    assertThat(answer.text()).isEqualTo(sent);
    assertThat(bench.event().streamed()).isTrue();
    assertExact(bench.event(), 4, 2);
  }

  private static Request streamed() {
    return Request.post("/v1/messages", Bodies.ANTHROPIC_STREAM_REQUEST);
  }

  private static void assertExact(UsageEvent event, long input, long output) {
    assertThat(event.usage().status()).isEqualTo(UsageStatus.EXACT);
    assertThat(event.usage().tokens().total(TokenClass.Side.INPUT)).isEqualTo(input);
    assertThat(event.usage().tokens().total(TokenClass.Side.OUTPUT)).isEqualTo(output);
    assertThat(event.streamed()).isTrue();
  }

  private static HttpServer pausing(CountDownLatch until) throws IOException {
    return HttpServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        exchange -> {
          exchange.body().readAll(1_000_000);
          ChunkedOutput out = exchange.stream(200, Headers.of("Content-Type", "text/event-stream"));
          byte[] first = Bodies.ANTHROPIC_START.getBytes(UTF_8);
          out.write(first, 0, first.length);
          try {
            if (!until.await(30, TimeUnit.SECONDS)) {
              return;
            }
          } catch (InterruptedException e) {
            throw new InterruptedIOException();
          }
          byte[] rest = ANTHROPIC.substring(Bodies.ANTHROPIC_START.length()).getBytes(UTF_8);
          out.write(rest, 0, rest.length);
          out.end();
        });
  }
}
