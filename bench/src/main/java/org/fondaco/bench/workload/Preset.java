package org.fondaco.bench.workload;

/**
 * Sizes of the published exchange-core test sets.
 *
 * @param name as on the command line
 * @param symbols number of symbols
 * @param restingOrders orders on all books together when the measurement starts
 * @param accounts number of accounts; each holds the two assets of one symbol
 * @param commands commands measured, after the books were filled
 */
public record Preset(String name, int symbols, int restingOrders, int accounts, int commands) {

  /** 2,000 balances of one pair. */
  public static final Preset SINGLE_PAIR = new Preset("single", 1, 1_000, 1_000, 3_000_000);

  public static final Preset PEAK = new Preset("peak", 100, 10_000, 10_000, 3_000_000);

  /** 3.3 million balances. */
  public static final Preset MEDIUM = new Preset("medium", 10_000, 1_000_000, 1_650_000, 3_000_000);

  /**
   * The preset of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Preset named(String name) {
    return switch (name) {
      case "single" -> SINGLE_PAIR;
      case "peak" -> PEAK;
      case "medium" -> MEDIUM;
      default -> throw new IllegalArgumentException("preset is single, peak or medium: " + name);
    };
  }

  /** The same venue with another number of commands. */
  public Preset withCommands(int count) {
    return new Preset(name, symbols, restingOrders, accounts, count);
  }
}
