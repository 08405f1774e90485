package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProxyDistributionTest {
  // CloudFront's managed policies have the same ids in every account.
  private static final String CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
  private static final String ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

  private final SynthesizedSystem full = SynthesizedSystem.withAllOptions(Stage.PRODUCTION);

  private final Map<String, Object> config =
      SynthesizedSystem.object(
          full.properties("CloudFront/Distribution").get("DistributionConfig"));

  @Test
  void cloudFront_withoutTheOption_isNone() {
    SynthesizedSystem plain = SynthesizedSystem.of(Stage.PRODUCTION);
    plain.services().resourceCountIs("AWS::CloudFront::Distribution", 0);
    assertThat(plain.all()).hasSize(2);
  }

  @Test
  void behavior_streams_arePassedOnWholeAndAtOnce() {
    assertThat(SynthesizedSystem.object(config.get("DefaultCacheBehavior")))
        .containsEntry("CachePolicyId", CACHING_DISABLED)
        .containsEntry("OriginRequestPolicyId", ALL_BUT_HOST)
        .containsEntry("Compress", false)
        .containsEntry("ViewerProtocolPolicy", "https-only")
        .containsEntry(
            "AllowedMethods", List.of("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"));
  }

  @Test
  void origin_functionUrl_isCalledOnceAndWaitedFor() {
    Map<String, Object> origin = theOnly(config.get("Origins"));
    assertThat(origin).containsEntry("ConnectionAttempts", 1);
    assertThat(origin.get("DomainName").toString()).contains("ProxyFunctionFunctionUrl");
    assertThat(origin).doesNotContainKeys("OriginCustomHeaders", "OriginAccessControlId");
    assertThat(SynthesizedSystem.object(origin.get("CustomOriginConfig")))
        .containsEntry("OriginReadTimeout", 120)
        .containsEntry("OriginProtocolPolicy", "https-only");
  }

  /** CloudFront keeps errors of a GET for ten seconds, even where nothing is to be cached. */
  @Test
  void distribution_errors_areKeptForNobodyElse() {
    assertThat(SynthesizedSystem.list(config.get("CustomErrorResponses")))
        .map(SynthesizedSystem::object)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(400, 403, 404, 405, 414, 500, 501, 502, 503, 504)
                .map(status -> Map.<String, Object>of("ErrorCode", status, "ErrorCachingMinTTL", 0))
                .toList());
  }

  @Test
  void distribution_webAcl_mustBeGiven() {
    assertThat(config).containsEntry("WebACLId", Map.of("Ref", "WebAclArn"));
    Map<String, Object> parameters =
        SynthesizedSystem.object(full.services().toJSON().get("Parameters"));
    assertThat(SynthesizedSystem.object(parameters.get("WebAclArn")))
        .containsEntry("AllowedPattern", "arn:aws:wafv2:us-east-1:[0-9]{12}:global/webacl/.+")
        .doesNotContainKey("Default");
  }

  @Test
  void distribution_name_isTheProxysUnderTheDomain() {
    assertThat(config).containsEntry("Aliases", List.of("proxy.om.example.com"));
    assertThat(SynthesizedSystem.object(config.get("ViewerCertificate")))
        .containsEntry("AcmCertificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/b-2")
        .containsEntry("MinimumProtocolVersion", "TLSv1.2_2021");
    for (String type : List.of("A", "AAAA")) {
      assertThat(full.properties("CloudFront/Record" + type))
          .containsEntry("Name", "proxy.om.example.com")
          .containsEntry("HostedZoneId", "Z0123456789ABC")
          .containsEntry("Type", type);
    }
  }

  @Test
  void webAcl_rules_lookIntoNoBodyAndKeepNoSample() {
    Map<String, Object> acl = full.properties("WebAcl");
    assertThat(acl)
        .containsEntry("Scope", "CLOUDFRONT")
        .containsEntry("DefaultAction", Map.of("Allow", Map.of()));
    assertThat(SynthesizedSystem.list(acl.get("Rules")))
        .map(SynthesizedSystem::object)
        .extracting(rule -> rule.get("Statement"))
        .containsExactly(
            Map.of(
                "ManagedRuleGroupStatement",
                Map.of("VendorName", "AWS", "Name", "AWSManagedRulesAmazonIpReputationList")),
            Map.of("RateBasedStatement", Map.of("AggregateKeyType", "IP", "Limit", 30_000)));
    assertThat(acl.toString()).doesNotContain("SampledRequestsEnabled=true");
  }

  @Test
  void edge_stack_isInTheOnlyRegionForIt() {
    assertThat(full.folder().resolve("manifest.json"))
        .content()
        .contains("aws://unknown-account/us-east-1");
    assertThat(SynthesizedSystem.object(full.edge().toJSON().get("Outputs")))
        .containsKey("WebAclArn");
  }

  private static Map<String, Object> theOnly(Object list) {
    assertThat(SynthesizedSystem.list(list)).hasSize(1);
    return SynthesizedSystem.object(SynthesizedSystem.list(list).getFirst());
  }
}
