package io.openmonetize.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.keys.KeyText;
import io.openmonetize.local.parts.LocalPartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * With what a developer gets in: kept in clear on the machine, since only that machine's data can
 * be had with it.
 */
record Credentials(String apiKey, String operatorName, String operatorPassword) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPERATOR = "operator";
  private static final int PASSWORD_BYTES = 12;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  static Credentials random(String environment, SecureRandom random) {
    byte[] password = new byte[PASSWORD_BYTES];
    random.nextBytes(password);
    return new Credentials(
        KeyText.random(environment, random).reveal(), OPERATOR, HexFormat.of().formatHex(password));
  }

  /**
   * Those of a file, or random ones, which it then holds.
   *
   * @throws LocalPartException when the file is there and can't be read
   */
  static Credentials keptIn(Path file, String environment, SecureRandom random) {
    try {
      if (Files.exists(file)) {
        return read(file);
      }
      Credentials made = random(environment, random);
      made.write(file);
      return made;
    } catch (IOException e) {
      throw new LocalPartException(file + " can't be read or written: ./om reset makes it anew", e);
    }
  }

  Credentials withApiKey(String other) {
    return new Credentials(other, operatorName, operatorPassword);
  }

  void write(Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("api_key", apiKey);
    json.put("operator_name", operatorName);
    json.put("operator_password", operatorPassword);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.write(fresh, JSON.writeValueAsBytes(json));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Credentials read(Path file) throws IOException {
    JsonNode json = JSON.readTree(Files.readAllBytes(file));
    for (String name : new String[] {"api_key", "operator_name", "operator_password"}) {
      if (!json.path(name).isTextual()) {
        throw new IOException("no " + name);
      }
    }
    return new Credentials(
        json.path("api_key").asText(),
        json.path("operator_name").asText(),
        json.path("operator_password").asText());
  }

  /** Never the secrets, should it ever be logged. */
  @Override
  public String toString() {
    return "Credentials[" + operatorName + "]";
  }
}
