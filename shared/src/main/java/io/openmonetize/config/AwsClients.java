package io.openmonetize.config;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The AWS clients of a function, with all that start-up would otherwise search for said outright:
 * region, credentials, HTTP client.
 *
 * <p>{@code OM_DYNAMODB_ENDPOINT} and {@code OM_SQS_ENDPOINT} name another server; then any
 * credentials will do, and made-up ones are used where the environment has none.
 */
public final class AwsClients {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

  private final Environment environment;
  private final Transport transport;

  public AwsClients(Environment environment) {
    this(environment, Transport.of(environment));
  }

  /**
   * @param transport shared with other clients; stays open when these close
   */
  public AwsClients(Environment environment, Transport transport) {
    this.environment = environment;
    this.transport = transport;
  }

  /**
   * @param attemptWithin how long one try may take; the SDK tries up to three times
   */
  public DynamoDbClient dynamoDb(Duration attemptWithin) {
    return configure(DynamoDbClient.builder(), "OM_DYNAMODB_ENDPOINT", attemptWithin).build();
  }

  /**
   * @param attemptWithin how long one try may take; the SDK tries up to three times
   */
  public SqsClient sqs(Duration attemptWithin) {
    return configure(SqsClient.builder(), "OM_SQS_ENDPOINT", attemptWithin).build();
  }

  private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
      B builder, String endpointVariable, Duration attemptWithin) {
    Optional<URI> endpoint = environment.findUrl(endpointVariable);
    endpoint.ifPresent(builder::endpointOverride);
    if (endpoint.isEmpty() || endpoint.get().getScheme().equals("https")) {
      transport.prepareTls();
    }
    return builder
        .region(Region.of(environment.get("AWS_REGION", "us-east-1")))
        .credentialsProvider(credentials(endpoint.isPresent()))
        .httpClientBuilder(
            defaults ->
                new SdkTransport(
                    transport.connector(CONNECT_WITHIN), attemptWithin, Clock.systemUTC()))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(attemptWithin)
                // Said outright: DynamoDB's own default tries up to nine times.
                .retryStrategy(RetryMode.STANDARD)
                .build());
  }

  private AwsCredentialsProvider credentials(boolean ownEndpoint) {
    if (environment.find("AWS_ACCESS_KEY_ID").isPresent()) {
      return EnvironmentVariableCredentialsProvider.create();
    }
    return ownEndpoint
        ? StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))
        : DefaultCredentialsProvider.builder().build();
  }
}
