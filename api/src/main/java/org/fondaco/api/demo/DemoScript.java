package org.fondaco.api.demo;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TransferLeg;

/**
 * The commands that make a venue a demo, always the same in the same order: number n of the list is
 * number n of their source, so that sending them again changes nothing. Append only.
 */
final class DemoScript {

  /** Fees of a plain trader, 0.1 %, in 10^-8. */
  private static final long FEE_RATE = 100_000;

  private static final int FEE_TIER = 0;

  /** The simulator pays nothing, or its funds would run dry. */
  private static final int HOUSE_TIER = 15;

  private DemoScript() {}

  static List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    for (DemoAsset asset : DemoAsset.values()) {
      commands.add(asset.command());
    }
    for (DemoSymbol symbol : DemoSymbol.values()) {
      commands.add(symbol.command());
      // Without one, the first MARKET order of a new market would fail NOTIONAL: nothing to value
      // it.
      commands.add(new Command.SetReferencePrice(symbol.id(), symbol.anchorPrice()));
      commands.add(new Command.SetFees(symbol.id(), FEE_TIER, FEE_RATE, FEE_RATE));
      commands.add(new Command.SetFees(symbol.id(), HOUSE_TIER, 0, 0));
    }
    for (DemoUser user : DemoUser.values()) {
      if (user == DemoUser.OPERATOR) {
        continue;
      }
      int tier = user == DemoUser.MAKER ? HOUSE_TIER : FEE_TIER;
      open(commands, user.account(), user.fundsFactor(), tier);
    }
    open(commands, DemoUser.TAKER_ACCOUNT, DemoUser.MAKER.fundsFactor(), HOUSE_TIER);
    for (DemoSymbol symbol : DemoSymbol.values()) {
      commands.add(new Command.SetStatus(symbol.id(), SymbolStatus.TRADING));
    }
    // Came later than the others, and this list only grows at its end.
    open(commands, DemoUser.OPERATOR.account(), DemoUser.OPERATOR.fundsFactor(), FEE_TIER);
    return List.copyOf(commands);
  }

  private static void open(List<Command> commands, long account, int fundsFactor, int tier) {
    commands.add(new Command.SetAccount(account, fundsFactor > 0, tier, -1, 0));
    if (fundsFactor > 0) {
      List<TransferLeg> legs = new ArrayList<>();
      for (DemoAsset asset : DemoAsset.values()) {
        legs.add(
            new TransferLeg(
                LegKind.TRANSFER,
                SystemAccounts.TEST_FUNDS,
                account,
                asset.id(),
                Math.multiplyExact(asset.funds(), fundsFactor),
                0,
                0,
                0));
      }
      commands.add(new Command.TransferBatch(legs));
    }
  }
}
