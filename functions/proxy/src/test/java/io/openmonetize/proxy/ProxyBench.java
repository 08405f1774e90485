package io.openmonetize.proxy;

import io.openmonetize.events.Provider;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.http.Origin;
import io.openmonetize.http.SocketConnector;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyStoreUnavailableException;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.KeyVerifier;
import io.openmonetize.keys.Scope;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.admission.Admission;
import io.openmonetize.proxy.relay.OnCallerGone;
import io.openmonetize.proxy.reply.Cors;
import io.openmonetize.proxy.reply.Health;
import io.openmonetize.proxy.settlement.EventSink;
import io.openmonetize.proxy.settlement.Settler;
import io.openmonetize.proxy.upstream.PooledUpstream;
import io.openmonetize.proxy.upstream.Upstream;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.Responder;
import io.openmonetize.usage.UsageReaders;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's handler between a responder and a provider of the test, with keys and events in
 * memory.
 */
final class ProxyBench implements AutoCloseable {
  static final String ID = "0f6c2f0e-4a3b-4c59-9d8f-2f1c5a7be111";

  private final Clock clock = Clock.systemUTC();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();
  private final List<UsageEvent> events = new CopyOnWriteArrayList<>();
  private final List<QueueMessage> aboutCalls = new CopyOnWriteArrayList<>();
  private final PooledUpstream sockets;
  private final Log log = new Log(logged, Log.Level.DEBUG, clock);
  private CallPolicy policy =
      new CallPolicy(Duration.ofSeconds(60), CallPolicy.RESERVE, OnCallerGone.DRAIN);
  private Cors cors = new Cors(List.of("*"));
  private Duration untilDeadline = Duration.ofMinutes(13);
  private @Nullable Upstream upstream;
  private volatile @Nullable Runnable beforeSend;
  private boolean keyStoreDown;
  private boolean tellsTime;

  /** The key that {@link #call} adds to a request. */
  final String key = addKey("dev", Set.of(Scope.PROXY), null, null);

  ProxyBench(URI provider) {
    Origin origin = Origin.of(provider);
    this.sockets =
        new PooledUpstream(
            Map.of(Provider.ANTHROPIC, origin, Provider.OPENAI, origin, Provider.GOOGLE, origin),
            new SocketConnector(Duration.ofSeconds(5)),
            16,
            Duration.ofSeconds(30),
            clock,
            log);
  }

  ProxyBench answerWithin(Duration time) {
    policy = new CallPolicy(time, policy.reserve(), policy.onCallerGone());
    return this;
  }

  /** Too long a time to be counted back is a fault of ours before anything is sent. */
  ProxyBench reserve(Duration time) {
    policy = new CallPolicy(policy.answerWithin(), time, policy.onCallerGone());
    return this;
  }

  ProxyBench onCallerGone(OnCallerGone what) {
    policy = new CallPolicy(policy.answerWithin(), policy.reserve(), what);
    return this;
  }

  /** The platform's deadline is so far from each invocation's start. */
  ProxyBench deadlineIn(Duration time) {
    untilDeadline = time;
    return this;
  }

  ProxyBench cors(String... origins) {
    cors = new Cors(List.of(origins));
    return this;
  }

  ProxyBench upstream(Upstream other) {
    upstream = other;
    return this;
  }

  /** Runs where an event would be queued; what it throws is the queue's failure. */
  ProxyBench beforeSend(Runnable action) {
    beforeSend = action;
    return this;
  }

  ProxyBench tellsTime() {
    tellsTime = true;
    return this;
  }

  ProxyBench keyStoreDown() {
    keyStoreDown = true;
    return this;
  }

  String addKey(
      String environment,
      Set<Scope> scopes,
      @Nullable String customerId,
      @Nullable Instant revokedAt) {
    KeyText text = KeyText.random(environment, new SecureRandom());
    keys.put(
        text.hash(),
        new ApiKey(
            "key_test",
            "test",
            text.prefix(),
            environment,
            scopes,
            customerId,
            Instant.EPOCH,
            "test",
            null,
            revokedAt));
    return text.reveal();
  }

  /** With all headers that a proxied call needs. */
  Request ready(Request request) {
    return request
        .with("x-om-customer-id", "acme")
        .with("x-om-user-id", "u-1")
        .with("x-om-feature-id", "chat")
        .with("x-om-api-key", key);
  }

  /** Sends the request with all headers it needs. */
  RecordingResponder call(Request request) {
    return send(ready(request), new RecordingResponder());
  }

  RecordingResponder send(Request request, RecordingResponder responder) {
    return send(request.event(), responder);
  }

  <R extends Responder> R send(byte[] event, R responder) {
    var invocation =
        new Invocation("inv-1", clock.instant().plus(untilDeadline), null, null, event);
    handler().handle(invocation, responder);
    return responder;
  }

  /** Intents and what became of them. */
  List<QueueMessage> aboutCalls() {
    return List.copyOf(aboutCalls);
  }

  /** How many they are as soon as there is one, or after this time. */
  int aboutCallsWithin(Duration time) {
    Instant end = clock.instant().plus(time);
    while (aboutCalls.isEmpty() && clock.instant().isBefore(end)) {
      LockSupport.parkNanos(1_000_000);
    }
    return aboutCalls.size();
  }

  List<UsageEvent> events() {
    return List.copyOf(events);
  }

  /** The one event of a test with one call. */
  UsageEvent event() {
    if (events.size() != 1) {
      throw new AssertionError(events.size() + " events: " + events);
    }
    return events.getFirst();
  }

  String logged() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  List<String> logged(String event) {
    return logged()
        .lines()
        .filter(line -> line.contains("\"event\":\"" + event + "\""))
        .collect(Collectors.toList());
  }

  @Override
  public void close() {
    sockets.close();
  }

  private ProxyHandler handler() {
    Settler settler =
        new Settler(
            sink(), log, clock, IntentDelay.DEFAULT, Path.of(System.getProperty("java.io.tmpdir")));
    return new ProxyHandler(
        new Admission(new KeyVerifier("dev", this::find, clock)),
        new ProxiedCalls(
            upstream == null ? sockets : upstream, UsageReaders::of, settler, policy, clock, log),
        new Health("1.2.3", Map.of("key_store", () -> !keyStoreDown), clock),
        cors,
        () -> UUID.fromString(ID),
        tellsTime,
        log);
  }

  private Optional<ApiKey> find(String hash) {
    if (keyStoreDown) {
      throw new KeyStoreUnavailableException("down", new IllegalStateException());
    }
    return Optional.ofNullable(keys.get(hash));
  }

  private EventSink sink() {
    return new EventSink() {
      @Override
      public void send(QueueMessage message) {
        if (message instanceof QueueMessage.Event(UsageEvent event)) {
          sendAll(List.of(event));
        } else {
          aboutCalls.add(message);
        }
      }

      @Override
      public Set<Integer> sendAll(List<UsageEvent> sent) {
        if (beforeSend != null) {
          beforeSend.run();
        }
        events.addAll(sent);
        return IntStream.empty().boxed().collect(Collectors.toSet());
      }
    };
  }
}
