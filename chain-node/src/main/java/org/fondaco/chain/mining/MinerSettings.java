package org.fondaco.chain.mining;

import java.time.Duration;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;

/**
 * How a miner begins.
 *
 * @param coinbase who is paid; null until chosen
 * @param extraData at most 32 bytes; must not be changed
 * @param gasCeiling what the gas limit of new blocks moves towards
 * @param recommit how often a block that is being worked on is built anew for newer transactions
 * @param instant when an engine that needs no work seals
 */
@SuppressWarnings("ArrayRecordComponent") // read only
public record MinerSettings(
    @Nullable Address coinbase,
    byte[] extraData,
    long gasCeiling,
    Duration recommit,
    Instant instant) {
  /** Geth's {@code --miner.gaslimit}. */
  private static final long GAS_CEILING = 30_000_000;

  private static final int EXTRA_BYTES_MAX = 32;

  /** When blocks are sealed that need no work. */
  public sealed interface Instant {
    /**
     * When there is a transaction, then one block a second until its block has as many on top of it
     * as asked, then none. That is what confirmations are waited for with.
     *
     * @param depth blocks on top; 0 for none
     */
    record OnTransaction(int depth) implements Instant {
      /** Refuses a depth below zero. */
      public OnTransaction {
        if (depth < 0) {
          throw new IllegalArgumentException("a depth of " + depth);
        }
      }
    }

    /** One block an interval, with or without transactions. */
    record Every(Duration interval) implements Instant {
      /** Refuses what is not longer than nothing. */
      public Every {
        if (!interval.isPositive()) {
          throw new IllegalArgumentException("an interval of " + interval);
        }
      }
    }

    /** Only {@link Miner#sealNow}. */
    record OnDemand() implements Instant {}
  }

  /** Refuses more extra data than a header takes. */
  public MinerSettings {
    checkExtraData(extraData);
    if (!recommit.isPositive()) {
      throw new IllegalArgumentException("recommits of " + recommit);
    }
  }

  static void checkExtraData(byte[] extraData) {
    if (extraData.length > EXTRA_BYTES_MAX) {
      throw new IllegalArgumentException(
          "extra exceeds max length. " + extraData.length + " > " + EXTRA_BYTES_MAX);
    }
  }

  /** Geth's values, no coinbase, and one block a transaction where no work is needed. */
  public static MinerSettings standard() {
    return new MinerSettings(
        null, new byte[0], GAS_CEILING, Duration.ofSeconds(3), new Instant.OnTransaction(0));
  }

  public MinerSettings withCoinbase(Address address) {
    return new MinerSettings(address, extraData, gasCeiling, recommit, instant);
  }

  public MinerSettings withInstant(Instant when) {
    return new MinerSettings(coinbase, extraData, gasCeiling, recommit, when);
  }
}
