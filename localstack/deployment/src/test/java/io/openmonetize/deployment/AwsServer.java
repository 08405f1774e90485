package io.openmonetize.deployment;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A server that has AWS's services at one address. Region and credentials are those of the process,
 * or else ones that any such server takes.
 */
record AwsServer(URI endpoint) {
  /** Longer than SQS's longest poll, and than a slow machine takes for a stack. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  /** The suite makes, fills and deletes tables: that is nothing for an account. */
  AwsServer {
    String host = String.valueOf(endpoint.getHost());
    if (host.endsWith("amazonaws.com") || host.endsWith("amazonaws.com.cn")) {
      throw new IllegalArgumentException("this suite is for emulators, not for AWS: " + host);
    }
  }

  DynamoDbClient dynamoDb() {
    return configure(DynamoDbClient.builder()).build();
  }

  SqsClient sqs() {
    return configure(SqsClient.builder()).build();
  }

  LambdaClient lambda() {
    return configure(LambdaClient.builder()).build();
  }

  CloudFormationClient cloudFormation() {
    return configure(CloudFormationClient.builder()).build();
  }

  SsmClient ssm() {
    return configure(SsmClient.builder()).build();
  }

  StsClient sts() {
    return configure(StsClient.builder()).build();
  }

  /** By path, since no emulator's name has one for each bucket below it; plain bodies. */
  S3Client s3() {
    return configure(S3Client.builder())
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
        .build();
  }

  String region() {
    return variable("AWS_REGION").or(() -> variable("AWS_DEFAULT_REGION")).orElse("us-east-1");
  }

  /** What a function needs to find this server, besides what its template tells it. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("OM_DYNAMODB_ENDPOINT", endpoint.toString());
    variables.put("OM_SQS_ENDPOINT", endpoint.toString());
    variables.put("AWS_REGION", region());
    variable("AWS_ACCESS_KEY_ID").ifPresent(key -> variables.put("AWS_ACCESS_KEY_ID", key));
    return variables;
  }

  private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(region()))
        .credentialsProvider(credentials())
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(ANSWER_WITHIN));
  }

  private static AwsCredentialsProvider credentials() {
    return variable("AWS_ACCESS_KEY_ID").isPresent()
        ? EnvironmentVariableCredentialsProvider.create()
        : StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }
}
