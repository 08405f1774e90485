package io.openmonetize.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.constructs.Construct;

/**
 * The web ACL for CloudFront, alone in a stack because AWS keeps those in us-east-1 only, wherever
 * the rest runs. Its ARN is handed to the services as a parameter: CDK's own way across regions
 * would add two functions with wildcard rights that nobody asked for.
 *
 * <p>No rule looks into bodies: a prompt about SQL or with markup in it is not an attack. And no
 * samples of requests are kept, since their headers hold keys.
 */
public final class EdgeStack extends Stack {
  /**
   * An address that sends more is blocked until it slows down. Far above what a product behind one
   * address sends, since all of its calls come from there: 100 a second over five minutes.
   */
  private static final int REQUESTS_IN_FIVE_MINUTES = 30_000;

  EdgeStack(Construct scope, String id, Stage stage) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("OpenMonetize " + stage.configName() + ": web ACL before CloudFront")
            .env(Environment.builder().region("us-east-1").build())
            .build());
    CfnWebACL acl =
        CfnWebACL.Builder.create(this, "WebAcl")
            .scope("CLOUDFRONT")
            .defaultAction(
                CfnWebACL.DefaultActionProperty.builder()
                    .allow(CfnWebACL.AllowActionProperty.builder().build())
                    .build())
            .visibilityConfig(visibility(stage, "all"))
            .rules(List.of(knownBadAddresses(stage), rateLimit(stage)))
            .build();
    CfnOutput.Builder.create(this, "WebAclArn")
        .value(acl.getAttrArn())
        .description("To be given to the services' stack as its parameter WebAclArn")
        .build();
  }

  private static CfnWebACL.RuleProperty knownBadAddresses(Stage stage) {
    return CfnWebACL.RuleProperty.builder()
        .name("known-bad-addresses")
        .priority(0)
        .overrideAction(CfnWebACL.OverrideActionProperty.builder().none(Map.of()).build())
        .statement(
            CfnWebACL.StatementProperty.builder()
                .managedRuleGroupStatement(
                    CfnWebACL.ManagedRuleGroupStatementProperty.builder()
                        .vendorName("AWS")
                        .name("AWSManagedRulesAmazonIpReputationList")
                        .build())
                .build())
        .visibilityConfig(visibility(stage, "known-bad-addresses"))
        .build();
  }

  private static CfnWebACL.RuleProperty rateLimit(Stage stage) {
    return CfnWebACL.RuleProperty.builder()
        .name("rate-by-address")
        .priority(1)
        .action(
            CfnWebACL.RuleActionProperty.builder()
                .block(CfnWebACL.BlockActionProperty.builder().build())
                .build())
        .statement(
            CfnWebACL.StatementProperty.builder()
                .rateBasedStatement(
                    CfnWebACL.RateBasedStatementProperty.builder()
                        .aggregateKeyType("IP")
                        .limit(REQUESTS_IN_FIVE_MINUTES)
                        .build())
                .build())
        .visibilityConfig(visibility(stage, "rate-by-address"))
        .build();
  }

  private static CfnWebACL.VisibilityConfigProperty visibility(Stage stage, String rule) {
    return CfnWebACL.VisibilityConfigProperty.builder()
        .cloudWatchMetricsEnabled(true)
        .metricName("openmonetize-" + stage.configName() + "-" + rule)
        .sampledRequestsEnabled(false)
        .build();
  }
}
