package org.fondaco.api.wallet;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.http.Workers;
import org.fondaco.api.wallet.Capital.Network;
import org.fondaco.api.wallet.Capital.Part;
import org.jspecify.annotations.Nullable;

/** What all endpoints of deposits and withdrawals have in common. */
record Counter(Optional<Capital> capital, Workers workers) {
  private static final ApiError NO_CUSTODY =
      ApiError.badRequest(
          -1020, "This operation is not supported: custody is switched off at this venue.");
  private static final int DAYS_MAX = 90;
  private static final int ROWS_MAX = 1_000;

  /** Does it where it may wait; says so where there is no custody. */
  Endpoint.Action action(BiFunction<Capital, Call, Answer> work) {
    if (capital.isEmpty()) {
      return _ -> CompletableFuture.failedFuture(NO_CUSTODY.exception());
    }
    Capital present = capital.get();
    return workers.action(call -> {
      try {
        return work.apply(present, call);
      } catch (CapitalRefused refused) {
        throw refused.error().exception();
      }
    });
  }

  /** Does it where it may wait, with custody or without. */
  Endpoint.Action either(BiFunction<Optional<Capital>, Call, Answer> work) {
    return workers.action(call -> work.apply(capital, call));
  }

  /**
   * The network that a request means.
   *
   * @param name null = the asset's own
   * @throws CapitalRefused when the asset is not there, or not on that network
   */
  static Network network(Capital capital, String coin, @Nullable String name) {
    List<Network> ofCoin =
        capital.networks().stream().filter(network -> network.coin().equals(coin)).toList();
    if (ofCoin.isEmpty()) {
      throw new CapitalRefused(
          CapitalRefused.Reason.UNKNOWN_ASSET, "We don't have this asset: " + coin + ".");
    }
    return ofCoin.stream()
        .filter(network -> name == null || network.network().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new CapitalRefused(
                CapitalRefused.Reason.UNKNOWN_ASSET,
                coin + " is not on network " + name + " here."));
  }

  /**
   * The part of a history that a request asks for; without times the last 90 days.
   *
   * @throws org.fondaco.api.error.ApiException -4047 for more than 90 days
   */
  static Part part(Capital capital, Parameters sent) {
    String coin = sent.text("coin");
    Integer asset = coin == null ? null : network(capital, coin, null).asset();
    Instant now = Instant.now();
    Instant to = time(sent, "endTime", sent.has("startTime") ? null : now);
    Instant from = time(sent, "startTime", null);
    if (from == null) {
      from = (to == null ? now : to).minus(Duration.ofDays(DAYS_MAX));
    }
    if (to == null) {
      to = from.plus(Duration.ofDays(DAYS_MAX));
    }
    if (from.isAfter(to) || Duration.between(from, to).compareTo(Duration.ofDays(DAYS_MAX)) > 0) {
      throw ApiError.badRequest(-4047, "Time interval must be within 0-90 days.").exception();
    }
    int limit = sent.wholeInt("limit", ROWS_MAX);
    if (limit == 0) {
      throw RequestErrors.invalidData("limit");
    }
    return new Part(asset, from, to, sent.wholeInt("offset", 0), Math.min(limit, ROWS_MAX));
  }

  private static @Nullable Instant time(Parameters sent, String name, @Nullable Instant otherwise) {
    if (!sent.has(name)) {
      return otherwise;
    }
    long value = sent.whole(name, 0);
    if (value > Long.MAX_VALUE / 1_000) {
      throw RequestErrors.overflow(name);
    }
    return Instant.EPOCH.plus(Call.micros(value), ChronoUnit.MICROS);
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
