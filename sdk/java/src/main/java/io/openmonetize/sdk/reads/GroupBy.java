package io.openmonetize.sdk.reads;

/** By what costs are summed. */
public enum GroupBy {
  /** Provider and model. */
  MODEL,
  /** Feature of the product. */
  FEATURE,
  /** Provider. */
  PROVIDER,
  /** Customer. */
  CUSTOMER,
  /** User of one customer, which the query must name. */
  USER
}
