package io.openmonetize.infra;

import java.util.Optional;
import software.constructs.Node;

/**
 * Names of the operator's own. The HTTP API answers at the domain itself. The proxy answers at
 * {@code proxy.} before it, through CloudFront only, since function URLs take no name.
 *
 * @param certificateArn covers the domain, in the services' region
 * @param hostedZoneId of the Route 53 zone that the names are written into
 * @param proxyCertificateArn covers the proxy's name, in us-east-1, where CloudFront looks for it;
 *     present where the proxy is behind CloudFront
 */
record CustomDomain(
    String name, String certificateArn, String hostedZoneId, Optional<String> proxyCertificateArn) {
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  /**
   * Reads {@code -c domainName=…} with what belongs to it.
   *
   * @throws IllegalArgumentException when a part is missing, too many, or of another form
   */
  static Optional<CustomDomain> of(Node node) {
    boolean cloudFront = Context.flag(node, Context.CLOUD_FRONT);
    Optional<String> name =
        Context.text(
            node, Context.DOMAIN_NAME, LABEL + "(\\." + LABEL + ")+", "a name such as om.acme.com");
    Optional<String> certificate =
        Context.text(
            node, Context.CERTIFICATE_ARN, arn("[a-z0-9-]+"), "the ARN of an ACM certificate");
    Optional<String> zone =
        Context.text(node, Context.HOSTED_ZONE_ID, "Z[A-Z0-9]+", "an id such as Z0123456789ABC");
    Optional<String> proxyCertificate =
        Context.text(
            node,
            Context.PROXY_CERTIFICATE_ARN,
            arn("us-east-1"),
            "the ARN of an ACM certificate in us-east-1");
    boolean all = name.isPresent() && certificate.isPresent() && zone.isPresent();
    boolean none = name.isEmpty() && certificate.isEmpty() && zone.isEmpty();
    if (!all && !none) {
      throw new IllegalArgumentException(
          "-c domainName=, certificateArn= and hostedZoneId= go together: give all or none");
    }
    if (proxyCertificate.isPresent() != (all && cloudFront)) {
      throw new IllegalArgumentException(
          "-c proxyCertificateArn= is for domainName= together with cloudFront=true, and needed"
              + " there");
    }
    return all
        ? Optional.of(
            new CustomDomain(
                name.orElseThrow(),
                certificate.orElseThrow(),
                zone.orElseThrow(),
                proxyCertificate))
        : Optional.empty();
  }

  private static String arn(String region) {
    return "arn:aws[a-z-]*:acm:" + region + ":[0-9]{12}:certificate/[A-Za-z0-9-]+";
  }

  String proxyName() {
    return "proxy." + name;
  }
}
