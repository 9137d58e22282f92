package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.KillScope;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.protocol.TransferLeg;
import org.junit.jupiter.api.Test;

/**
 * What exceeds one command's budget of 1,000 activations or expirations goes on in the next ones:
 * both engines alike, nothing lost, and a Tick is due as long as work waits.
 */
class BudgetTest {

  private static final int MANY = 2_100;
  private static final long TIME = 1_700_000_000_000_000L;
  private static final long PRICE = 1_000_000;

  private final List<Step> steps = new ArrayList<>();
  private final NaiveSubject naive = new NaiveSubject();
  private final MachineSubject fast = new MachineSubject(new Engine(EngineSizing.small()));

  private List<EngineEvent> apply(Command command) {
    Step step = new Step(new CommandHeader(TIME + steps.size(), 0, 0, 0, 0), command);
    steps.add(step);
    List<EngineEvent> events = fast.apply(step);
    assertThat(events).isEqualTo(naive.apply(step));
    return events;
  }

  private static OrderSpec spec(Side side, OrderType type, long price, long stop, int delta) {
    return new OrderSpec(
        side,
        type,
        TimeInForce.GTC,
        SelfTradePreventionMode.NONE,
        delta,
        100,
        0,
        price,
        stop,
        0,
        Long.MIN_VALUE,
        0,
        "");
  }

  private void place(long account, OrderSpec spec) {
    apply(new Command.PlaceOrder(account, 1, false, spec));
  }

  private void open() {
    apply(new Command.AddAsset(1, "BASE", 4));
    apply(new Command.AddAsset(2, "QUOTE", 4));
    Filters filters =
        new Filters(
            0,
            10_000_000,
            100,
            0,
            1_000_000,
            100,
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
            1,
            2_000,
            1,
            2_000,
            0,
            0,
            0,
            0,
            false,
            false,
            31);
    apply(
        new Command.AddSymbol(
            1, "BASEQUOTE", 1, 2, 100, 100, SelfTradePreventionMode.NONE, filters));
    apply(new Command.SetStatus(1, SymbolStatus.TRADING));
    for (long account = 1_000; account < 1_003; account++) {
      apply(new Command.SetAccount(account, true, 0, -1, 0));
      for (int asset = 1; asset <= 2; asset++) {
        TransferLeg leg = new TransferLeg(LegKind.TRANSFER, 5, account, asset, 1L << 50, 0, 0, 0);
        apply(new Command.TransferBatch(List.of(leg)));
      }
    }
    trade(PRICE);
  }

  private List<EngineEvent> trade(long price) {
    place(1_000, spec(Side.SELL, OrderType.LIMIT, price, 0, 0));
    return apply(
        new Command.PlaceOrder(1_001, 1, false, spec(Side.BUY, OrderType.LIMIT, price, 0, 0)));
  }

  private static long count(List<EngineEvent> events, Class<? extends EngineEvent> kind) {
    return events.stream().filter(kind::isInstance).count();
  }

  private boolean tickDue() {
    return fast.machine().nextTickTime() <= fast.machine().time();
  }

  @Test
  void stopsBeyondTheBudgetRunInTheNextCommands() {
    open();
    for (int i = 0; i < MANY; i++) {
      int delta = i % 3 == 0 ? 50 : 0;
      long stop = delta > 0 ? 0 : PRICE - 10_000 - i % 7 * 100;
      place(1_002, spec(Side.SELL, OrderType.STOP_LOSS, 0, stop, delta));
    }
    for (int i = 0; i < MANY; i++) {
      place(1_000, spec(Side.BUY, OrderType.LIMIT, PRICE - 200_000, 0, 0));
    }
    assertThat(tickDue()).isFalse();
    assertThat(count(trade(PRICE - 100_000), EngineEvent.Triggered.class)).isEqualTo(1_000);
    assertThat(tickDue()).isTrue();
    // The deferred work of a symbol that still trades comes before the command that halts it.
    List<EngineEvent> halt = apply(new Command.SetStatus(1, SymbolStatus.HALT));
    assertThat(count(halt, EngineEvent.Triggered.class)).isEqualTo(1_000);
    assertThat(tickDue()).isFalse();
    assertThat(count(apply(new Command.Tick()), EngineEvent.Triggered.class)).isZero();
    List<EngineEvent> rest = apply(new Command.SetStatus(1, SymbolStatus.TRADING));
    assertThat(count(rest, EngineEvent.Triggered.class)).isEqualTo(MANY - 2_000);
    assertThat(count(rest, EngineEvent.Trade.class)).isEqualTo(MANY - 2_000);
    assertThat(tickDue()).isFalse();
    assertThat(fast.machine().stateHash()).hasSize(2);
  }

  @Test
  void killsBeyondTheBudgetGoOn() {
    open();
    for (int i = 0; i < MANY; i++) {
      place(1_000 + i % 2, spec(Side.BUY, OrderType.LIMIT, PRICE - 50_000 - i * 100, 0, 0));
    }
    List<EngineEvent> first = apply(new Command.Kill(KillScope.ACCOUNT, 1_000));
    assertThat(count(first, EngineEvent.Expired.class)).isEqualTo(1_000);
    assertThat(tickDue()).isTrue();
    List<EngineEvent> second = apply(new Command.Kill(KillScope.VENUE, 0));
    assertThat(count(second, EngineEvent.Expired.class)).isEqualTo(1_000);
    List<EngineEvent> third = apply(new Command.Tick());
    assertThat(count(third, EngineEvent.Expired.class)).isEqualTo(MANY - 2_000);
    assertThat(tickDue()).isFalse();
    apply(new Command.LiftKill(KillScope.VENUE, 0));
    apply(new Command.LiftKill(KillScope.ACCOUNT, 1_000));
    trade(PRICE);
    assertThat(fast.machine().stateHash()).hasSize(2);
  }

  @Test
  void cancelAllIsOneCommand() {
    open();
    for (int i = 0; i < MANY; i++) {
      place(1_002, spec(Side.SELL, OrderType.LIMIT, PRICE + 100 * (1 + i % 50), 0, 0));
    }
    List<EngineEvent> events = apply(new Command.CancelAll(1_002, 1));
    assertThat(count(events, EngineEvent.Canceled.class)).isEqualTo(MANY);
    assertThat(fast.machine().stateHash()).hasSize(2);
  }
}
