package io.openmonetize.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqsBatchTest {
  @Test
  void read_records_areMessagesInTheirOrder() throws Exception {
    SqsBatch batch =
        read(
            """
            {"Records":[
              {"messageId":"m-1","receiptHandle":"r","body":"{\\"v\\":1}",
               "attributes":{"SentTimestamp":"1","ApproximateReceiveCount":"3"},
               "messageAttributes":{"x":{"stringValue":"y"}},"md5OfBody":"z"},
              {"messageId":"m-2","body":"two"}]}
            """);

    assertThat(batch.messages())
        .containsExactly(
            new SqsBatch.Message("m-1", "{\"v\":1}", 3), new SqsBatch.Message("m-2", "two", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"Records\":null}",
        "{\"Records\":[]}",
        "{\"Records\":[",
        "{\"Records\":{}}",
        "{\"Records\":[{\"body\":\"no id\"}]}",
        "{\"Records\":[{\"messageId\":\"m\",\"body\":{}}]}",
        "{\"Records\":[{\"messageId\":\"m\",\"attributes\":{\"ApproximateReceiveCount\":\"x\"}}]}"
      })
  void read_anythingElse_isMalformed(String event) {
    assertThatExceptionOfType(MalformedPayloadException.class).isThrownBy(() -> read(event));
  }

  @Test
  void failures_nameTheMessages() {
    assertThat(new String(SqsBatch.failures(List.of("m-1", "m-2")), UTF_8))
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"},{\"itemIdentifier\":\"m-2\"}]}");
  }

  private static SqsBatch read(String json) throws MalformedPayloadException {
    return SqsBatch.read(json.getBytes(UTF_8));
  }
}
