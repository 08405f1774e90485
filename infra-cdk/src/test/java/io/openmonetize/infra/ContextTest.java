package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.constructs.Node;

class ContextTest {
  @Test
  void refuseUnknown_misspeltName_isNamedWithAllThatAreKnown() {
    Node node = nodeWith(Map.of("stage", "dev", "alarmMail", "a@example.com"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Context.refuseUnknown(node))
        .withMessageStartingWith("-c knows no alarmMail; it knows alarmEmail, alarmTopicArn,");
  }

  @Test
  void refuseUnknown_allOptionsAndCdksOwn_pass() {
    assertThatCode(() -> Context.refuseUnknown(nodeWith(SynthesizedSystem.ALL_OPTIONS)))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                Context.refuseUnknown(
                    nodeWith(
                        Map.of(
                            "aws:cdk:bundling-stacks",
                            "x",
                            "@aws-cdk/core:something",
                            "true",
                            "availability-zones:account=1:region=x",
                            "a"))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "proxyReservedConcurrency | 0",
        "proxyReservedConcurrency | 100001",
        "proxyReservedConcurrency | ten",
        "monthlyBudgetUsd | 9.99",
        "alarmEmail | nobody",
        "alarmTopicArn | pager",
        "alarmTopicArn | arn:aws:sns:eu-west-1:123456789012:pager.fifo",
        "cloudFront | yes",
        "cloudFrontReadTimeoutSeconds | 181",
        "priceOverrides | prices.json",
        "domainName | https://om.example.com",
        "certificateArn | arn:aws:iam::123456789012:server-certificate/x",
        "hostedZoneId | example.com",
        "proxyCertificateArn | arn:aws:acm:eu-west-1:123456789012:certificate/a",
      })
  void of_valueOfAnotherForm_isRefusedByName(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> synthesize(Map.of(name, value)))
        .withMessageStartingWith("-c " + name + "= must be ")
        .withMessageEndingWith(", not " + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "domainName | om.example.com | go together",
        "hostedZoneId | Z0123456789 | go together",
        "proxyCertificateArn | arn:aws:acm:us-east-1:123456789012:certificate/a | cloudFront=true",
        "cloudFrontReadTimeoutSeconds | 90 | without -c cloudFront=true",
        "monthlyBudgetUsd | 100 | tells nobody without",
      })
  void of_optionThatNeedsAnother_saysWhich(String name, String value, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> synthesize(Map.of(name, value)))
        .withMessageContaining(reason);
  }

  /** Without its certificate in us-east-1 the proxy would not get its name, without a word. */
  @Test
  void customDomain_behindCloudFrontWithoutTheProxysCertificate_isRefused() {
    Map<String, Object> context =
        Map.of(
            "domainName", "om.example.com",
            "certificateArn", "arn:aws:acm:eu-west-1:123456789012:certificate/a-1",
            "hostedZoneId", "Z0123456789ABC",
            "cloudFront", "true");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CustomDomain.of(nodeWith(context)))
        .withMessageContaining("proxyCertificateArn");
  }

  @Test
  void customDomain_withoutCloudFront_isTheHttpApisOnly() {
    Map<String, Object> context =
        Map.of(
            "domainName", "om.example.com",
            "certificateArn", "arn:aws:acm:eu-west-1:123456789012:certificate/a-1",
            "hostedZoneId", "Z0123456789ABC");

    assertThat(CustomDomain.of(nodeWith(context)))
        .hasValueSatisfying(domain -> assertThat(domain.proxyCertificateArn()).isEmpty());
  }

  private static void synthesize(Map<String, Object> context) {
    Node node = nodeWith(context);
    Context.refuseUnknown(node);
    SynthesizedSystem.of(Stage.DEV, "refused", context);
  }

  private static Node nodeWith(Map<String, Object> context) {
    return new App(AppProps.builder().context(context).build()).getNode();
  }
}
