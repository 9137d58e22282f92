package org.fondaco.engine.golden;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TransferLeg;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** BTCUSDT with wide filters, and accounts with 20,000 BTC and 2,000,000,000 USDT each. */
final class GoldenVenue {

  static final int SYMBOL = 1;
  static final int BTC = 1;
  static final int USDT = 2;
  static final long SCALE = 100_000_000;

  /** Accounts by the names that the cases use. */
  static final Map<String, Long> ACCOUNTS =
      Map.of(
          "you", 1_000L, "A", 1_001L, "B", 1_002L, "C", 1_003L, "groupA", 1_004L, "groupB", 1_005L);

  private static final long UNIT = 10_000;

  private GoldenVenue() {}

  static long units(String decimal) {
    return new BigDecimal(decimal).movePointRight(8).longValueExact();
  }

  static String decimal(long units) {
    return BigDecimal.valueOf(units, 8).stripTrailingZeros().toPlainString();
  }

  static String sameDecimal(String text) {
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }

  private static int multiplier(JsonNode rule, String field) {
    JsonNode value = rule.get(field);
    return value == null ? 0 : new BigDecimal(value.asString()).movePointRight(4).intValueExact();
  }

  /** Filters with the multipliers of the PRICE_RANGE rule; none given, none applied. */
  static Filters priceRange(JsonNode rule) {
    return new Filters(
        UNIT,
        1_000_000 * SCALE,
        UNIT,
        UNIT,
        30_000 * SCALE,
        UNIT,
        UNIT,
        0,
        0,
        0,
        0,
        0,
        5,
        0,
        0,
        0,
        0,
        multiplier(rule, "bidMultiplierUp"),
        multiplier(rule, "bidMultiplierDown"),
        multiplier(rule, "askMultiplierUp"),
        multiplier(rule, "askMultiplierDown"),
        100,
        1,
        2_000,
        1,
        2_000,
        200,
        100,
        50,
        10,
        true,
        false,
        0b11111);
  }

  private static Filters wide() {
    return priceRange(JsonNodeFactory.instance.objectNode());
  }

  static List<Command> opening() {
    List<Command> commands = new ArrayList<>();
    commands.add(new Command.AddAsset(BTC, "BTC", 8));
    commands.add(new Command.AddAsset(USDT, "USDT", 8));
    commands.add(
        new Command.AddSymbol(
            SYMBOL, "BTCUSDT", BTC, USDT, UNIT, UNIT, SelfTradePreventionMode.NONE, wide()));
    commands.add(new Command.SetStatus(SYMBOL, SymbolStatus.TRADING));
    ACCOUNTS.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(entry -> {
          long group = entry.getKey().startsWith("group") ? 1 : -1;
          commands.add(new Command.SetAccount(entry.getValue(), true, 0, group, 0));
          commands.add(
              new Command.TransferBatch(
                  List.of(
                      funds(entry.getValue(), BTC, 20_000 * SCALE),
                      funds(entry.getValue(), USDT, 2_000_000_000 * SCALE))));
        });
    return commands;
  }

  private static TransferLeg funds(long account, int asset, long amount) {
    return new TransferLeg(
        LegKind.TRANSFER, SystemAccounts.TEST_FUNDS, account, asset, amount, 0, 0, 0);
  }
}
