package io.openmonetize.usage.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FramingTest {
  /** Reads the body whole and in pieces of every small size, and expects the same each time. */
  private static List<String> read(Function<DocumentHandler, Framing> kind, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    List<String> whole = read(kind, bytes, Math.max(1, bytes.length));
    for (int size = 1; size < 12; size++) {
      assertThat(read(kind, bytes, size)).as("pieces of %d", size).isEqualTo(whole);
    }
    return whole;
  }

  private static List<String> read(
      Function<DocumentHandler, Framing> kind, byte[] bytes, int size) {
    RecordedDocuments documents = new RecordedDocuments();
    Framing framing = kind.apply(documents);
    for (int at = 0; at < bytes.length; at += size) {
      framing.accept(bytes, at, Math.min(bytes.length, at + size));
    }
    framing.end();
    return documents.events;
  }

  private static List<String> detected(String body) {
    return read(Framing::detected, body);
  }

  @Test
  void accept_oneObject_isAlone() {
    assertThat(detected("\n {\"n\":1}\n")).containsExactly("alone 1");
  }

  @Test
  void accept_array_handsOverEachElement() {
    assertThat(detected("[{\"n\":1}\r\n,{\"n\":\"]\"} , 3,[],{\"n\":{}}]\n"))
        .containsExactly("1", "\"]\"", "", "", "{}");
  }

  @Test
  void accept_arrayThatIsNotClosed_saysSo() {
    assertThat(detected("[{\"n\":1},")).containsExactly("1", "! the JSON array broke off");
    assertThat(detected("[{\"n\":1},{\"n\":2"))
        .containsExactly("1", "", "! the JSON broke off", "! the JSON array broke off");
  }

  @Test
  void accept_somethingBehindTheDocument_saysSo() {
    assertThat(detected("{\"n\":1} {\"n\":2}"))
        .containsExactly("alone 1", "! something follows the JSON document");
  }

  @Test
  void accept_brokenElement_givesUpTheRest() {
    assertThat(detected("[{\"n\":1},{\"n\" 2},{\"n\":3}]")).containsExactly("1", "", "! not JSON");
  }

  @Test
  void accept_nothing_saysNothing() {
    assertThat(detected("")).isEmpty();
    assertThat(detected("\r\n ")).isEmpty();
  }

  @Test
  void accept_eventsOfEveryLineEnd_areTheSame() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      String body = "event: a#data: {\"n\":1}##data:{\"n\":2}##: comment#data: [DONE]##";
      assertThat(detected(body.replace("#", end))).containsExactly("1", "2", "end mark");
    }
  }

  @Test
  void accept_severalDataLines_makeOneDocument() {
    assertThat(detected("data: {\"n\":\ndata: [1,\nid: 3\ndata:2]}\n\n")).containsExactly("[1,2]");
  }

  @Test
  void accept_lineBreakInsideText_isNotJson() {
    assertThat(detected("data: {\"n\":\"a\ndata: b\"}\n\n")).containsExactly("", "! not JSON");
  }

  @Test
  void accept_otherFields_areNoData() {
    assertThat(detected("dat: {\"n\":1}\ndata2: {\"n\":2}\n data: {\"n\":3}\nDATA: {\"n\":4}\n\n"))
        .isEmpty();
  }

  @Test
  void accept_emptyData_isNoDocument() {
    assertThat(detected("data\n\ndata:\n\ndata: \n\n: x\n\ndata: {\"n\":1}\n\n"))
        .containsExactly("1");
  }

  @Test
  void accept_blanksBehindTheDocument_areAllowed() {
    assertThat(detected("data: {\"n\":1}     \n\ndata: {\"n\":2} x\n\n"))
        .containsExactly("1", "2", "! not JSON");
  }

  @Test
  void accept_lastEventWithoutBlankLine_counts() {
    assertThat(detected("data: {\"n\":1}\n\ndata: {\"n\":2}")).containsExactly("1", "2");
    assertThat(detected("data: {\"n\":1}\n\ndata: [DONE]")).containsExactly("1", "end mark");
    assertThat(detected("data: {\"n\":1}\n\ndata: {\"n\":2"))
        .containsExactly("1", "", "! the JSON broke off");
  }

  @Test
  void accept_almostTheEndMark_isNone() {
    assertThat(detected("data: [DONE]x\n\ndata: [DON]\n\ndata: [DONE]  \n\ndata: [\"DONE\"]\n\n"))
        .containsExactly("", "! not JSON", "", "end mark", "");
  }

  @Test
  void accept_bareDocumentBehindEvents_isOne() {
    assertThat(
            detected("data: {\"n\":1}\r\n\r\n{\n \"n\": {\n\"a\":[\n1]}\n}\r\ndata: {\"n\":3}\n\n"))
        .containsExactly("1", "{\n\"a\":[\n1]}", "3");
    assertThat(detected("data: {\"n\":1}\n\n{\n \"n\": 2"))
        .containsExactly("1", "", "! the JSON broke off");
  }

  @Test
  void accept_byteOrderMark_isIgnored() {
    assertThat(detected("\uFEFFdata: {\"n\":1}\n\n")).containsExactly("1");
    assertThat(detected("\uFEFF{\"n\":1}")).containsExactly("alone 1");
  }

  @Test
  void accept_lines_handOverEach() {
    assertThat(read(Framing::lines, "{\"n\":1}\n\n{\"n\":2}\r\n{\"n\" 3}\n{\"n\":4} x\n{\"n\":5}"))
        .containsExactly("1", "2", "", "! not JSON", "4", "! not JSON", "5");
  }
}
