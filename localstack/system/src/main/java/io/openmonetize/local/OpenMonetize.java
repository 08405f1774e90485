package io.openmonetize.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.local.parts.LocalPartException;
import io.openmonetize.local.smoke.SmokeCommand;
import io.openmonetize.logging.Log;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What {@code ./om} runs. Standard output gets exactly one line, when all is ready; everything else
 * goes to standard error.
 */
public final class OpenMonetize {
  private static final String USAGE =
      """
      usage: ./om COMMAND
        up      starts everything, with the real providers
        demo    starts everything, with stand-in providers and a little traffic
        reset   forgets all local data
        prices check
                compares the price book with the newest release of its source
        bench   measures load, micro, worker and cold, one after the other
        bench load [--rounds N] [--peer URL]
                measures the proxy under load, beside a direct connection
        bench micro
                measures the parts of the warm path: time and allocated bytes
        bench worker
                measures what booking costs, in processor time
        bench cold [--rounds N]
                starts the packages as Lambda does
        bench pages [--data FOLDER]
                measures each page of the dashboard on a million events
        bench readers, bench reading-share
                measures what reading usage costs
        bench write-cost
                measures what booking costs, in write units of DynamoDB
        bench sdk
                measures what a tracked call of the SDK for Java costs
        bench sdk-typescript
                measures what a tracked call of the SDK for TypeScript costs
        screenshots [FOLDER]
                takes pictures of every page
        drill [--rounds N]
                kills each part in turn under load, and checks the ledger call by call
        format  formats the Java sources
      """
          + LedgerCommands.USAGE
          + LoadCommand.USAGE
          + SmokeCommand.USAGE
          + """
          one part alone: queue, store, proxy, worker, api\
          """;

  private final Environment environment;
  private final Path folder;
  private final PrintStream ready;
  private final Clock clock = Clock.systemUTC();
  private final Log log;

  private OpenMonetize(Environment environment, PrintStream ready) {
    this.environment = environment;
    this.folder = Path.of(environment.get("OM_DATA_DIR", ".om"));
    this.ready = ready;
    this.log = Log.to(System.err, Log.Level.of(environment.get("LOG_LEVEL", "INFO")));
  }

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream ready = System.out;
    // What a library prints must not be taken for the line.
    System.setOut(System.err);
    try {
      var program = new OpenMonetize(new Environment(System.getenv()), ready);
      if (LedgerCommands.has(List.of(arguments))) {
        System.exit(program.ledgerCommands().run(List.of(arguments)));
      }
      if (SmokeCommand.has(List.of(arguments))) {
        System.exit(SmokeCommand.run(List.of(arguments), program.environment, ready));
      }
      if (LoadCommand.has(List.of(arguments))) {
        program.loadCommand().run(List.of(arguments));
        return;
      }
      AutoCloseable running = program.run(String.join(" ", arguments));
      if (running != null) {
        program.closeAtTheEnd(running);
        new CountDownLatch(1).await();
      }
    } catch (ConfigurationException | LocalPartException | PortTakenException e) {
      System.err.println("om: " + e.getMessage());
      System.exit(1);
    } catch (IOException e) {
      System.err.println("om: " + e);
      System.exit(1);
    } catch (SdkException e) {
      System.err.println("om: the queue or the store does not answer: " + e.getMessage());
      System.exit(1);
    }
  }

  private LedgerCommands ledgerCommands() {
    return new LedgerCommands(environment, folder, clock, ready);
  }

  private LoadCommand loadCommand() {
    return new LoadCommand(environment, folder, clock, ready);
  }

  private @Nullable AutoCloseable run(String command) throws IOException {
    return switch (command) {
      case "up" -> {
        LocalSystem system = LocalSystem.start(environment, folder, clock, log);
        ready(system);
        yield system;
      }
      case "demo" -> {
        Demo demo = Demo.start(environment, DataDirectory.demo(folder), clock, log);
        ready(demo.system());
        demo.begin();
        yield demo;
      }
      case "reset" -> {
        DataDirectory.reset(folder);
        yield null;
      }
      case "prices check" -> {
        new PricesCommand(environment, folder, clock, ready).check();
        yield null;
      }
      case "queue" -> SingleRoles.queue(environment, folder, this::ready);
      case "store" -> SingleRoles.store(environment, folder, clock, this::ready);
      case "proxy" -> SingleRoles.proxy(environment, clock, log, this::ready);
      case "worker" -> SingleRoles.worker(environment, clock, log, this::ready);
      case "api" -> SingleRoles.api(environment, clock, log, this::ready);
      default -> throw new ConfigurationException(USAGE);
    };
  }

  /** Ctrl-C and SIGTERM. */
  private void closeAtTheEnd(AutoCloseable running) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    running.close();
                  } catch (Exception e) {
                    log.error("not_closed", "cause", e);
                  }
                },
                "shutdown"));
  }

  private void ready(LocalSystem system) {
    print(
        json -> {
          json.writeStringField("proxy", system.proxy().toString());
          json.writeStringField("ingestion", system.ingestion().toString());
          json.writeStringField("dashboard", system.dashboard().toString());
          credentials(json, system.credentials());
        });
  }

  private void ready(Map<String, String> fields, @Nullable Credentials credentials) {
    print(
        json -> {
          for (Map.Entry<String, String> field : fields.entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
          }
          if (credentials != null) {
            credentials(json, credentials);
          }
        });
  }

  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private void print(Members members) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("event", "ready");
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string takes everything", e);
    }
    ready.println(line);
    ready.flush();
  }

  private static void credentials(JsonGenerator json, Credentials credentials) throws IOException {
    json.writeStringField("apiKey", credentials.apiKey());
    json.writeObjectFieldStart("operator");
    json.writeStringField("name", credentials.operatorName());
    json.writeStringField("password", credentials.operatorPassword());
    json.writeEndObject();
  }
}
