package org.fondaco.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.protocol.TransferLeg;

/** Writes steps by hand, for cases that chance does not find. */
final class Script {

  static final int BASE = 1;
  static final int QUOTE = 2;
  static final int SYMBOL = 1;
  static final long FIRST = SystemAccounts.FIRST_CUSTOMER;

  private final List<Step> steps = new ArrayList<>();
  private long time = 1_700_000_000_000_000L;

  List<Step> steps() {
    return steps;
  }

  Script add(Command command) {
    time += 1_000;
    steps.add(new Step(new CommandHeader(time, 0, 0, 0, 0), command));
    return this;
  }

  /** The next command is stamped just so. */
  Script at(long next) {
    time = next - 1_000;
    return this;
  }

  /** A symbol whose notional is ticks × lots, with no filter but the caps. */
  Script market(int baseScale, long maxPrice, long maxQuantity) {
    long lot = 1;
    long tick = 1;
    for (int i = 0; i < baseScale; i++) {
      tick *= 10;
    }
    add(new Command.AddAsset(BASE, "BASE", baseScale));
    add(new Command.AddAsset(QUOTE, "QUOTE", 0));
    add(
        new Command.AddSymbol(
            SYMBOL,
            "BASEQUOTE",
            BASE,
            QUOTE,
            tick,
            lot,
            SelfTradePreventionMode.NONE,
            caps(tick, lot, maxPrice, maxQuantity)));
    return add(new Command.SetStatus(SYMBOL, SymbolStatus.TRADING));
  }

  static Filters caps(long tick, long lot, long maxPrice, long maxQuantity) {
    return new Filters(
        0,
        maxPrice,
        tick,
        0,
        maxQuantity,
        lot,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        2_000,
        0,
        2_000,
        0,
        0,
        0,
        0,
        false,
        false,
        0b11111);
  }

  Script account(long account, long base, long quote) {
    add(new Command.SetAccount(account, true, 0, -1, 0));
    if (base > 0) {
      add(transfer(SystemAccounts.HOUSE, account, BASE, base));
    }
    return quote == 0 ? this : add(transfer(SystemAccounts.HOUSE, account, QUOTE, quote));
  }

  static Command transfer(long from, long to, int asset, long amount) {
    return new Command.TransferBatch(
        List.of(new TransferLeg(LegKind.TRANSFER, from, to, asset, amount, 0, 0, 0)));
  }

  Script limit(long account, Side side, long quantity, long price) {
    return order(account, side, OrderType.LIMIT, quantity, price, 0);
  }

  Script order(long account, Side side, OrderType type, long quantity, long price, long stopPrice) {
    return add(
        new Command.PlaceOrder(
            account,
            SYMBOL,
            false,
            new OrderSpec(
                side,
                type,
                TimeInForce.GTC,
                SelfTradePreventionMode.NONE,
                0,
                quantity,
                0,
                price,
                stopPrice,
                0,
                Long.MIN_VALUE,
                0,
                "")));
  }

  Script cancel(long account, long orderId) {
    return add(new Command.CancelOrder(account, SYMBOL, orderId, "", "", CancelRestriction.NONE));
  }
}
