package org.fondaco.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TransferLeg;

/** The small world of a simulation: assets, symbols, accounts and their first money. */
final class Venue {

  /** Scale 2, so its symbol must be free of fees. */
  static final int COARSE = 1;

  /** Scale 4, the least that fees allow. */
  static final int MIDDLE = 2;

  static final int FINE = 3;
  static final int MONEY = 4;

  /** Traded nowhere; goes up to the issue limit. */
  static final int UNTRADED = 5;

  /** A pair whose amounts come near the limits, so that products need more than 64 bits. */
  static final int LARGE = 6;

  static final int HUGE = 7;

  private static final long HUGE_FUNDS = 200_000_000_000_000_000L;

  static final long FIRST_ACCOUNT = SystemAccounts.FIRST_CUSTOMER;

  static final List<Market> MARKETS =
      List.of(
          new Market(1, MIDDLE, MONEY, 700, 300, 50),
          new Market(2, COARSE, MONEY, 7, 100, 40),
          new Market(3, FINE, MIDDLE, 30_000, 100_000, 60),
          new Market(4, LARGE, HUGE, 1_000_000_000_000L, 1_000_000, 60));

  private Venue() {}

  static List<Command> opening(SplittableRandom random) {
    List<Command> commands = new ArrayList<>();
    commands.add(new Command.AddAsset(COARSE, "COARSE", 2));
    commands.add(new Command.AddAsset(MIDDLE, "MIDDLE", 4));
    commands.add(new Command.AddAsset(FINE, "FINE", 8));
    commands.add(new Command.AddAsset(MONEY, "MONEY", 6));
    commands.add(new Command.AddAsset(UNTRADED, "UNTRADED", 0));
    commands.add(new Command.AddAsset(LARGE, "LARGE", 4));
    commands.add(new Command.AddAsset(HUGE, "HUGE", 10));
    for (Market market : MARKETS) {
      Filters filters = market.filters(random, random.nextInt(3) == 0);
      commands.add(
          new Command.AddSymbol(
              market.symbol(),
              "SYMBOL" + market.symbol(),
              market.base(),
              market.quote(),
              market.tickUnit(),
              market.lotUnit(),
              SelfTradePreventionMode.NONE,
              filters));
      commands.add(new Command.SetStatus(market.symbol(), SymbolStatus.TRADING));
      if (market.base() != COARSE) {
        commands.add(new Command.SetFees(market.symbol(), 0, 10_000, 75_001));
        commands.add(new Command.SetFees(market.symbol(), 1, 0, 100_000_000));
        commands.add(new Command.SetFees(market.symbol(), 2, 333_333, 1));
      }
    }
    for (int i = 0; i < Market.ACCOUNTS; i++) {
      commands.add(
          new Command.SetAccount(
              FIRST_ACCOUNT + i,
              true,
              random.nextInt(8) == 0 ? 1 : random.nextInt(2) * 2,
              i < 2 ? 7 : -1,
              random.nextInt(3) == 0 ? random.nextInt(5) : 0));
      commands.add(funding(FIRST_ACCOUNT + i));
      commands.add(
          new Command.TransferBatch(
              List.of(transfer(SystemAccounts.HOUSE, FIRST_ACCOUNT + i, HUGE, HUGE_FUNDS))));
    }
    return commands;
  }

  /** Enough for a while, not for ever; the last two accounts are always short of something. */
  static Command funding(long account) {
    List<TransferLeg> legs = new ArrayList<>();
    long lots = account < FIRST_ACCOUNT + 3 ? 300 : 12;
    for (Market market : MARKETS) {
      long base = lots * market.lotUnit();
      legs.add(transfer(SystemAccounts.TEST_FUNDS, account, market.base(), base));
    }
    legs.add(transfer(SystemAccounts.TEST_FUNDS, account, MONEY, lots * 1_700));
    legs.add(transfer(SystemAccounts.TEST_FUNDS, account, MIDDLE, lots * 1_700));
    return new Command.TransferBatch(legs);
  }

  /** The market of a symbol id, any market for an id that is none. */
  static Market marketOf(int symbol) {
    return MARKETS.get(Math.floorMod(symbol - 1, MARKETS.size()));
  }

  static TransferLeg transfer(long from, long to, int asset, long amount) {
    return new TransferLeg(LegKind.TRANSFER, from, to, asset, amount, 0, 0, 0);
  }
}
