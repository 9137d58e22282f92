package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.engine.simulation.Script.FIRST;
import static org.fondaco.engine.simulation.Script.SYMBOL;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.KillScope;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.junit.jupiter.api.Test;

/**
 * ENGINE.md's ninth test, the engine's part: very many stops, cancels and kills at once, small
 * enough against the naive engine and full size on the fast one.
 */
class WorstCaseTest {

  private static final int BUDGET = 1_000;
  private static final long SELLER = FIRST;
  private static final long BUYER = FIRST + 1;
  private static final long STOPPER = FIRST + 2;

  /** Sell stops below the market at distances that repeat, then the trade that meets them all. */
  private static Script stops(int count) {
    Script script =
        new Script()
            .market(0, 1_000_000, 1_000_000)
            .account(SELLER, 1_000, 1_000)
            .account(BUYER, 0, 1L << 40)
            .account(STOPPER, count, 0)
            .limit(SELLER, Side.SELL, 1, 500_000)
            .limit(BUYER, Side.BUY, 1, 500_000);
    for (int i = 0; i < count; i++) {
      long stop = 499_999 - (i * 7_919L) % 1_000;
      OrderType type = i % 3 == 0 ? OrderType.STOP_LOSS : OrderType.STOP_LOSS_LIMIT;
      script.order(STOPPER, Side.SELL, type, 1, type == OrderType.STOP_LOSS ? 0 : 450_000, stop);
    }
    script.limit(BUYER, Side.BUY, 1 + count / 2, 400_000);
    script.limit(SELLER, Side.SELL, 1, 400_000);
    for (int i = 0; i <= count / BUDGET; i++) {
      script.add(new Command.Tick());
    }
    return script;
  }

  private static Script openOrders(int count) {
    Script script =
        new Script()
            .market(0, 1_000_000, 1_000_000)
            .account(SELLER, 2L * count, 0)
            .account(BUYER, 0, 1L << 50);
    for (int i = 0; i < count; i++) {
      script.limit(SELLER, Side.SELL, 1, 500_000 + (i * 31L) % 5_000);
      if (i % 10 == 0) {
        script.limit(BUYER, Side.BUY, 1, 400_000 - i % 4_000);
      }
    }
    return script;
  }

  private static List<List<EngineEvent>> play(List<Step> steps) {
    MachineSubject fast = Engines.fast();
    List<List<EngineEvent>> groups = new ArrayList<>();
    steps.forEach(step -> groups.add(fast.apply(step)));
    fast.machine().stateHash();
    return groups;
  }

  private static <T> List<T> only(List<EngineEvent> events, Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static void requireAgreement(Script script) {
    Differential differential = new Differential(NaiveSubject::new, Engines::fast);
    Differential.Difference difference = differential.compare(script.steps());
    assertThat(difference).isNull();
  }

  @Test
  void stopsBeyondTheBudgetAsTheNaiveEngine() {
    requireAgreement(stops(1_400));
  }

  @Test
  void aHundredThousandStops() {
    int count = 100_000;
    Script script = stops(count);
    List<List<EngineEvent>> groups = play(script.steps());
    int trade = groups.size() - count / BUDGET - 2;
    List<Long> triggered = new ArrayList<>();
    for (List<EngineEvent> group : groups.subList(trade, groups.size())) {
      List<EngineEvent.Triggered> now = only(group, EngineEvent.Triggered.class);
      assertThat(now.size()).isLessThanOrEqualTo(BUDGET);
      now.forEach(event -> triggered.add(event.orderId()));
    }
    List<Long> nearestFirst = new ArrayList<>();
    groups.forEach(group ->
        only(group, EngineEvent.OrderAccepted.class).stream()
            .filter(accepted -> accepted.account() == STOPPER)
            .forEach(accepted -> nearestFirst.add(accepted.orderId())));
    long first = nearestFirst.getFirst();
    nearestFirst.sort(
        Comparator.<Long>comparingLong(id -> ((id - first) * 7_919L) % 1_000)
            .thenComparingLong(id -> id));
    assertThat(triggered).isEqualTo(nearestFirst);
  }

  @Test
  void cancelAllAsTheNaiveEngine() {
    requireAgreement(openOrders(400).add(new Command.CancelAll(SELLER, SYMBOL)));
  }

  @Test
  void cancelAllOfTenThousand() {
    int count = 10_000;
    Script script = openOrders(count).add(new Command.CancelAll(SELLER, SYMBOL));
    List<EngineEvent> group = play(script.steps()).getLast();
    List<EngineEvent.Canceled> canceled = only(group, EngineEvent.Canceled.class);
    assertThat(canceled).hasSize(count);
    assertThat(canceled).isSortedAccordingTo(Comparator.comparingLong(event -> event.orderId()));
    assertThat(only(group, EngineEvent.LevelChanged.class))
        .hasSize(5_000)
        .allMatch(level -> level.quantity() == 0);
    assertThat(only(group, EngineEvent.BalanceChanged.class))
        .containsExactly(new EngineEvent.BalanceChanged(SELLER, Script.BASE, 2L * count, 0));
  }

  private static Script kill(int count, KillScope scope) {
    Script script =
        openOrders(count).add(new Command.Kill(scope, scope == KillScope.VENUE ? 0 : SELLER));
    script.limit(SELLER, Side.SELL, 1, 500_000);
    script.limit(BUYER, Side.BUY, 1, 600_000);
    for (int i = 0; i <= 2 * count / BUDGET; i++) {
      script.add(new Command.Tick());
    }
    return script.add(new Command.LiftKill(scope, SELLER)).limit(SELLER, Side.SELL, 1, 500_000);
  }

  @Test
  void killsAsTheNaiveEngine() {
    requireAgreement(kill(1_200, KillScope.ACCOUNT));
    requireAgreement(kill(1_200, KillScope.VENUE));
  }

  @Test
  void killWithTenThousandOpenOrders() {
    int count = 10_000;
    List<List<EngineEvent>> groups = play(kill(count, KillScope.ACCOUNT).steps());
    int kill = groups.size() - 2 * count / BUDGET - 6;
    List<Long> expired = new ArrayList<>();
    for (List<EngineEvent> group : groups.subList(kill, groups.size())) {
      List<EngineEvent.Expired> now =
          only(group, EngineEvent.Expired.class).stream()
              .filter(event -> event.reason() == ExpiryReason.EXCHANGE_CANCELED)
              .toList();
      assertThat(now.size()).isLessThanOrEqualTo(BUDGET);
      now.forEach(event -> expired.add(event.orderId()));
    }
    // All of the account's orders but the one that somebody took before its turn came.
    assertThat(expired).hasSizeBetween(count - 1, count).isSorted();
    assertThat(only(groups.get(kill), EngineEvent.Expired.class)).hasSize(BUDGET);
    assertThat(reason(groups.get(kill + 1))).isEqualTo(RejectReason.ACCOUNT_KILLED);
    assertThat(reason(groups.getLast())).isEqualTo(RejectReason.NONE);
  }

  /** Two accounts and then the venue, killed and lifted while the work is not yet done. */
  @Test
  void overlappingKillsAsTheNaiveEngine() {
    Script script = openOrders(700);
    script.account(STOPPER, 2_000, 0);
    for (int i = 0; i < 700; i++) {
      script.limit(STOPPER, Side.SELL, 1, 700_000 + i % 50);
    }
    script
        .add(new Command.Kill(KillScope.ACCOUNT, STOPPER))
        .add(new Command.Kill(KillScope.ACCOUNT, SELLER))
        .add(new Command.LiftKill(KillScope.ACCOUNT, SELLER))
        .limit(SELLER, Side.SELL, 1, 800_000)
        .add(new Command.LiftKill(KillScope.ACCOUNT, STOPPER));
    for (int i = 0; i < 1_100; i++) {
      script.limit(i % 2 == 0 ? STOPPER : SELLER, Side.SELL, 1, 900_000 + i % 50);
    }
    script
        .add(new Command.Kill(KillScope.ACCOUNT, STOPPER))
        .add(new Command.Kill(KillScope.VENUE, 0))
        .add(new Command.LiftKill(KillScope.VENUE, 0))
        .add(new Command.Kill(KillScope.ACCOUNT, BUYER))
        .add(new Command.Tick())
        .add(new Command.Tick());
    requireAgreement(script);
  }

  /** Deferred triggers survive a halt, in which nothing triggers and only cancels work. */
  @Test
  void aHaltWithDeferredTriggersAsTheNaiveEngine() {
    Script script = stops(1_300);
    List<Step> steps = new ArrayList<>(script.steps());
    Script halt =
        new Script()
            .add(new Command.SetStatus(SYMBOL, SymbolStatus.HALT))
            .add(new Command.Tick())
            .cancel(STOPPER, 20)
            .cancel(STOPPER, 400)
            .limit(SELLER, Side.SELL, 1, 300_000)
            .add(new Command.SetStatus(SYMBOL, SymbolStatus.CANCEL_ONLY))
            .add(new Command.Tick())
            .add(new Command.SetStatus(SYMBOL, SymbolStatus.TRADING))
            .add(new Command.Tick());
    steps.addAll(steps.size() - 2, halt.steps());
    Differential differential = new Differential(NaiveSubject::new, Engines::fast);
    assertThat(differential.compare(steps)).isNull();
  }

  private static RejectReason reason(List<EngineEvent> group) {
    return ((EngineEvent.CommandDone) group.getLast()).reason();
  }
}
