package org.fondaco.api.limit;

import org.fondaco.api.address.Addresses;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.VenueErrors;
import org.jspecify.annotations.Nullable;

/**
 * Request weight by address and minute, and bans of who goes on after it is used up [rest-api.md
 * §IP Limits]. An IPv6 address counts with the other 2^64 of its network. Thread-safe; no lock that
 * all requests share.
 */
public final class RequestWeights {

  /** So many requests may be refused in a minute before their sender is banned. */
  public static final int REFUSALS_MAX = 10;

  private static final long MINUTE_SECONDS = 60;

  private final int limit;
  private final LimitClock clock;
  private final Bans bans;
  private final Window<String> minute;
  private final Window<String> refusals;

  /** Counts in memory alone. */
  public RequestWeights(Limits limits) {
    this(limits, LimitClock.SYSTEM, Sharing.none());
  }

  public RequestWeights(Limits limits, LimitClock clock, Sharing sharing) {
    this.limit = limits.weightPerMinute();
    this.clock = clock;
    this.bans = new Bans(clock, sharing);
    this.minute = new Window<>("weight", MINUTE_SECONDS, clock, sharing, bans::question);
    this.refusals = new Window<>("refusals", MINUTE_SECONDS, clock, sharing);
  }

  /** Counts a request; the caller refuses it when there is a {@link Use#refusal()}. */
  public Use use(String address, int weight) {
    String subscriber = Addresses.subscriber(address);
    Counter counter = minute.counter(subscriber);
    long banned = bans.remainingMillis(subscriber);
    if (banned > 0) {
      return new Use(counter, 0, limit, banned(banned), seconds(banned));
    }
    if (counter.add(weight) <= limit) {
      return new Use(counter, weight, limit, null, 0);
    }
    if (refusals.counter(subscriber).add(1) > REFUSALS_MAX) {
      banned = bans.ban(subscriber);
      return new Use(counter, weight, limit, banned(banned), seconds(banned));
    }
    return new Use(counter, weight, limit, VenueErrors.tooMuchWeight(limit), minute.secondsLeft());
  }

  /** Seconds until requests of the address are read again, 0 = they are read now. */
  public long bannedSeconds(String address) {
    return seconds(bans.remainingMillis(Addresses.subscriber(address)));
  }

  private ApiError banned(long remainingMillis) {
    return VenueErrors.banned(clock.wallMillis() + remainingMillis);
  }

  private static long seconds(long millis) {
    return (millis + 999) / 1_000;
  }

  /** The weight of one request among its minute's. */
  public static final class Use {
    private final Counter counter;
    private final int weight;
    private final int limit;
    private final @Nullable ApiError refusal;
    private final long retryAfterSeconds;

    Use(
        Counter counter,
        int weight,
        int limit,
        @Nullable ApiError refusal,
        long retryAfterSeconds) {
      this.counter = counter;
      this.weight = weight;
      this.limit = limit;
      this.refusal = refusal;
      this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Why the request may not be served (429, 418), null when it may. */
    public @Nullable ApiError refusal() {
      return refusal;
    }

    /** Gives the weight of this request back. */
    public void giveBack() {
      counter.subtract(weight);
    }

    /** Weight used in this minute so far. */
    public int used() {
      return (int) Math.min(Integer.MAX_VALUE, counter.value());
    }

    /** Weight that may be used in a minute. */
    public int limit() {
      return limit;
    }

    /** Seconds to wait after a refusal. */
    public long retryAfterSeconds() {
      return retryAfterSeconds;
    }
  }
}
