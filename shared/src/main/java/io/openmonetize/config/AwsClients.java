package io.openmonetize.config;

import io.openmonetize.http.Connector;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
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

  /** The files of a developer's home, which a client otherwise looks into for each setting. */
  private static final ProfileFileSupplier NO_PROFILE =
      ProfileFileSupplier.fixedProfileFile(ProfileFile.aggregator().build());

  private final Environment environment;
  private final Function<Duration, Connector> connectors;
  private final Runnable prepareTls;

  public AwsClients(Environment environment) {
    this(environment, Transport.of(environment));
  }

  /**
   * @param transport shared with other clients; stays open when these close
   */
  public AwsClients(Environment environment, Transport transport) {
    this(environment, transport::connector, transport::prepareTls);
  }

  /**
   * @param connector the only way to AWS, or to whatever stands in its place
   */
  public AwsClients(Environment environment, Connector connector) {
    this(environment, _ -> connector, () -> {});
  }

  private AwsClients(
      Environment environment, Function<Duration, Connector> connectors, Runnable prepareTls) {
    this.environment = environment;
    this.connectors = connectors;
    this.prepareTls = prepareTls;
  }

  /**
   * @param attemptWithin how long one try may take; the SDK tries up to three times
   */
  public DynamoDbClient dynamoDb(Duration attemptWithin) {
    return configure(DynamoDbClient.builder(), "OM_DYNAMODB_ENDPOINT", attemptWithin).build();
  }

  /**
   * A client that tries once, for callers that try again by themselves.
   *
   * @param attemptWithin how long that may take
   * @param interceptor what else happens to each request
   */
  public DynamoDbClient dynamoDbOnce(Duration attemptWithin, ExecutionInterceptor interceptor) {
    DynamoDbClientBuilder builder =
        configure(DynamoDbClient.builder(), "OM_DYNAMODB_ENDPOINT", attemptWithin);
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .addExecutionInterceptor(interceptor)
                .build())
        .build();
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
      prepareTls.run();
    }
    return builder
        .region(Region.of(environment.get("AWS_REGION", "us-east-1")))
        .credentialsProvider(credentials(endpoint.isPresent()))
        .defaultsMode(DefaultsMode.LEGACY)
        .httpClientBuilder(
            defaults ->
                new SdkTransport(
                    connectors.apply(CONNECT_WITHIN), attemptWithin, Clock.systemUTC()))
        .overrideConfiguration(
            // Without its own limit to an attempt, which costs changes of thread with each call:
            // the transport ends what takes too long, and the SDK tries again.
            ClientOverrideConfiguration.builder()
                // Said outright: DynamoDB's own default tries up to nine times.
                .retryStrategy(RetryMode.STANDARD)
                .defaultProfileFileSupplier(NO_PROFILE)
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
