package io.openmonetize.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fake Runtime API for each test, which must find nothing to complain of at its end. */
abstract class RuntimeTest {
  static final String SECRET = "sk-secret-in-a-message";

  final FakeRuntimeApi api;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  RuntimeTest() {
    try {
      api = new FakeRuntimeApi();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void noTraceOfAnotherTest() {
    System.clearProperty("com.amazonaws.xray.traceHeader");
  }

  @AfterEach
  void apiSawNothingWrongAndNoSecret() throws IOException {
    api.close();
    assertThat(log()).doesNotContain(SECRET);
    assertThat(api.received().toString()).doesNotContain(SECRET);
    for (ReceivedRequest request : api.received()) {
      assertThat(text(request.body())).doesNotContain(SECRET);
    }
  }

  void run(InvocationHandler handler) throws Exception {
    run(1, handler);
  }

  void run(int workers, InvocationHandler handler) throws Exception {
    runtime().run(workers, () -> handler);
  }

  LambdaRuntime runtime() {
    return runtime(api.environment());
  }

  LambdaRuntime runtime(RuntimeEnvironment environment) {
    return new LambdaRuntime(environment, new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  /** What the runtime wrote to its error log. */
  String log() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
