package io.openmonetize.local.load;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where the items of one table go. */
public interface ItemSink {
  void put(Map<String, AttributeValue> item);

  /** Returns when all of them are there. */
  void flush();
}
