package io.openmonetize.query.operators;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106). A hash is stored in PHC string form, {@code
 * $argon2id$v=19$m=…,t=…,p=…$salt$hash}, so that it can be checked after the parameters have moved
 * on.
 */
public final class PasswordHasher {
  /** How hard a hash is to compute: memory in KiB, passes over it, lanes. */
  public record Cost(int memoryKib, int passes, int lanes) {
    /** The least that OWASP's password storage advice asks of Argon2id. */
    public static final Cost DEFAULT = new Cost(19_456, 2, 1);
  }

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final Cost cost;
  private final SecureRandom random;

  public PasswordHasher(Cost cost, SecureRandom random) {
    this.cost = cost;
    this.random = random;
  }

  public String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return phc(cost, salt, compute(password, cost, salt, HASH_BYTES));
  }

  /**
   * A hash that no password is known for. To check against it takes as long as against a real one,
   * so that the time of an answer does not say which names exist.
   */
  public String unmatchable() {
    return phc(cost, new byte[SALT_BYTES], new byte[HASH_BYTES]);
  }

  /**
   * @throws IllegalStateException when the stored text is no such hash
   */
  public boolean matches(String password, String stored) {
    Matcher phc = FORM.matcher(stored);
    if (!phc.matches()) {
      throw new IllegalStateException("a stored password hash is not of PHC form");
    }
    Cost storedCost =
        new Cost(
            Integer.parseInt(phc.group(1)),
            Integer.parseInt(phc.group(2)),
            Integer.parseInt(phc.group(3)));
    byte[] salt = Base64.getDecoder().decode(phc.group(4));
    byte[] expected = Base64.getDecoder().decode(phc.group(5));
    return MessageDigest.isEqual(expected, compute(password, storedCost, salt, expected.length));
  }

  private static byte[] compute(String password, Cost cost, byte[] salt, int length) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    // The same letters typed on another system may come composed differently.
    String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
    argon2.generateBytes(normal.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static String phc(Cost cost, byte[] salt, byte[] hash) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.passes(),
            cost.lanes(),
            BASE64.encodeToString(salt),
            BASE64.encodeToString(hash));
  }
}
