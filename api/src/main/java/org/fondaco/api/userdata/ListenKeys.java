package org.fondaco.api.userdata;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    ListenKey key =
        byCredential.compute(
            call.identity().credential(),
            (_, present) -> present != null && extend(present) ? present : fresh(call.identity()));
    JsonWriter json = new JsonWriter(96).beginObject();
    json.field("listenKey", key.text);
    return CompletableFuture.completedFuture(Answer.ok(json.endObject()));
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

  /**
   * Opens the stream of a listen key.
   *
   * @return null when there is no such key, or it has expired
   */
  public @Nullable CompletableFuture<Subscription> open(
      String listenKey, UserDataReceiver receiver) {
    ListenKey key = byText.get(listenKey);
    if (key == null || !isValid(key)) {
      return null;
    }
    return userData
        .subscribe(key.owner, receiver)
        .thenApply(subscription -> opened(key, subscription));
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
