package io.openmonetize.local;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.query.operators.OperatorAccounts;
import io.openmonetize.query.operators.OperatorChange;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@code ./om operators}: who may sign in. A password is printed this once. */
final class OperatorsCommand {
  /** For who did it, in the audit log. */
  static final String ACTOR = "command line";

  private static final String USAGE =
      "usage: ./om operators list | add NAME | reset NAME | remove NAME";

  private final Clock clock;
  private final PrintStream out;

  OperatorsCommand(Clock clock, PrintStream out) {
    this.clock = clock;
    this.out = out;
  }

  /**
   * @param arguments {@code operators} first
   * @return 0 when it is done, 1 when it is refused, which is printed
   * @throws ConfigurationException when the arguments are wrong
   */
  int run(List<String> arguments, DynamoDbClient dynamoDb, String controlTable) {
    OperatorAccounts accounts =
        OperatorAccounts.create(dynamoDb, controlTable, clock, new SecureRandom(), ACTOR);
    String what = arguments.size() > 1 ? arguments.get(1) : "";
    if (what.equals("list") && arguments.size() == 2) {
      accounts.names().forEach(out::println);
      return 0;
    }
    if (arguments.size() != 3) {
      throw new ConfigurationException(USAGE);
    }
    String name = arguments.get(2);
    return told(
        switch (what) {
          case "add" -> accounts.add(name);
          case "reset" -> accounts.reset(name);
          case "remove" -> accounts.remove(name);
          default -> throw new ConfigurationException(USAGE);
        });
  }

  private int told(OperatorChange change) {
    return switch (change) {
      case OperatorChange.Password(String name, String password) -> {
        out.println("name: " + name);
        out.println("password: " + password);
        yield 0;
      }
      case OperatorChange.Removed(String name) -> {
        out.println("removed " + name);
        yield 0;
      }
      case OperatorChange.Refused(OperatorChange.Reason reason) -> {
        out.println(reason.message());
        yield 1;
      }
    };
  }
}
