package io.openmonetize.deployment;

import io.openmonetize.deployment.CloudAssembly.Asset;
import io.openmonetize.deployment.CloudAssembly.Stack;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The stacks' files in the bucket that a bootstrapped account has for them. */
final class AssetUpload implements AutoCloseable {
  private final S3Client s3;
  private final URI endpoint;
  private final References references;
  private final Set<String> ownBuckets = new LinkedHashSet<>();

  /**
   * @param references for account and region in the bucket's name
   */
  AssetUpload(AwsServer server, References references) {
    this.s3 = server.s3();
    this.endpoint = server.endpoint();
    this.references = references;
  }

  void upload(Stack stack) {
    for (Asset asset : stack.assets()) {
      String bucket = bucket(stack, asset);
      ensure(bucket);
      s3.putObject(o -> o.bucket(bucket).key(asset.key()), RequestBody.fromFile(asset.source()));
    }
  }

  /** Where CloudFormation finds the stack's own template, which is one of its files. */
  String templateUrl(Stack stack) {
    Asset template =
        stack.assets().stream()
            .filter(asset -> asset.source().toString().endsWith(".template.json"))
            .findFirst()
            .orElseThrow();
    return endpoint + "/" + bucket(stack, template) + "/" + template.key();
  }

  /** Deletes the buckets that were made here, and what is in them. */
  @Override
  public void close() {
    for (String bucket : ownBuckets) {
      s3.listObjectsV2Paginator(l -> l.bucket(bucket)).contents().stream()
          .map(object -> object.key())
          .toList()
          .forEach(key -> s3.deleteObject(o -> o.bucket(bucket).key(key)));
      s3.deleteBucket(b -> b.bucket(bucket));
    }
    s3.close();
  }

  private String bucket(Stack stack, Asset asset) {
    return references.filled(stack.name(), asset.bucket()).orElseThrow();
  }

  private void ensure(String bucket) {
    if (ownBuckets.contains(bucket)) {
      return;
    }
    try {
      s3.headBucket(b -> b.bucket(bucket));
    } catch (S3Exception e) {
      if (e.statusCode() != 404) {
        throw e;
      }
      s3.createBucket(b -> b.bucket(bucket));
      ownBuckets.add(bucket);
    }
  }
}
