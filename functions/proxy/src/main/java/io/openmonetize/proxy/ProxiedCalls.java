package io.openmonetize.proxy;

import io.openmonetize.events.Call;
import io.openmonetize.events.CallIntent;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Usage;
import io.openmonetize.http.Answer;
import io.openmonetize.http.ExchangeException;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.admission.Decision.Granted;
import io.openmonetize.proxy.relay.Caller;
import io.openmonetize.proxy.relay.Meter;
import io.openmonetize.proxy.relay.Readers;
import io.openmonetize.proxy.relay.Relay;
import io.openmonetize.proxy.reply.Failure;
import io.openmonetize.proxy.reply.ProviderErrors;
import io.openmonetize.proxy.request.Asked;
import io.openmonetize.proxy.request.Attempt;
import io.openmonetize.proxy.request.FunctionUrlRequest;
import io.openmonetize.proxy.request.Route;
import io.openmonetize.proxy.request.SafePath;
import io.openmonetize.proxy.settlement.Announcement;
import io.openmonetize.proxy.settlement.ResultLines;
import io.openmonetize.proxy.settlement.Settlement;
import io.openmonetize.proxy.settlement.Settlement.NotReached;
import io.openmonetize.proxy.settlement.Settlement.Settled;
import io.openmonetize.proxy.settlement.Settler;
import io.openmonetize.proxy.settlement.StartedCall;
import io.openmonetize.proxy.upstream.RequestHeaders;
import io.openmonetize.proxy.upstream.Upstream;
import io.openmonetize.proxy.upstream.UpstreamRequest;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.Endpoint;
import io.openmonetize.usage.RequestFacts;
import io.openmonetize.usage.ResponseFacts;
import io.openmonetize.usage.UsageReading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes admitted calls to their provider and back, and has each of them booked once. */
final class ProxiedCalls {
  /** Before the platform's deadline: time for a log line, and no more. */
  private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

  private static final int ID_CHARACTERS_AT_MOST = 256;

  private final Upstream upstream;
  private final Readers readers;
  private final Settler settler;
  private final CallPolicy policy;
  private final Clock clock;
  private final Log log;

  ProxiedCalls(
      Upstream upstream,
      Readers readers,
      Settler settler,
      CallPolicy policy,
      Clock clock,
      Log log) {
    this.upstream = upstream;
    this.readers = readers;
    this.settler = settler;
    this.policy = policy;
    this.clock = clock;
    this.log = log;
  }

  /** Returns when the caller has its answer and the call is booked. */
  void run(
      Route.Proxied route,
      FunctionUrlRequest request,
      Granted granted,
      String requestId,
      Invocation invocation,
      Caller caller) {
    Asked asked = Asked.of(request, route);
    var call =
        new StartedCall(
            requestId,
            clock.instant(),
            granted.attribution(),
            granted.key(),
            asked.endpoint(),
            asked.model(),
            Endpoint.batchInPath(route.path()),
            Attempt.of(
                request.headers(),
                route.provider(),
                granted.attribution().customerId(),
                granted.key().id()));
    CallIntent intent = settler.intent(call, asked.stream());
    settler.started(intent, invocation.requestId());
    Announcement announcement = settler.announcement(intent);
    Instant giveUpAt = invocation.deadline().minus(LAST_MOMENT);
    ResultLines lines = settler.lines(call, giveUpAt);
    Settlement settlement = new NotReached();
    try {
      UpstreamRequest sent = upstreamRequest(route, request, asked);
      Instant stopAt = invocation.deadline().minus(policy.reserve());
      // From here on the provider may have worked, whatever goes wrong.
      settlement = unread(asked, CallStatus.INTERRUPTED, "the proxy failed", null);
      settlement = exchange(asked, sent, call, stopAt, caller, lines, announcement);
    } catch (RuntimeException fault) {
      log.error("proxy.failed", "request_id", requestId, "cause", fault);
      caller.failed(ProviderErrors.reply(route.provider(), Failure.INTERNAL));
    } finally {
      announcement.begin();
      settler.settle(call, settlement, giveUpAt);
      lines.finish();
      announcement.await(Duration.between(clock.instant(), giveUpAt));
    }
  }

  private static UpstreamRequest upstreamRequest(
      Route.Proxied route, FunctionUrlRequest request, Asked asked) {
    return new UpstreamRequest(
        route.provider(),
        request.method(),
        SafePath.encodePath(route.path()),
        SafePath.encodeQuery(request.query()),
        RequestHeaders.forUpstream(route.provider(), request.headers(), asked.usageAdded()),
        asked.body());
  }

  private Settlement exchange(
      Asked asked,
      UpstreamRequest request,
      StartedCall call,
      Instant stopAt,
      Caller caller,
      ResultLines lines,
      Announcement announcement) {
    long sentNanos = System.nanoTime();
    Instant answerBy = clock.instant().plus(policy.answerWithin());
    Instant headBy = asked.mayStream() || answerBy.isAfter(stopAt) ? stopAt : answerBy;
    try (Answer answer = send(request, headBy, stopAt, caller, announcement)) {
      return relay(asked, answer, call, sentNanos, caller, lines);
    } catch (ExchangeException e) {
      log.warn(
          "upstream.failed",
          "request_id",
          call.requestId(),
          "kind",
          e.kind(),
          "cause",
          e.getCause());
      Provider provider = asked.endpoint().provider();
      return switch (e.kind()) {
        case UNREACHABLE -> {
          caller.reply(ProviderErrors.reply(provider, Failure.UNREACHABLE));
          yield new NotReached();
        }
        case BROKEN -> {
          caller.reply(ProviderErrors.reply(provider, Failure.INTERRUPTED));
          yield unread(
              asked, CallStatus.INTERRUPTED, "the connection broke before an answer", null);
        }
        case TIMED_OUT -> {
          caller.reply(ProviderErrors.reply(provider, Failure.TIMED_OUT));
          long waited = millisBetween(sentNanos, System.nanoTime());
          yield unread(asked, CallStatus.TIMEOUT, "no answer came in time", waited);
        }
      };
    }
  }

  private Answer send(
      UpstreamRequest request,
      Instant headBy,
      Instant stopAt,
      Caller caller,
      Announcement announcement)
      throws ExchangeException {
    long handedOver = System.nanoTime();
    try {
      return upstream.send(request, headBy, stopAt, announcement::begin);
    } finally {
      caller.waited(System.nanoTime() - handedOver);
    }
  }

  private Settlement relay(
      Asked asked,
      Answer answer,
      StartedCall call,
      long sentNanos,
      Caller caller,
      ResultLines lines) {
    int status = answer.head().status();
    Headers headers = answer.head().headers();
    var asking =
        new RequestFacts(asked.endpoint(), asked.model(), asked.stream(), asked.inputCharacters());
    var answering =
        new ResponseFacts(
            status, joined(headers, "content-type"), joined(headers, "content-encoding"));
    Meter meter = new Meter(() -> readers.of(asking, answering, lines), log, call.requestId());
    Relay relay = new Relay(answer, caller, meter, policy.onCallerGone(), asked.usageAdded());
    Relay.Ending ending = relay.run(asked.endpoint().provider(), asked.endpoint().wireName());
    Long firstByte = relay.firstByteNanos();
    UsageReading reading = meter.finish(answerEnd(ending));
    boolean streamed = Relay.isEventStream(answer) || (asked.stream() && status < 300);
    return new Settled(
        reading,
        new Call(
            callStatus(ending, status, reading),
            status,
            reading.errorType(),
            providerRequestId(headers),
            reading.responseId(),
            firstByte == null ? null : millisBetween(sentNanos, firstByte),
            millisBetween(sentNanos, relay.lastByteNanos())),
        streamed);
  }

  /** The provider may have worked, but nothing that it said of it came back. */
  private static Settled unread(
      Asked asked, CallStatus status, String reason, @Nullable Long durationMs) {
    String free = asked.endpoint().freeBecause();
    Usage usage = free == null ? Usage.missing(reason) : Usage.none(free);
    return new Settled(
        UsageReading.of(usage),
        new Call(status, null, null, null, null, null, durationMs),
        asked.stream());
  }

  private static AnswerEnd answerEnd(Relay.Ending ending) {
    return switch (ending) {
      case WHOLE -> AnswerEnd.WHOLE;
      case BROKEN, TIMED_OUT -> AnswerEnd.INTERRUPTED;
      case ABANDONED -> AnswerEnd.ABANDONED;
    };
  }

  private static CallStatus callStatus(Relay.Ending ending, int status, UsageReading reading) {
    return switch (ending) {
      case WHOLE -> status >= 400 || reading.errorType() != null ? CallStatus.ERROR : CallStatus.OK;
      case BROKEN -> CallStatus.INTERRUPTED;
      case TIMED_OUT -> CallStatus.TIMEOUT;
      case ABANDONED -> CallStatus.CANCELLED;
    };
  }

  /** Anthropic's, OpenAI's and Azure's name for it; Gemini has none. */
  private static @Nullable String providerRequestId(Headers headers) {
    for (String name : List.of("request-id", "x-request-id", "apim-request-id")) {
      String id = headers.first(name).orElse("");
      if (!id.isEmpty() && id.length() <= ID_CHARACTERS_AT_MOST) {
        return id;
      }
    }
    return null;
  }

  private static @Nullable String joined(Headers headers, String name) {
    List<String> values = headers.all(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }

  private static long millisBetween(long fromNanos, long toNanos) {
    return Duration.ofNanos(toNanos - fromNanos).toMillis();
  }
}
