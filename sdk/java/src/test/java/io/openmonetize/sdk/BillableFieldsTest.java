package io.openmonetize.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code sdk/reduced-answers.json} is what the TypeScript package keeps of the conformance corpus:
 * the two must keep the same, or an answer costs by the language of who reported it.
 */
class BillableFieldsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CORPUS = Path.of("../../events/src/main/resources/conformance");

  @Test
  void of_eachAnswerOfTheCorpus_keepsWhatTheTypeScriptPackageKeeps() throws IOException {
    JsonNode cases = JSON.readTree(Path.of("../reduced-answers.json").toFile());
    assertThat(cases).hasSizeGreaterThan(100);
    List<String> different = new ArrayList<>();
    for (JsonNode each : cases) {
      String file = each.path("file").asText();
      JsonNode answer =
          each.has("answer")
              ? each.path("answer")
              : JSON.readTree(Files.readString(CORPUS.resolve(file)));
      Provider provider = Provider.valueOf(each.path("provider").textValue());

      // Written and read again, so that numbers are of the same kind.
      JsonNode kept = JSON.readTree(BillableFields.of(provider, answer).toString());
      if (!kept.equals(each.path("reduced"))) {
        different.add("%s gives %s".formatted(each, kept));
      }
    }

    assertThat(different).isEmpty();
  }
}
