package io.openmonetize.examples;

import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.reads.CostQuery;
import io.openmonetize.sdk.reads.CostRow;
import io.openmonetize.sdk.reads.EventQuery;
import io.openmonetize.sdk.reads.GroupBy;
import io.openmonetize.sdk.reads.UsageQuery;

/** Prints what the last 30 days cost, by customer, and the newest events. */
public final class Costs {
  private static final int NEWEST = 10;

  private Costs() {}

  public static void main(String[] arguments) {
    try (OpenMonetize om = OpenMonetize.builder().build()) {
      System.out.println(om.usage(UsageQuery.builder().build()).sum().costUsd() + " USD in all");
      for (CostRow row : om.costs(CostQuery.builder().groupBy(GroupBy.CUSTOMER).build()).rows()) {
        System.out.println(row.customerId() + ": " + row.sum().costUsd() + " USD");
      }
      om.events(EventQuery.builder().pageSize(NEWEST).build())
          .limit(NEWEST)
          .forEach(event -> System.out.println(event.timestamp() + " " + event.eventType()));
    }
  }
}
