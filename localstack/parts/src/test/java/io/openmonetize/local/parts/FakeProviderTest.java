package io.openmonetize.local.parts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.runtime.http1.BodyInput;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpConnection;
import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import io.openmonetize.runtime.http1.TruncatedBodyException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeProviderTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private FakeProvider provider;
  private HttpConnection connection;

  @BeforeEach
  void start() throws IOException {
    provider = FakeProvider.start((head, body) -> Script.json(200, "{\"usual\":true}"));
    connection = new HttpConnection(new Socket("127.0.0.1", provider.baseUrl().getPort()));
  }

  @AfterEach
  void stop() throws IOException {
    connection.close();
    provider.close();
  }

  @Test
  void request_withNoScript_getsTheUsualAnswerAndIsRemembered() throws Exception {
    assertThat(new String(post("{\"a\":1}").readAll(100), UTF_8)).isEqualTo("{\"usual\":true}");

    ReceivedCall call = provider.awaitCall(1, LONG);
    assertThat(call.head().target()).isEqualTo("/v1/things?x=1");
    assertThat(call.body()).isEqualTo("{\"a\":1}".getBytes(UTF_8));
    assertThat(call.awaitEnd(LONG)).isEqualTo(ReceivedCall.End.COMPLETE);
  }

  @Test
  void script_ofSeveralPieces_arrivesInTheseChunks() throws Exception {
    provider.enqueue(Script.sse().send("one").pause(Duration.ofMillis(1)).send("two"));

    BodyInput body = post("");

    byte[] buffer = new byte[100];
    assertThat(body.read(buffer)).isEqualTo(3);
    assertThat(body.read(buffer)).isEqualTo(3);
    assertThat(body.read(buffer)).isEqualTo(-1);
  }

  @Test
  void script_byteByByte_sendsTheSameBytesSingly() throws Exception {
    Script script = Script.json(200, "größer").byteByByte();
    provider.enqueue(script);

    BodyInput body = post("");

    byte[] buffer = new byte[100];
    assertThat(body.read(buffer)).isEqualTo(1);
    assertThat(body.readAll(100)).hasSize(script.body().length - 1);
  }

  @Test
  void script_thatCuts_breaksTheResponse() throws Exception {
    provider.enqueue(Script.sse().send("half").pause(Duration.ofMillis(200)).cut());

    BodyInput body = post("");

    assertThatThrownBy(() -> body.readAll(100))
        .isInstanceOfAny(TruncatedBodyException.class, IOException.class);
    assertThat(provider.calls().getLast().awaitEnd(LONG)).isEqualTo(ReceivedCall.End.CUT);
  }

  @Test
  void script_ofSilence_endsWhenThePeerLeaves() throws Exception {
    provider.enqueue(Script.sse().send("half").silence());
    post("").read();

    connection.close();

    assertThat(provider.awaitCall(1, LONG).awaitEnd(LONG)).isEqualTo(ReceivedCall.End.PEER_GONE);
  }

  private BodyInput post(String body) throws IOException {
    connection
        .writer()
        .request(
            new RequestHead("POST", "/v1/things?x=1", Headers.of("Host", "provider")),
            body.getBytes(UTF_8));
    ResponseHead head = connection.reader().responseHead();
    return connection.reader().responseBody(head, false);
  }
}
