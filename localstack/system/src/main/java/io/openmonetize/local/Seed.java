package io.openmonetize.local;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Stage;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import io.openmonetize.query.operators.OperatorAccounts;
import io.openmonetize.storage.KeyTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Puts into the control table with what a developer gets in: one key with all scopes, one operator.
 */
final class Seed {
  private final DynamoDbClient dynamoDb;
  private final Stage stage;
  private final Clock clock;
  private final SecureRandom random;

  Seed(DynamoDbClient dynamoDb, Stage stage, Clock clock, SecureRandom random) {
    this.dynamoDb = dynamoDb;
    this.stage = stage;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Checks a key that was given, before anything is started for it.
   *
   * @throws ConfigurationException when it is malformed or of another environment
   */
  static KeyText checked(String apiKey, Stage stage) {
    KeyText key =
        KeyText.parse(apiKey)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "OM_API_KEY is not a well-formed key (om_"
                            + stage.environment()
                            + "_, then 72 hexadecimal digits that check each other);"
                            + " leave it out and one is made"));
    if (!key.environment().equals(stage.environment())) {
      throw new ConfigurationException(
          "OM_API_KEY is a key for %s, and this system is %s"
              .formatted(key.environment(), stage.environment()));
    }
    return key;
  }

  /**
   * @param given {@code OM_API_KEY}; without it, the key of earlier starts is kept
   * @param file where key and operator are kept; null keeps them for this start only
   * @throws ConfigurationException when the given key was revoked here
   */
  Credentials plant(Optional<String> given, @Nullable Path file) {
    Backends.TABLES.create(dynamoDb);
    Credentials kept =
        file == null
            ? Credentials.random(stage.environment(), random)
            : Credentials.keptIn(file, stage.environment(), random);
    OperatorAccounts.create(
            dynamoDb, Backends.TABLES.control(), clock, random, OperatorsCommand.ACTOR)
        .ensure(kept.operatorName(), kept.operatorPassword());
    if (given.isPresent()) {
      KeyText key = checked(given.get(), stage);
      if (!add(key)) {
        throw new ConfigurationException("OM_API_KEY was revoked here; leave it out, or reset");
      }
      return kept.withApiKey(given.get());
    }
    Optional<KeyText> key = KeyText.parse(kept.apiKey());
    if (key.isPresent() && key.get().environment().equals(stage.environment()) && add(key.get())) {
      return kept;
    }
    return replaced(kept, file);
  }

  private Credentials replaced(Credentials kept, @Nullable Path file) {
    KeyText fresh = KeyText.random(stage.environment(), random);
    add(fresh);
    Credentials replaced = kept.withApiKey(fresh.reveal());
    if (file != null) {
      try {
        replaced.write(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return replaced;
  }

  /** False when the key is there and revoked. */
  private boolean add(KeyText text) {
    KeyTable keys = new KeyTable(dynamoDb, Backends.TABLES.control());
    Optional<ApiKey> there = keys.find(text.hash());
    if (there.isPresent()) {
      return there.get().revokedAt() == null;
    }
    return keys.add(
        new ApiKey(
            UUID.randomUUID().toString(),
            "local",
            text.prefix(),
            text.environment(),
            EnumSet.allOf(Scope.class),
            null,
            clock.instant(),
            "local",
            null,
            null),
        text);
  }
}
