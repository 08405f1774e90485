package io.openmonetize.runtime;

import io.openmonetize.runtime.http1.ChunkedOutput;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpConnection;
import io.openmonetize.runtime.http1.TimeLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One streamed response, over a connection that is used for nothing else. */
final class StreamedResponse implements ResponseStream {
  private static final String ERROR_BODY = "Lambda-Runtime-Function-Error-Body";

  /** Trailers that are not announced up front are dropped by the platform. */
  private static final Headers HEADERS =
      Headers.of(
          "Content-Type", "application/vnd.awslambda.http-integration-response",
          "Lambda-Runtime-Function-Response-Mode", "streaming",
          "Transfer-Encoding", "chunked",
          "Trailer", RuntimeApi.ERROR_TYPE + ", " + ERROR_BODY);

  /** Ends the prelude. None may occur inside it; JSON has no way to hold one. */
  private static final int SEPARATOR_NULS = 8;

  private static final byte[] FILLER = {'\n'};

  /**
   * The caller has its last byte by then; without a bound a lost answer would hold the function.
   * The response's own limit goes on meanwhile.
   */
  private static final Duration ANSWER_TIME = Duration.ofSeconds(10);

  /** An answer that came before the end is there already. */
  private static final Duration EARLY_ANSWER_TIME = Duration.ofMillis(100);

  private final String requestId;
  private final RuntimeLog log;
  private final HttpConnection connection;
  private final ChunkedOutput body;
  private final ResponseTimer timer;
  private final TimeLimit limit;
  private @Nullable ResponseClosedException closedBy;
  private boolean ended;
  private boolean empty = true;

  private StreamedResponse(
      String requestId,
      RuntimeLog log,
      HttpConnection connection,
      ResponseTimer timer,
      TimeLimit limit) {
    this.requestId = requestId;
    this.log = log;
    this.connection = connection;
    this.timer = timer;
    this.body = connection.writer().chunked();
    this.limit = limit;
  }

  /** Sends head and prelude with one write, the prelude in a chunk of its own. */
  static StreamedResponse begin(
      RuntimeApi api,
      String requestId,
      Prelude prelude,
      ResponseTimer timer,
      Instant endBy,
      RuntimeLog log)
      throws IOException {
    byte[] start = encode(prelude);
    HttpConnection connection = api.openResponse();
    StreamedResponse response =
        new StreamedResponse(
            requestId, log, connection, timer, timer.until(endBy, connection.socket()));
    // Where prelude and first bytes shared a chunk, the front end was seen to hold back the whole
    // response in a part of the calls (aws-lambda-nodejs-runtime-interface-client issue 94). Of
    // what stands before the prelude it takes no notice.
    try {
      response.body.write(api.responseHead(requestId, HEADERS), start);
    } catch (IOException e) {
      throw response.closed(e);
    }
    return response;
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    if (ended) {
      throw new IllegalStateException("The response has ended");
    }
    send(buffer, offset, length);
    empty &= length == 0;
  }

  @Override
  public void end() throws IOException {
    finish(Headers.NONE);
  }

  @Override
  public void end(byte[] buffer, int offset, int length) throws IOException {
    if (ended) {
      throw new IllegalStateException("The response has ended");
    }
    if (length == 0) {
      end();
      return;
    }
    requireOpen();
    try {
      body.end(buffer, offset, length);
    } catch (IOException e) {
      throw closed(e);
    }
    ended();
  }

  @Override
  public void fail(String errorType, String message) throws IOException {
    fail(ErrorReport.of(errorType, message));
  }

  /** In base64, since a line break in the JSON would end the trailer and cut the response. */
  void fail(ErrorReport report) throws IOException {
    String encoded = Base64.getEncoder().encodeToString(report.toJson());
    finish(Headers.of(RuntimeApi.ERROR_TYPE, report.type(), ERROR_BODY, encoded));
  }

  boolean open() {
    return !ended && closedBy == null;
  }

  private void finish(Headers trailers) throws IOException {
    if (ended) {
      return;
    }
    requireOpen();
    if (empty) {
      // Responses without a single body byte were seen to hang at their callers until the
      // function's timeout, with 204 and redirects too (aws-lambda-web-adapter issue 499, nitro
      // issue 4417). A front end that speaks HTTP drops the byte where the status or a HEAD request
      // allows no body; which request it was cannot be told here.
      send(FILLER, 0, FILLER.length);
      empty = false;
    }
    try {
      body.end(trailers);
    } catch (IOException e) {
      throw closed(e);
    }
    ended();
  }

  private void ended() throws IOException {
    ended = true;
    awaitAnswer();
    limit.lift();
    connection.close();
  }

  private void send(byte[] buffer, int offset, int length) throws IOException {
    requireOpen();
    try {
      body.write(buffer, offset, length);
    } catch (IOException e) {
      throw closed(e);
    }
  }

  private void requireOpen() throws ResponseClosedException {
    if (closedBy != null) {
      throw closedBy;
    }
  }

  private ResponseClosedException closed(IOException cause) throws IOException {
    ResponseClosedException failure = new ResponseClosedException(cause);
    closedBy = failure;
    if (limit.lift()) {
      logEarlyAnswer();
    } else {
      log.error(requestId, "A response was not taken to its end in time");
    }
    connection.close();
    return failure;
  }

  /** The response is delivered, so whatever comes now is worth a line in the log and no more. */
  private void awaitAnswer() {
    // Not by the socket's own timeout: a socket that ever had one needs three system calls for a
    // read that waits, where others need one.
    TimeLimit answerLimit = timer.within(ANSWER_TIME, connection.socket());
    try {
      logUnlessAccepted(connection.reader().responseHead().status());
    } catch (IOException e) {
      log.error(requestId, "The Runtime API did not answer a streamed response", e);
    } finally {
      answerLimit.lift();
    }
  }

  /** Says why the platform stopped taking bytes, where it has said so itself. */
  private void logEarlyAnswer() {
    try {
      connection.socket().setSoTimeout((int) EARLY_ANSWER_TIME.toMillis());
      logUnlessAccepted(connection.reader().responseHead().status());
    } catch (IOException e) {
      log.error(requestId, "The platform closed a response without a word", e);
    }
  }

  private void logUnlessAccepted(int status) {
    if (status != 202) {
      log.error(requestId, RuntimeApi.unexpected("a streamed response", status));
    }
  }

  private static byte[] encode(Prelude prelude) {
    Json json =
        new Json().put("statusCode", prelude.statusCode()).put("headers", prelude.headers());
    if (!prelude.cookies().isEmpty()) {
      json.put("cookies", prelude.cookies());
    }
    byte[] text = json.end().getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(text, text.length + SEPARATOR_NULS);
  }
}
