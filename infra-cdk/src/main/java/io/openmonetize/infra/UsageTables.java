package io.openmonetize.infra;

import java.util.List;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TablePropsV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/**
 * {@code control}: keys, operators, settings. {@code usage}: events, their feeds, rollups. The
 * grants name single actions and single indexes: CDK's own {@code grantReadData} would add scans,
 * streams and every index.
 *
 * <p>Encrypted with a key that DynamoDB owns. A key of the account would cost a request to KMS for
 * what a function has not cached, would need grants for each role, and would take every event with
 * it if it were deleted; the tables hold no text and no key, so there is little to win.
 */
public final class UsageTables extends Construct {
  static final String CUSTOMER_FEED = "customer-feed";
  static final String DAY_FEED = "day-feed";

  private final TableV2 control;
  private final TableV2 usage;

  UsageTables(Construct scope, String id, Stage stage) {
    super(scope, id);
    control = new TableV2(this, "Control", table(stage).build());
    usage =
        new TableV2(
            this,
            "Usage",
            table(stage)
                .globalSecondaryIndexes(
                    List.of(index(CUSTOMER_FEED, "cfpk", "cfsk"), index(DAY_FEED, "dfpk", "dfsk")))
                .build());
  }

  private static TablePropsV2.Builder table(Stage stage) {
    return TablePropsV2.builder()
        .partitionKey(text("pk"))
        .sortKey(text("sk"))
        .billing(Billing.onDemand())
        .timeToLiveAttribute("ttl")
        .encryption(TableEncryptionV2.dynamoOwnedKey())
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder()
                .pointInTimeRecoveryEnabled(stage.guardsData())
                .build())
        .deletionProtection(stage.guardsData())
        .removalPolicy(stage.removalPolicy());
  }

  private static GlobalSecondaryIndexPropsV2 index(String name, String partition, String sort) {
    return GlobalSecondaryIndexPropsV2.builder()
        .indexName(name)
        .partitionKey(text(partition))
        .sortKey(text(sort))
        .projectionType(ProjectionType.ALL)
        .build();
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }

  String controlName() {
    return control.getTableName();
  }

  String usageName() {
    return usage.getTableName();
  }

  TableV2 control() {
    return control;
  }

  TableV2 usage() {
    return usage;
  }

  /** To make, list and remove operators, to give one a new password, and to note who did. */
  void grantMakingOperators(IGrantable function) {
    grant(
        function,
        List.of(
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem"),
        control.getTableArn());
  }

  /** To find the key that a request carries. */
  void grantKeyLookup(IGrantable function) {
    grant(function, List.of("dynamodb:GetItem"), control.getTableArn());
  }

  /** To create, list and revoke keys, and to sign operators in. */
  void grantAdministration(IGrantable function) {
    grant(
        function,
        List.of(
            "dynamodb:BatchGetItem",
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem"),
        control.getTableArn());
  }

  /**
   * To write events and rollups in transactions. IAM has no action for a transaction: it checks
   * those of the writes within, which also give back what failed a condition. A due intent finds
   * its call's event in the customer's feed.
   */
  void grantBooking(IGrantable function) {
    grant(function, List.of("dynamodb:PutItem", "dynamodb:UpdateItem"), usage.getTableArn());
    grant(function, List.of("dynamodb:Query"), usage.getTableArn() + "/index/" + CUSTOMER_FEED);
  }

  /**
   * To find a customer's unpriced events by the rollups and its feed, and those that an earlier
   * version booked by the feed of all, and to correct them.
   */
  void grantRepricing(IGrantable function) {
    grant(
        function,
        List.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"),
        usage.getTableArn());
    grant(
        function,
        List.of("dynamodb:Query"),
        usage.getTableArn() + "/index/" + CUSTOMER_FEED,
        usage.getTableArn() + "/index/" + DAY_FEED);
  }

  /** To read events and rollups by key, and the two feeds. */
  void grantReading(IGrantable function) {
    grant(
        function,
        List.of("dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"),
        usage.getTableArn(),
        usage.getTableArn() + "/index/" + CUSTOMER_FEED,
        usage.getTableArn() + "/index/" + DAY_FEED);
  }

  private static void grant(IGrantable function, List<String> actions, String... resources) {
    Grant.addToPrincipal(
        GrantOnPrincipalOptions.builder()
            .grantee(function)
            .actions(actions)
            .resourceArns(List.of(resources))
            .build());
  }
}
