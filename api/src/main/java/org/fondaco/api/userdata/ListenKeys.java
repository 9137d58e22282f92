package org.fondaco.api.userdata;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Identity;
import org.fondaco.api.stream.UserStreams;
import org.fondaco.api.userdata.UserDataReceiver.End;
import org.jspecify.annotations.Nullable;

/**
 * Names under which user data streams are opened without a signature [user-data-stream.md, the
 * editions until 2025, §API Endpoints]. An API key has one at a time, so that it ends with the API
 * key; any key of the account may keep it alive or end it. In memory: they end with the process.
 * Thread-safe.
 */
public final class ListenKeys implements AutoCloseable {
  private static final String PATH = "/api/v3/userDataStream";
  private static final int LENGTH = 64;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final long VALID_NANOS = TimeUnit.MINUTES.toNanos(60);
  private static final long SWEEP_SECONDS = 1;

  private final UserData userData;
  private final LongSupplier nanoTime;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, ListenKey> byText = new ConcurrentHashMap<>();
  private final Map<String, ListenKey> byCredential = new ConcurrentHashMap<>();
  private final ScheduledExecutorService sweeper;

  private static final class ListenKey {
    final String text;
    final Identity owner;
    final List<Subscription> streams = new ArrayList<>();
    long validUntil;
    boolean over;

    ListenKey(String text, Identity owner) {
      this.text = text;
      this.owner = owner;
    }
  }

  public ListenKeys(UserData userData, ApiKeys keys) {
    this(userData, keys, System::nanoTime);
  }

  /**
   * @param nanoTime tells time that does not jump when the clock is set
   */
  ListenKeys(UserData userData, ApiKeys keys, LongSupplier nanoTime) {
    this.userData = userData;
    this.nanoTime = nanoTime;
    keys.onRevoked(this::revoked);
    sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("listen-keys").daemon().factory());
    sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  public List<Endpoint> endpoints() {
    Parameter listenKey = Parameter.mandatory("listenKey", Type.STRING, "As it was given.");
    return List.of(
        endpoint(
            Method.POST,
            "Start a user data stream, valid for 60 minutes; again: extend the valid one",
            List.of(),
            this::start),
        endpoint(
            Method.PUT,
            "Keep a user data stream alive for 60 minutes from now",
            List.of(listenKey),
            this::extend),
        endpoint(Method.DELETE, "End a user data stream", List.of(listenKey), this::end));
  }

  private static Endpoint endpoint(
      Method method, String summary, List<Parameter> parameters, Endpoint.Action action) {
    return Endpoint.of(
        method, PATH, "User data", summary, Access.USER_STREAM, 2, parameters, action);
  }

  private CompletableFuture<Answer> start(Call call) {
    JsonWriter json = new JsonWriter(96).beginObject();
    json.field("listenKey", keyOf(call.identity()));
    return CompletableFuture.completedFuture(Answer.ok(json.endObject()));
  }

  /** The valid key of an API key, extended, or a new one. */
  String keyOf(Identity owner) {
    return byCredential.compute(
            owner.credential(),
            (_, present) -> present != null && extend(present) ? present : fresh(owner))
        .text;
  }

  private CompletableFuture<Answer> extend(Call call) {
    if (!extend(named(call))) {
      throw RequestErrors.noSuchListenKey();
    }
    return done();
  }

  private CompletableFuture<Answer> end(Call call) {
    end(named(call), End.CLOSED);
    return done();
  }

  private static CompletableFuture<Answer> done() {
    return CompletableFuture.completedFuture(
        Answer.ok(new JsonWriter(8).beginObject().endObject()));
  }

  private ListenKey named(Call call) {
    ListenKey key = byText.get(call.parameters().mandatoryText("listenKey"));
    if (key == null || key.owner.account() != call.account()) {
      throw RequestErrors.noSuchListenKey();
    }
    return key;
  }

  private ListenKey fresh(Identity owner) {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    ListenKey key = new ListenKey(text.toString(), owner);
    key.validUntil = nanoTime.getAsLong() + VALID_NANOS;
    byText.put(key.text, key);
    return key;
  }

  private boolean isValid(ListenKey key) {
    synchronized (key) {
      return !key.over && key.validUntil - nanoTime.getAsLong() > 0;
    }
  }

  private boolean extend(ListenKey key) {
    synchronized (key) {
      boolean valid = isValid(key);
      if (valid) {
        key.validUntil = nanoTime.getAsLong() + VALID_NANOS;
      }
      return valid;
    }
  }

  /** As {@link UserStreams#subscribe}: what {@code /ws/<listenKey>} opens. */
  public UserStreams.@Nullable Subscription subscribe(
      String listenKey, boolean microseconds, Consumer<ByteBuffer> events) {
    ListenKey key = byText.get(listenKey);
    if (key == null || !isValid(key)) {
      return null;
    }
    AtomicBoolean unwanted = new AtomicBoolean();
    CompletableFuture<Subscription> opening =
        userData
            .subscribe(key.owner, new RawEvents(microseconds, events))
            .thenApply(subscription -> opened(key, subscription));
    opening.thenAccept(subscription -> {
      if (!unwanted.get()) {
        subscription.open();
      }
    });
    return () -> {
      unwanted.set(true);
      opening.thenAccept(Subscription::close);
    };
  }

  /** Events as they are, without a wrapping. */
  private record RawEvents(boolean microseconds, Consumer<ByteBuffer> events)
      implements UserDataReceiver {

    @Override
    public void event(UserEvent event) {
      JsonWriter json = new JsonWriter(768);
      event.write(json, microseconds);
      events.accept(json.buffer());
    }

    @Override
    public void ended(End reason) {
      switch (reason) {
        case LOST, KEY_REVOKED ->
            event(
                new StreamNotice(StreamNotice.Kind.TERMINATED, System.currentTimeMillis() * 1_000));
        // Its owner ended it, or has been told that it expired.
        case CLOSED, EXPIRED -> {}
      }
    }
  }

  private Subscription opened(ListenKey key, Subscription subscription) {
    boolean over;
    synchronized (key) {
      over = key.over;
      if (!over) {
        key.streams.removeIf(Subscription::isOver);
        key.streams.add(subscription);
      }
    }
    if (over) {
      subscription.finish(End.CLOSED);
    }
    return subscription;
  }

  /** Ends what has not been kept alive. */
  void sweep() {
    long now = nanoTime.getAsLong();
    for (ListenKey key : byText.values()) {
      boolean expired;
      synchronized (key) {
        expired = key.validUntil - now <= 0;
      }
      if (expired) {
        end(key, End.EXPIRED);
      }
    }
  }

  private void revoked(String credential) {
    ListenKey key = byCredential.get(credential);
    if (key != null) {
      end(key, End.KEY_REVOKED);
    }
  }

  private void end(ListenKey key, End reason) {
    List<Subscription> streams;
    synchronized (key) {
      key.over = true;
      streams = List.copyOf(key.streams);
      key.streams.clear();
    }
    byText.remove(key.text, key);
    byCredential.remove(key.owner.credential(), key);
    for (Subscription stream : streams) {
      if (reason == End.EXPIRED) {
        stream.event(new ListenKeyExpired(key.text, System.currentTimeMillis()));
      }
      stream.finish(reason);
    }
  }

  @Override
  public void close() {
    sweeper.close();
  }
}
