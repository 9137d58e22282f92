package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.engine.simulation.Script.BASE;
import static org.fondaco.engine.simulation.Script.FIRST;
import static org.fondaco.engine.simulation.Script.QUOTE;
import static org.fondaco.engine.simulation.Script.SYMBOL;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.HoldCloseReason;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TransferLeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ends of the number line: 2^62 of everything, and where fees round. */
class EdgeTest {

  private static final long LIMIT = 1L << 62;
  private static final long HALF = 1L << 31;

  static Stream<Arguments> engines() {
    return Engines.all().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  private static List<EngineEvent> play(Subject subject, Script script) {
    List<EngineEvent> events = new ArrayList<>();
    script.steps().forEach(step -> events.addAll(subject.apply(step)));
    return events;
  }

  private static List<RejectReason> reasons(List<EngineEvent> events) {
    return events.stream()
        .filter(EngineEvent.CommandDone.class::isInstance)
        .map(event -> ((EngineEvent.CommandDone) event).reason())
        .toList();
  }

  private static <T> List<T> only(List<EngineEvent> events, Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void issueEndsAtTwoToThe62(String name, Supplier<Subject> engine) {
    Script script = new Script().add(new Command.AddAsset(1, "A", 0));
    for (long account = FIRST; account < FIRST + 3; account++) {
      script.add(new Command.SetAccount(account, true, 0, -1, 0));
    }
    script
        .add(Script.transfer(SystemAccounts.HOUSE, FIRST, 1, Long.MAX_VALUE))
        .add(Script.transfer(SystemAccounts.HOUSE, FIRST, 1, LIMIT + 1))
        .add(Script.transfer(SystemAccounts.HOUSE, FIRST, 1, LIMIT))
        .add(Script.transfer(SystemAccounts.HOUSE, FIRST + 1, 1, 1))
        .add(Script.transfer(SystemAccounts.TEST_FUNDS, FIRST + 1, 1, LIMIT))
        .add(Script.transfer(SystemAccounts.TEST_FUNDS, FIRST + 1, 1, 1))
        .add(Script.transfer(FIRST, FIRST + 1, 1, LIMIT))
        .add(Script.transfer(FIRST + 1, SystemAccounts.SUSPENSE, 1, 1))
        .add(Script.transfer(SystemAccounts.TEST_FUNDS, FIRST + 1, 1, 1))
        .add(Script.transfer(SystemAccounts.TEST_FUNDS, SystemAccounts.HOUSE, 1, 5))
        .add(Script.transfer(FIRST + 1, SystemAccounts.HOUSE, 1, 1))
        .add(Script.transfer(SystemAccounts.TEST_FUNDS, FIRST + 2, 1, 1));
    List<RejectReason> reasons = reasons(play(engine.get(), script));
    assertThat(reasons.subList(4, reasons.size()))
        .as(name)
        .containsExactly(
            RejectReason.ISSUE_LIMIT,
            RejectReason.ISSUE_LIMIT,
            RejectReason.NONE,
            RejectReason.ISSUE_LIMIT,
            RejectReason.ISSUE_LIMIT,
            RejectReason.ISSUE_LIMIT,
            RejectReason.NONE,
            RejectReason.NONE,
            RejectReason.ISSUE_LIMIT,
            // The issue only changes hands between system accounts.
            RejectReason.NONE,
            RejectReason.NONE,
            RejectReason.NONE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void capsEndAtTwoToThe62(String name, Supplier<Subject> engine) {
    Script script =
        new Script()
            .market(0, HALF, HALF)
            .add(new Command.SetFilters(SYMBOL, Script.caps(1, 1, HALF + 1, HALF)))
            .add(new Command.SetFilters(SYMBOL, Script.caps(1, 1, HALF, HALF + 1)))
            .add(new Command.SetFilters(SYMBOL, Script.caps(1, 1, LIMIT, 1)))
            .add(new Command.SetFilters(SYMBOL, Script.caps(1, 1, LIMIT, 2)))
            .add(new Command.SetFilters(SYMBOL, Script.caps(1, 1, Long.MAX_VALUE, Long.MAX_VALUE)));
    List<RejectReason> reasons = reasons(play(engine.get(), script));
    assertThat(reasons)
        .as(name)
        .containsExactly(
            RejectReason.NONE,
            RejectReason.NONE,
            RejectReason.NONE,
            RejectReason.NONE,
            RejectReason.INVALID_CONFIGURATION,
            RejectReason.INVALID_CONFIGURATION,
            RejectReason.NONE,
            RejectReason.INVALID_CONFIGURATION,
            RejectReason.INVALID_CONFIGURATION);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void theGreatestTradeMovesEverything(String name, Supplier<Subject> engine) {
    long price = HALF * 10_000;
    Script script =
        new Script()
            .market(4, price, HALF)
            .add(new Command.SetFees(SYMBOL, 0, 100_000_000, 99_999_999))
            .account(FIRST, HALF, 0)
            .account(FIRST + 1, 0, LIMIT)
            .limit(FIRST, Side.SELL, HALF, price)
            .limit(FIRST + 1, Side.BUY, HALF, price);
    List<EngineEvent> events = play(engine.get(), script);
    EngineEvent.Trade trade = only(events, EngineEvent.Trade.class).getFirst();
    assertThat(trade.quoteQuantity()).as(name).isEqualTo(LIMIT);
    assertThat(trade.makerFee()).as("all of it").isEqualTo(LIMIT);
    // 2^31 × 0.99999999 = 2147483626.5…, rounded up.
    assertThat(trade.takerFee()).isEqualTo(2_147_483_627L);
    assertThat(only(events, EngineEvent.BalanceChanged.class))
        .contains(
            new EngineEvent.BalanceChanged(SystemAccounts.FEES, QUOTE, LIMIT, 0),
            new EngineEvent.BalanceChanged(SystemAccounts.FEES, BASE, 2_147_483_627L, 0),
            new EngineEvent.BalanceChanged(FIRST + 1, QUOTE, 0, 0),
            new EngineEvent.BalanceChanged(FIRST + 1, BASE, HALF - 2_147_483_627L, 0));
  }

  @ParameterizedTest
  @CsvSource({
    // rate in 10^-8, received, fee: nothing of nothing, up from the least, exact at the boundary.
    "0, 1000000, 0",
    "1, 1, 1",
    "1, 100000000, 1",
    "1, 100000001, 2",
    "99999999, 1, 1",
    "100000000, 1, 1",
    "100000000, 7, 7",
    "75000, 4000, 3",
    "75000, 4001, 4",
    "33333333, 3, 1",
    "33333334, 3, 2"
  })
  void feesRoundUp(long rate, long received, long fee) {
    for (var engine : Engines.all().entrySet()) {
      Script script =
          new Script()
              .market(4, 10_000_000, 1L << 40)
              .add(new Command.SetFees(SYMBOL, 0, 0, rate))
              .account(FIRST, received, 0)
              .account(FIRST + 1, 0, received)
              .limit(FIRST, Side.SELL, received, 10_000)
              .limit(FIRST + 1, Side.BUY, received, 10_000);
      List<EngineEvent> events = play(engine.getValue().get(), script);
      EngineEvent.Trade trade = only(events, EngineEvent.Trade.class).getFirst();
      assertThat(trade.takerFee()).as(engine.getKey()).isEqualTo(fee);
      assertThat(trade.makerFee()).as(engine.getKey()).isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void aCoarseBaseIsFreeOfFees(String name, Supplier<Subject> engine) {
    Script script =
        new Script()
            .market(3, 10_000, 10_000)
            .add(new Command.SetFees(SYMBOL, 0, 0, 1))
            .add(new Command.SetFees(SYMBOL, 0, 1, 0))
            .add(new Command.SetFees(SYMBOL, 0, 0, 0));
    List<RejectReason> reasons = reasons(play(engine.get(), script));
    assertThat(reasons.subList(4, 7))
        .as(name)
        .containsExactly(
            RejectReason.INVALID_CONFIGURATION,
            RejectReason.INVALID_CONFIGURATION,
            RejectReason.NONE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void anImpossibleNumberIsRefusedNotWrapped(String name, Supplier<Subject> engine) {
    Script script =
        new Script()
            .market(0, HALF, HALF)
            .account(FIRST, 10, LIMIT)
            .limit(FIRST, Side.BUY, Long.MAX_VALUE, 1)
            .limit(FIRST, Side.BUY, 1, Long.MAX_VALUE)
            .limit(FIRST, Side.BUY, HALF, HALF)
            .limit(FIRST, Side.BUY, 1, 1)
            .order(FIRST, Side.SELL, OrderType.MARKET, HALF, 0, 0);
    List<RejectReason> reasons = reasons(play(engine.get(), script));
    assertThat(reasons.subList(reasons.size() - 5, reasons.size()))
        .as(name)
        .containsExactly(
            RejectReason.LOT_SIZE,
            RejectReason.PRICE_FILTER,
            RejectReason.NONE,
            RejectReason.INSUFFICIENT_BALANCE,
            RejectReason.INSUFFICIENT_BALANCE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void unitsThatDoNotMakeWholeNotionalsAreRefused(String name, Supplier<Subject> engine) {
    Script script =
        new Script()
            .add(new Command.AddAsset(BASE, "BASE", 4))
            .add(new Command.AddAsset(QUOTE, "QUOTE", 2));
    long[][] units = {{100, 100}, {100, 99}, {9_999, 1}, {10_000, 1}, {1L << 40, 1L << 40}};
    for (int i = 0; i < units.length; i++) {
      script.add(
          new Command.AddSymbol(
              10 + i,
              "S" + i,
              BASE,
              QUOTE,
              units[i][0],
              units[i][1],
              SelfTradePreventionMode.NONE,
              Script.caps(units[i][0], units[i][1], 1L << 40, 1L << 20)));
    }
    List<RejectReason> reasons = reasons(play(engine.get(), script));
    assertThat(reasons.subList(2, 7))
        .as(name)
        .containsExactly(
            RejectReason.NONE,
            RejectReason.INVALID_CONFIGURATION,
            RejectReason.INVALID_CONFIGURATION,
            RejectReason.NONE,
            RejectReason.INVALID_CONFIGURATION);
  }

  /** Volumes beyond 64 bits; a price one tick off the bound tells whether a carry was lost. */
  @Test
  void averagesOfHugeVolumesAgree() {
    long tick = 10_000;
    long price = (HALF - 1_000) * tick;
    Script script =
        new Script()
            .market(4, HALF * tick, HALF)
            .account(FIRST, HALF, 0)
            .account(FIRST + 1, 0, LIMIT);
    script.add(new Command.SetFilters(SYMBOL, banded(tick, 0)));
    for (int i = 0; i < 24; i++) {
      long seller = FIRST + i % 2;
      long lots = HALF - 1 - i * 7;
      script.limit(seller, Side.SELL, lots, price + i * tick);
      script.limit(2 * FIRST + 1 - seller, Side.BUY, lots, price + i * tick);
      script
          .add(new Command.CancelAll(FIRST, SYMBOL))
          .add(new Command.CancelAll(FIRST + 1, SYMBOL));
    }
    for (int multiplier = 9_990; multiplier <= 10_010; multiplier += 5) {
      script.add(new Command.SetFilters(SYMBOL, banded(tick, multiplier)));
      for (long offset = -3_000_000; offset <= 3_000_000; offset += 99_991) {
        script.limit(FIRST, Side.BUY, 1, price + offset * tick);
        script.limit(FIRST, Side.SELL, 1, price + offset * tick);
        script.add(new Command.CancelAll(FIRST, SYMBOL));
      }
    }
    Differential differential = new Differential(NaiveSubject::new, Engines::fast);
    assertThat(differential.compare(script.steps())).isNull();
    List<RejectReason> reasons = reasons(play(new NaiveSubject(), script));
    assertThat(reasons).contains(RejectReason.PERCENT_PRICE_BY_SIDE, RejectReason.NONE);
  }

  private static Filters banded(long tick, int multiplier) {
    int down = multiplier;
    int up = multiplier == 0 ? 0 : multiplier + 3;
    return new Filters(
        0,
        HALF * tick,
        tick,
        0,
        HALF,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        60,
        up,
        down,
        up,
        down,
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

  /** More holds fall due than one sweep takes; what is due but not swept cannot be posted. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void aDueHoldCannotBePostedThoughItIsNotSwept(String name, Supplier<Subject> engine) {
    long due = 1_700_000_001_000_000L;
    Script script = new Script().add(new Command.AddAsset(1, "A", 0));
    script.add(new Command.SetAccount(FIRST, true, 0, -1, 0));
    script.add(Script.transfer(SystemAccounts.HOUSE, FIRST, 1, 1_000));
    script.add(batch(leg(LegKind.MOVE_TOKEN, 0, FIRST, 0, 0, 7)));
    for (int batch = 0; batch < 3; batch++) {
      TransferLeg[] legs = new TransferLeg[batch < 2 ? 64 : 3];
      Arrays.fill(legs, new TransferLeg(LegKind.RESERVE, FIRST, 0, 1, 1, 0, due, 0));
      script.add(batch(legs));
    }
    script.add(batch(new TransferLeg(LegKind.HOLD_TOKEN, FIRST, 0, 0, 0, 0, due, 7)));
    script.at(due - 1).add(batch(leg(LegKind.POST, 0, SystemAccounts.FEES, 1, 131, 0)));
    script.at(due).add(batch(leg(LegKind.POST, 0, SystemAccounts.FEES, 1, 130, 0)));
    script.at(due).add(batch(leg(LegKind.VOID, 0, 0, 0, 130, 0)));
    script.at(due).add(batch(leg(LegKind.MOVE_TOKEN, FIRST, 0, 0, 132, 7)));
    List<EngineEvent> events = play(engine.get(), script);
    List<RejectReason> reasons = reasons(events);
    assertThat(reasons.subList(reasons.size() - 4, reasons.size()))
        .as(name)
        .containsExactly(
            RejectReason.NONE,
            RejectReason.HOLD_EXPIRED,
            // The first sweep took 64, the second 64, the third the rest.
            RejectReason.NONE,
            RejectReason.HOLD_CLOSED);
    assertThat(only(events, EngineEvent.HoldClosed.class))
        .hasSize(132)
        .filteredOn(closed -> closed.reason() == HoldCloseReason.EXPIRED)
        .hasSize(130);
  }

  /** A system account may spend what it has reserved, but then the hold cannot be posted. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void postRespectsTheIssueLimit(String name, Supplier<Subject> engine) {
    Script script = new Script().add(new Command.AddAsset(1, "A", 0));
    script.add(new Command.SetAccount(FIRST, true, 0, -1, 0));
    script.add(Script.transfer(SystemAccounts.HOUSE, SystemAccounts.SUSPENSE, 1, 10));
    script.add(batch(new TransferLeg(LegKind.RESERVE, 4, 0, 1, 10, 0, 0, 0)));
    script.add(Script.transfer(SystemAccounts.SUSPENSE, SystemAccounts.HOUSE, 1, 10));
    script.add(Script.transfer(SystemAccounts.SUSPENSE, FIRST, 1, LIMIT - 4));
    script.add(batch(leg(LegKind.POST, 0, FIRST, 5, 1, 0)));
    script.add(batch(leg(LegKind.POST, 0, FIRST, 4, 1, 0)));
    script.add(Script.transfer(SystemAccounts.TEST_FUNDS, FIRST, 1, 1));
    List<RejectReason> reasons = reasons(play(engine.get(), script));
    assertThat(reasons.subList(2, reasons.size()))
        .as(name)
        .containsExactly(
            RejectReason.NONE,
            RejectReason.NONE,
            RejectReason.NONE,
            RejectReason.NONE,
            RejectReason.ISSUE_LIMIT,
            RejectReason.NONE,
            RejectReason.ISSUE_LIMIT);
  }

  private static TransferLeg leg(
      LegKind kind, long from, long to, long amount, long holdId, long token) {
    return new TransferLeg(kind, from, to, 0, amount, holdId, 0, token);
  }

  private static Command batch(TransferLeg... legs) {
    return new Command.TransferBatch(List.of(legs));
  }
}
