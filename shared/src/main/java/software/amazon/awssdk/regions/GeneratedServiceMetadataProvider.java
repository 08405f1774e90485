package software.amazon.awssdk.regions;

import org.jspecify.annotations.Nullable;

/**
 * Stands before the SDK's class of this name on the class path. That one makes the tables of all
 * 400 services as soon as the first client is built, some 45 ms of a cold start, to find out in
 * which region requests are signed; there is no option to say it outright. For DynamoDB, SQS and
 * whatever else is asked for here that is the client's own region, as the SDK has it for a service
 * that it does not know.
 */
public final class GeneratedServiceMetadataProvider implements ServiceMetadataProvider {
  /** Null: not known. */
  @Override
  public @Nullable ServiceMetadata serviceMetadata(String service) {
    return null;
  }
}
