package io.openmonetize.infra;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.ErrorResponse;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.FunctionUrlOrigin;
import software.amazon.awscdk.services.cloudfront.origins.FunctionUrlOriginProps;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.amazon.awscdk.services.route53.targets.CloudFrontTarget;
import software.constructs.Construct;

/**
 * CloudFront with a web ACL before the proxy's function URL. It passes a stream on as it comes.
 *
 * <p>Without origin access control, which would ask callers for a hash of each body that providers'
 * SDKs do not send: so the function URL itself stays open beside it, and the key stays the lock.
 */
final class ProxyDistribution extends Construct {
  /** The longest silence between two bytes of an answer, unless AWS raised the account's quota. */
  private static final int READ_TIMEOUT = 60;

  private static final int READ_TIMEOUT_AT_MOST = 180;

  /**
   * Those of an origin that CloudFront keeps for a GET or HEAD, whatever the cache policy says: for
   * ten seconds, under the path alone, so that one caller's error would answer another's call
   * ("Control how long CloudFront caches errors" in its guide).
   */
  private static final List<Integer> KEPT_ERRORS =
      List.of(400, 403, 404, 405, 414, 500, 501, 502, 503, 504);

  private final Distribution distribution;
  private final Optional<CustomDomain> domain;

  /** Empty without {@code -c cloudFront=true}. */
  static Optional<ProxyDistribution> before(Construct scope, Stage stage, FunctionUrl proxy) {
    Optional<Integer> readTimeout =
        Context.number(scope.getNode(), Context.CLOUD_FRONT_READ_TIMEOUT, 1, READ_TIMEOUT_AT_MOST);
    if (wanted(scope)) {
      return Optional.of(
          new ProxyDistribution(
              scope, "CloudFront", stage, proxy, readTimeout.orElse(READ_TIMEOUT)));
    }
    if (readTimeout.isPresent()) {
      throw new IllegalArgumentException(
          "-c cloudFrontReadTimeoutSeconds= does nothing without -c cloudFront=true");
    }
    return Optional.empty();
  }

  static boolean wanted(Construct scope) {
    return Context.flag(scope.getNode(), Context.CLOUD_FRONT);
  }

  private ProxyDistribution(
      Construct scope, String id, Stage stage, FunctionUrl proxy, int readTimeoutSeconds) {
    super(scope, id);
    domain = CustomDomain.of(getNode());
    Distribution.Builder props =
        Distribution.Builder.create(this, "Distribution")
            .comment("OpenMonetize " + stage.configName() + ": proxy")
            .defaultBehavior(behavior(proxy, readTimeoutSeconds))
            .errorResponses(KEPT_ERRORS.stream().map(ProxyDistribution::notKept).toList())
            .httpVersion(HttpVersion.HTTP2_AND_3)
            .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021)
            .webAclId(webAclArn());
    domain.ifPresent(
        named ->
            props
                .domainNames(List.of(named.proxyName()))
                .certificate(
                    Certificate.fromCertificateArn(
                        this, "Certificate", named.proxyCertificateArn().orElseThrow())));
    distribution = props.build();
    domain.ifPresent(this::addRecords);
    excuse();
  }

  private static BehaviorOptions behavior(FunctionUrl proxy, int readTimeoutSeconds) {
    return BehaviorOptions.builder()
        .origin(
            new FunctionUrlOrigin(
                proxy,
                FunctionUrlOriginProps.builder()
                    .readTimeout(Duration.seconds(readTimeoutSeconds))
                    .keepaliveTimeout(Duration.seconds(60))
                    // CloudFront would send a GET that is slow a second time, to the provider too.
                    .connectionAttempts(1)
                    .build()))
        .allowedMethods(AllowedMethods.ALLOW_ALL)
        .cachePolicy(CachePolicy.CACHING_DISABLED)
        // Function URLs answer to their own Host only.
        .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
        // A redirect would send the key in clear first, and turn a POST into a GET.
        .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
        .compress(false)
        .build();
  }

  private static ErrorResponse notKept(int status) {
    return ErrorResponse.builder().httpStatus(status).ttl(Duration.seconds(0)).build();
  }

  /** A parameter without a default: CloudFormation refuses to deploy without a web ACL. */
  private String webAclArn() {
    CfnParameter parameter =
        CfnParameter.Builder.create(this, "WebAclArn")
            .type("String")
            .description("What the stack in us-east-1 has as its output WebAclArn")
            .allowedPattern("arn:aws:wafv2:us-east-1:[0-9]{12}:global/webacl/.+")
            .constraintDescription("must be the ARN of a web ACL for CloudFront")
            .build();
    parameter.overrideLogicalId("WebAclArn");
    return parameter.getValueAsString();
  }

  private void addRecords(CustomDomain named) {
    for (String type : List.of("A", "AAAA")) {
      CfnRecordSet.Builder.create(this, "Record" + type)
          .hostedZoneId(named.hostedZoneId())
          .name(named.proxyName())
          .type(type)
          .aliasTarget(
              CfnRecordSet.AliasTargetProperty.builder()
                  .dnsName(distribution.getDistributionDomainName())
                  .hostedZoneId(CloudFrontTarget.CLOUDFRONT_ZONE_ID)
                  .build())
          .build();
    }
  }

  private void excuse() {
    Nag.suppress(
        distribution,
        "AwsSolutions-CFR1",
        "Where an operator's own servers may be is not for the product to say.");
    Nag.suppress(
        distribution,
        "AwsSolutions-CFR3",
        "CloudFront's access logs hold query strings and addresses, and a query may hold a key. The"
            + " proxy logs each call itself, without either.");
    if (domain.isEmpty()) {
      Nag.suppress(
          distribution,
          "AwsSolutions-CFR4",
          "CloudFront's own certificate, which is all there is without a domain of the operator's,"
              + " lets nobody choose a least version of TLS.");
    }
  }

  String url() {
    return "https://"
        + domain.map(CustomDomain::proxyName).orElseGet(distribution::getDistributionDomainName)
        + "/";
  }
}
