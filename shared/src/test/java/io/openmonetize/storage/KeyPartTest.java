package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KeyPartTest {
  @Property
  void split_anyParts_givesThemBack(@ForAll("parts") List<String> parts) {
    String key = KeyPart.join(parts.toArray(new String[0]));

    assertThat(KeyPart.split(key)).containsExactlyElementsOf(parts);
  }

  /** Few characters, so that the marks of the encoding meet in every way; absence too. */
  @Provide
  Arbitrary<List<String>> parts() {
    return Arbitraries.strings()
        .withChars('#', '%', 'h', 'p', 'é')
        .ofMaxLength(5)
        .injectNull(0.1)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }
}
