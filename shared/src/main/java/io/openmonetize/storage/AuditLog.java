package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.put;
import static io.openmonetize.storage.Attributes.text;
import static io.openmonetize.storage.Attributes.textOrNull;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What operators did, in the control table: {@code AUDIT#<month>} with a sort key of the time and
 * some random bytes. Entries are only ever added; nothing here changes or removes one. The item
 * {@code AUDIT}, {@code FIRST} says with which month they begin, so that a reader knows the end.
 */
public final class AuditLog {
  /** A page looks through so many months at most, full or empty. */
  static final int MONTHS_AT_MOST = 24;

  private static final int RANDOM_BYTES = 8;
  private static final Pattern CURSOR =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z(#[0-9a-f]{16})?");
  private static final int MONTH_LENGTH = "2026-01".length();

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final RandomGenerator random;

  /**
   * @param nextCursor null with the last page
   */
  public record Page(List<AuditEntry> entries, @Nullable String nextCursor) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  public AuditLog(DynamoDbClient dynamoDb, String controlTable, RandomGenerator random) {
    this.dynamoDb = dynamoDb;
    this.table = controlTable;
    this.random = random;
  }

  public void add(AuditEntry entry) {
    String time = FeedKey.time(entry.at());
    String month = time.substring(0, MONTH_LENGTH);
    dynamoDb.updateItem(
        u ->
            u.tableName(table)
                .key(first())
                .updateExpression("SET #month = if_not_exists(#month, :month)")
                .expressionAttributeNames(Map.of("#month", "month"))
                .expressionAttributeValues(Map.of(":month", text(month))));
    byte[] unique = new byte[RANDOM_BYTES];
    random.nextBytes(unique);
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", partition(month));
    item.put("sk", text(time + "#" + HexFormat.of().formatHex(unique)));
    item.put("at", text(entry.at().toString()));
    item.put("actor", text(entry.actor()));
    item.put("action", text(entry.action()));
    item.put("subject", text(entry.subject()));
    Map<String, AttributeValue> details = new HashMap<>();
    entry.details().forEach((name, value) -> details.put(name, text(value)));
    item.put("details", AttributeValue.fromM(details));
    put(item, "source_ip", entry.sourceIp());
    dynamoDb.putItem(
        p -> p.tableName(table).item(item).conditionExpression("attribute_not_exists(pk)"));
  }

  /**
   * Newest first.
   *
   * @param cursor of the page before; null for the first
   * @param now entries of later months are not looked for
   * @throws InvalidCursorException when the cursor is no text of ours
   */
  public Page page(int limit, @Nullable String cursor, Instant now) throws InvalidCursorException {
    Optional<YearMonth> oldest = firstMonth();
    if (oldest.isEmpty()) {
      return new Page(List.of(), null);
    }
    String before = cursor == null ? null : decode(cursor);
    YearMonth month =
        before == null
            ? YearMonth.from(now.atZone(ZoneOffset.UTC)).plusMonths(1)
            : YearMonth.parse(before.substring(0, MONTH_LENGTH));
    List<AuditEntry> entries = new ArrayList<>();
    for (int months = 0; !month.isBefore(oldest.get()); months++, month = month.minusMonths(1)) {
      if (months == MONTHS_AT_MOST) {
        return new Page(entries, encode(month.plusMonths(1) + "-01T00:00:00.000Z"));
      }
      for (Map<String, AttributeValue> item : items(month, before, limit - entries.size() + 1)) {
        if (entries.size() == limit) {
          return new Page(entries, encode(before));
        }
        entries.add(read(item));
        before = item.get("sk").s();
      }
    }
    return new Page(entries, null);
  }

  private List<Map<String, AttributeValue>> items(
      YearMonth month, @Nullable String before, int limit) {
    return dynamoDb
        .query(
            q ->
                q.tableName(table)
                    .keyConditionExpression("pk = :pk AND sk < :before")
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", partition(month.toString()),
                            // Greater than every time.
                            ":before", text(before == null ? "~" : before)))
                    .scanIndexForward(false)
                    .limit(limit))
        .items();
  }

  private Optional<YearMonth> firstMonth() {
    var answer = dynamoDb.getItem(get -> get.tableName(table).key(first()));
    return answer.hasItem()
        ? Optional.of(YearMonth.parse(answer.item().get("month").s()))
        : Optional.empty();
  }

  private static AuditEntry read(Map<String, AttributeValue> item) {
    Map<String, String> details = new HashMap<>();
    item.get("details").m().forEach((name, value) -> details.put(name, value.s()));
    return new AuditEntry(
        Instant.parse(item.get("at").s()),
        item.get("actor").s(),
        item.get("action").s(),
        item.get("subject").s(),
        details,
        textOrNull(item, "source_ip"));
  }

  private static Map<String, AttributeValue> first() {
    return Map.of("pk", text("AUDIT"), "sk", text("FIRST"));
  }

  private static AttributeValue partition(String month) {
    return text("AUDIT#" + month);
  }

  private static @Nullable String encode(@Nullable String sort) {
    return sort == null
        ? null
        : Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(sort.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String decode(String cursor) throws InvalidCursorException {
    try {
      String sort = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
      if (CURSOR.matcher(sort).matches()) {
        Instant.parse(sort.substring(0, sort.indexOf('Z') + 1));
        return sort;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Falls through to the one answer for every text that is no cursor.
    }
    throw new InvalidCursorException();
  }
}
