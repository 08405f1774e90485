package io.openmonetize.runtime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The example of the README, word for word: ReadmeTest compares and runs it. */
final class HelloStream {
  private HelloStream() {}

  public static void main(String[] arguments) throws Exception {
    RuntimeEnvironment environment = RuntimeEnvironment.of(System.getenv());
    LambdaRuntime runtime = new LambdaRuntime(environment, System.err);
    runtime.run(environment.maxConcurrency(), () -> HelloStream::hello);
  }

  static void hello(Invocation invocation, Responder responder) throws Exception {
    Map<String, String> headers = Map.of("content-type", "text/event-stream");
    ResponseStream stream = responder.stream(new Prelude(200, headers, List.of()));
    for (int i = 1; i <= 3; i++) {
      byte[] event = ("data: hello " + i + "\n\n").getBytes(StandardCharsets.UTF_8);
      stream.write(event, 0, event.length); // leaves now, as a chunk of its own
    }
    stream.end(); // the caller has its last byte: what follows costs it nothing
  }
}
