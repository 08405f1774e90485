package io.openmonetize.bench.worker;

/** Whose events a batch of 100 holds. What a batch costs depends on how many sums it touches. */
enum Mix {
  ONE_USER("one user of one customer", 1, 1),
  TWENTY_USERS("20 users of one customer", 1, 20),
  TEN_CUSTOMERS("10 customers", 10, 2),
  HUNDRED_CUSTOMERS("100 customers", 100, 1);

  private final String words;
  private final int customers;
  private final int usersOfEach;

  Mix(String words, int customers, int usersOfEach) {
    this.words = words;
    this.customers = customers;
    this.usersOfEach = usersOfEach;
  }

  String words() {
    return words;
  }

  String customer(int event) {
    return "customer-%04d".formatted(event % customers);
  }

  String user(int event) {
    return "user-%03d".formatted(event / customers % usersOfEach);
  }
}
