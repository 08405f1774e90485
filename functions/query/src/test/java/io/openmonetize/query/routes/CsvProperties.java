package io.openmonetize.query.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CsvProperties {
  @Property
  void line_anyFields_areReadBackByAnyReader(@ForAll("lines") List<List<String>> lines) {
    Csv csv = new Csv();
    lines.forEach(line -> csv.line(new ArrayList<>(line)));

    List<List<String>> read = read(csv.toString());

    assertThat(read)
        .isEqualTo(lines.stream().map(l -> l.stream().map(CsvProperties::safe).toList()).toList());
  }

  @Property
  void line_anyField_neverBeginsLikeAFormula(@ForAll("fields") String field) {
    Csv csv = new Csv();
    csv.line(List.of(field, "x"));

    String read = read(csv.toString()).getFirst().getFirst();

    assertThat(read).doesNotStartWith("=").doesNotStartWith("+").doesNotStartWith("-");
    assertThat(read).doesNotStartWith("@").doesNotStartWith("\t").doesNotStartWith("\r");
  }

  @Provide
  Arbitrary<List<List<String>>> lines() {
    return fields().list().ofMinSize(2).ofMaxSize(6).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> fields() {
    return Arbitraries.strings()
        .withChars(',', '"', '\r', '\n', '\t', '=', '+', '-', '@', '\'', 'a', '1', '.', 'é', '客')
        .ofMaxLength(8);
  }

  private static String safe(String field) {
    return !field.isEmpty() && "=+-@\t\r".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
  }

  /** A reader of RFC 4180, written apart from the writer. */
  private static List<List<String>> read(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',') {
        line.add(field.toString());
        field.setLength(0);
      } else if (c == '\r' && text.charAt(i + 1) == '\n') {
        line.add(field.toString());
        field.setLength(0);
        lines.add(line);
        line = new ArrayList<>();
        i++;
      } else {
        field.append(c);
      }
    }
    return lines;
  }
}
