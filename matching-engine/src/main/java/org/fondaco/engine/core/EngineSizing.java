package org.fondaco.engine.core;

/**
 * How much room the engine takes at birth. Sizes never show in events or hashes, except that
 * exhaustion answers CAPACITY. Tables double when full, which pauses the engine for the copy but
 * changes no result; presize so that it does not happen.
 *
 * @param accounts accounts, system accounts included
 * @param balances (account, asset) and (account, symbol) pairs
 * @param orders open orders of all kinds
 * @param levels price levels with orders on them, of all books and of the stop indexes
 * @param symbols symbols, a hard limit
 * @param assets assets, a hard limit
 * @param lists open order lists
 * @param holds open reservations
 * @param tokens tokens owned
 * @param sources internal sources, a hard limit
 * @param requestDigests digests remembered before the first doubling; never more than 2^20
 * @param growth how many times its first size accounts, orders, lists, holds and tokens may become
 *     before CAPACITY is answered, at least 1
 */
public record EngineSizing(
    int accounts,
    int balances,
    int orders,
    int levels,
    int symbols,
    int assets,
    int lists,
    int holds,
    int tokens,
    int sources,
    int requestDigests,
    int growth) {

  public EngineSizing {
    if (Math.min(Math.min(accounts, balances), Math.min(orders, levels)) < 16
        || Math.min(Math.min(symbols, assets), Math.min(lists, holds)) < 1
        || Math.min(Math.min(tokens, sources), Math.min(requestDigests, growth)) < 1) {
      throw new IllegalArgumentException("sizes too small: " + accounts);
    }
  }

  /** For tests: a few megabytes. */
  public static EngineSizing small() {
    return new EngineSizing(64, 256, 256, 256, 1_000, 1_000, 64, 64, 64, 64, 1_024, 1 << 14);
  }

  /** For a venue on one machine: some hundred megabytes when busy. */
  public static EngineSizing standard() {
    return new EngineSizing(
        16_384, 65_536, 65_536, 65_536, 20_000, 20_000, 8_192, 8_192, 8_192, 256, 1 << 17, 256);
  }
}
