package org.fondaco.bench.engine;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.bench.workload.Workload;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TransferLeg;

/**
 * The venue that the workload trades on: a tick is 10^4 quote units, a lot 10^4 base units, both
 * assets have 8 decimals, so a tick times a lot is one quote unit, as at the peer. Every filter
 * that the workload can pass is on.
 */
public final class Venue {

  /** Quote units per whole base unit in a tick. */
  public static final long TICK = 10_000;

  /** Base units in a lot. */
  public static final long LOT = 10_000;

  /** Of each of its two assets an account holds this many units, as at the peer. */
  private static final long FUNDS = 10_000_000_000_000L;

  private static final int MAX_LOTS = 1_000;
  private static final int SCALE = 8;
  private static final int LEGS = 64;

  private Venue() {}

  static long account(int index) {
    return SystemAccounts.FIRST_CUSTOMER + index;
  }

  static int symbol(int index) {
    return index + 1;
  }

  /** The commands that build the venue; fees are in 10^-8. */
  public static EncodedCommands setUp(Workload workload, long makerRate, long takerRate) {
    EncodedCommands commands = new EncodedCommands(false);
    int assets = 0;
    for (int i = 0; i < workload.symbols(); i++) {
      assets = Math.max(assets, Math.max(workload.baseAsset(i), workload.quoteAsset(i)));
    }
    for (int asset = 1; asset <= assets; asset++) {
      commands.add(new Command.AddAsset(asset, "A" + asset, SCALE));
    }
    for (int i = 0; i < workload.symbols(); i++) {
      commands.add(
          new Command.AddSymbol(
              symbol(i),
              "S" + symbol(i),
              workload.baseAsset(i),
              workload.quoteAsset(i),
              TICK,
              LOT,
              SelfTradePreventionMode.NONE,
              filters(workload.maxPrice(i))));
      commands.add(new Command.SetFees(symbol(i), 0, makerRate, takerRate));
      commands.add(new Command.SetStatus(symbol(i), SymbolStatus.TRADING));
    }
    List<TransferLeg> legs = new ArrayList<>();
    for (int i = 0; i < workload.accounts(); i++) {
      commands.add(new Command.SetAccount(account(i), true, 0, -1, 0));
      legs.add(fund(account(i), workload.baseAsset(workload.accountSymbol(i))));
      legs.add(fund(account(i), workload.quoteAsset(workload.accountSymbol(i))));
      if (legs.size() == LEGS || i == workload.accounts() - 1) {
        commands.add(new Command.TransferBatch(List.copyOf(legs)));
        legs.clear();
      }
    }
    return commands;
  }

  /** The workload's rows in [from, to). */
  public static EncodedCommands orders(Workload workload, int from, int to, boolean digests) {
    EncodedCommands commands = new EncodedCommands(digests);
    commands.stampAfter(from);
    for (int row = from; row < to; row++) {
      commands.add(workload, row);
    }
    return commands;
  }

  private static TransferLeg fund(long account, int asset) {
    return new TransferLeg(
        LegKind.TRANSFER, SystemAccounts.TEST_FUNDS, account, asset, FUNDS, 0, 0, 0);
  }

  private static Filters filters(int maxPrice) {
    return new Filters(
        TICK,
        maxPrice * TICK,
        TICK,
        LOT,
        MAX_LOTS * LOT,
        LOT,
        0,
        0,
        0,
        1,
        0,
        FUNDS * 4,
        5,
        50_000,
        1_000,
        50_000,
        1_000,
        0,
        0,
        0,
        0,
        10,
        0,
        0,
        0,
        0,
        100_000,
        5,
        20,
        1_000_000,
        true,
        false,
        0x1f);
  }
}
