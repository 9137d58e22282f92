package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.engine.protocol.RejectReason.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fondaco.engine.core.InternalSources;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.KillScope;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.Outcome;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.protocol.TransferLeg;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What custody asks of the engine (docs/adr/0040), of both engines. */
class CustodyTest {

  private static final long ALICE = SystemAccounts.FIRST_CUSTOMER;
  private static final long BOB = ALICE + 1;
  private static final int BASE = Script.BASE;
  private static final int QUOTE = Script.QUOTE;

  private Subject engine = new NaiveSubject();
  private long time = 1_700_000_000_000_000L;
  private long n;

  static Stream<Arguments> engines() {
    return Stream.of(
        Arguments.of("naive", (Supplier<Subject>) NaiveSubject::new),
        Arguments.of("fast", (Supplier<Subject>) Engines::fast));
  }

  private List<EngineEvent> ask(CommandHeader header, Command command) {
    return engine.apply(new Step(header, command));
  }

  private RejectReason local(Command command) {
    return reason(ask(new CommandHeader(++time, 0, 0, 0, 0), command));
  }

  private List<EngineEvent> numbered(long number, long id, Command command) {
    return ask(new CommandHeader(++time, 7, id, number, InternalSources.CUSTODY), command);
  }

  private List<EngineEvent> custody(Command command) {
    n++;
    return numbered(n, n, command);
  }

  private static RejectReason reason(List<EngineEvent> events) {
    return ((EngineEvent.CommandDone) events.getLast()).reason();
  }

  private static <T extends EngineEvent> List<T> only(List<EngineEvent> events, Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static TransferLeg leg(LegKind kind, long from, long to, int asset, long amount, long h) {
    return new TransferLeg(kind, from, to, asset, amount, h, 0, 0);
  }

  private static Command batch(TransferLeg... legs) {
    return new Command.TransferBatch(List.of(legs));
  }

  private static Command credit(long account, int asset, long amount) {
    return Script.transfer(SystemAccounts.CUSTODY, account, asset, amount);
  }

  private static Command reserve(long account, int asset, long amount) {
    return batch(leg(LegKind.RESERVE, account, 0, asset, amount, 0));
  }

  private static Command post(long hold, int asset, long amount, long fee) {
    return batch(
        leg(LegKind.POST, 0, SystemAccounts.CUSTODY, asset, amount + fee, hold),
        leg(LegKind.TRANSFER, SystemAccounts.CUSTODY, SystemAccounts.HOUSE, asset, fee, 0));
  }

  private static Command order(long account, Side side, long quantity, long price) {
    return new Command.PlaceOrder(
        account,
        Script.SYMBOL,
        false,
        new OrderSpec(
            side,
            OrderType.LIMIT,
            TimeInForce.GTC,
            SelfTradePreventionMode.NONE,
            0,
            quantity,
            0,
            price,
            0,
            0,
            Long.MIN_VALUE,
            0,
            ""));
  }

  /** A market, and 1,000 of each asset for two customers. */
  private void open(Supplier<Subject> newborn) {
    engine = newborn.get();
    time = 1_700_000_000_000_000L;
    n = 0;
    new Script().market(0, 1_000, 1_000).steps().forEach(step -> local(step.command()));
    for (long account : new long[] {ALICE, BOB}) {
      local(new Command.SetAccount(account, true, 0, -1, 0));
      custody(credit(account, BASE, 1_000));
      custody(credit(account, QUOTE, 1_000));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void onlyCustodyMovesTheCustodyAccount(String name, Supplier<Subject> newborn) {
    open(newborn);
    assertThat(local(credit(ALICE, BASE, 1))).as(name).isEqualTo(CUSTODY_ACCOUNT);
    assertThat(local(Script.transfer(ALICE, SystemAccounts.CUSTODY, BASE, 1)))
        .isEqualTo(CUSTODY_ACCOUNT);
    assertThat(reason(ask(new CommandHeader(++time, 0, 1, 1, 2), credit(ALICE, BASE, 1))))
        .as("another source")
        .isEqualTo(CUSTODY_ACCOUNT);
    assertThat(local(reserve(SystemAccounts.CUSTODY, BASE, 1))).isEqualTo(CUSTODY_ACCOUNT);
    local(reserve(ALICE, BASE, 10));
    assertThat(local(batch(leg(LegKind.POST, 0, SystemAccounts.CUSTODY, 0, 10, 1))))
        .isEqualTo(CUSTODY_ACCOUNT);
    assertThat(reason(custody(batch(leg(LegKind.POST, 0, SystemAccounts.CUSTODY, 0, 10, 1)))))
        .isEqualTo(NONE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void aWithdrawalPaysItsFeeToTheHouseWhichPaysTheNetwork(String name, Supplier<Subject> newborn) {
    open(newborn);
    EngineEvent.SourceOutcome held =
        only(custody(reserve(ALICE, BASE, 105)), EngineEvent.SourceOutcome.class).getFirst();
    assertThat(held.result()).as(name).isEqualTo(1);
    assertThat(reason(custody(post(1, QUOTE, 100, 5)))).as("other asset").isEqualTo(HOLD_UNKNOWN);
    List<EngineEvent> paid = custody(post(1, BASE, 100, 5));
    assertThat(only(paid, EngineEvent.BalanceChanged.class))
        .containsExactlyInAnyOrder(
            new EngineEvent.BalanceChanged(ALICE, BASE, 895, 0),
            new EngineEvent.BalanceChanged(SystemAccounts.CUSTODY, BASE, -1_900, 0),
            new EngineEvent.BalanceChanged(SystemAccounts.HOUSE, BASE, 5, 0));
    assertThat(reason(custody(post(1, BASE, 100, 5)))).isEqualTo(HOLD_CLOSED);
    Command expense = Script.transfer(SystemAccounts.HOUSE, SystemAccounts.CUSTODY, BASE, 9);
    assertThat(only(custody(expense), EngineEvent.BalanceChanged.class))
        .contains(new EngineEvent.BalanceChanged(SystemAccounts.HOUSE, BASE, -4, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void aFrozenAccountOnlyReceives(String name, Supplier<Subject> newborn) {
    open(newborn);
    local(order(ALICE, Side.BUY, 2, 10));
    custody(reserve(ALICE, BASE, 30));
    List<EngineEvent> freeze = custody(new Command.Freeze(ALICE));
    assertThat(freeze).as(name).startsWith(new EngineEvent.FreezeChanged(ALICE, true));
    assertThat(only(freeze, EngineEvent.Expired.class))
        .extracting(EngineEvent.Expired::reason)
        .containsExactly(ExpiryReason.EXCHANGE_CANCELED);
    assertThat(local(order(ALICE, Side.SELL, 1, 10))).isEqualTo(ACCOUNT_FROZEN);
    assertThat(local(reserve(ALICE, BASE, 1))).isEqualTo(ACCOUNT_FROZEN);
    assertThat(reason(custody(reserve(ALICE, BASE, 1)))).isEqualTo(ACCOUNT_FROZEN);
    assertThat(local(Script.transfer(ALICE, BOB, BASE, 1))).isEqualTo(ACCOUNT_FROZEN);
    assertThat(local(Script.transfer(BOB, ALICE, BASE, 1))).isEqualTo(NONE);
    assertThat(reason(custody(credit(ALICE, BASE, 1)))).isEqualTo(NONE);
    assertThat(reason(custody(post(1, BASE, 29, 1)))).as("held before").isEqualTo(NONE);
    assertThat(reason(custody(Script.transfer(ALICE, SystemAccounts.SUSPENSE, BASE, 5))))
        .as("an adjustment by custody")
        .isEqualTo(NONE);
    assertThat(local(new Command.SetAccount(ALICE, true, 0, -1, 0))).isEqualTo(NONE);
    local(new Command.Kill(KillScope.ACCOUNT, ALICE));
    local(new Command.LiftKill(KillScope.ACCOUNT, ALICE));
    assertThat(local(order(ALICE, Side.SELL, 1, 10))).isEqualTo(ACCOUNT_FROZEN);
    assertThat(local(new Command.CancelOrder(ALICE, Script.SYMBOL, 1, "", "", ANY)))
        .isEqualTo(UNKNOWN_ORDER);
    custody(new Command.Unfreeze(ALICE));
    assertThat(local(order(ALICE, Side.SELL, 1, 10))).isEqualTo(NONE);
    assertThat(local(new Command.Freeze(SystemAccounts.HOUSE))).isEqualTo(UNKNOWN_ACCOUNT);
    assertThat(local(new Command.Freeze(ALICE + 9))).isEqualTo(UNKNOWN_ACCOUNT);
  }

  private static final CancelRestriction ANY = CancelRestriction.NONE;

  /** Killed and frozen: lifting the one leaves the other, whichever order. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void freezeAndKillAreIndependent(String name, Supplier<Subject> newborn) {
    open(newborn);
    local(new Command.Kill(KillScope.ACCOUNT, ALICE));
    custody(new Command.Freeze(ALICE));
    custody(new Command.Unfreeze(ALICE));
    assertThat(local(order(ALICE, Side.SELL, 1, 10))).as(name).isEqualTo(ACCOUNT_KILLED);
    local(new Command.LiftKill(KillScope.ACCOUNT, ALICE));
    assertThat(local(order(ALICE, Side.SELL, 1, 10))).isEqualTo(NONE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void aMarkSaysTheTotalsAndTheLastNumber(String name, Supplier<Subject> newborn) {
    open(newborn);
    local(order(ALICE, Side.BUY, 3, 10));
    custody(reserve(BOB, QUOTE, 7));
    local(Script.transfer(SystemAccounts.TEST_FUNDS, SystemAccounts.SUSPENSE, QUOTE, 2));
    List<EngineEvent> events = custody(new Command.Mark(41));
    assertThat(events)
        .as(name)
        .startsWith(
            new EngineEvent.MarkTotals(41, BASE, -2_000, 0, 0, 0, 0, 0, 2_000, 0),
            new EngineEvent.MarkTotals(41, QUOTE, -2_000, 0, 0, 2, 0, -2, 1_963, 37),
            new EngineEvent.Marked(41, n, 2));
    assertThat(only(numbered(n, n, new Command.Mark(41)), EngineEvent.Marked.class))
        .as("a repeat says nothing again")
        .isEmpty();
    n++;
    List<EngineEvent> alone = ask(new CommandHeader(++time, 0, 0, 0, 0), new Command.Mark(42));
    assertThat(only(alone, EngineEvent.Marked.class))
        .containsExactly(new EngineEvent.Marked(42, n - 1, 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void aSourceIsToldWhereItStands(String name, Supplier<Subject> newborn) {
    open(newborn);
    Command question = new Command.AskSource(InternalSources.CUSTODY);
    List<EngineEvent> answers = new ArrayList<>();
    answers.add(ask(new CommandHeader(++time, 0, 0, 0, 0), question).getFirst());
    custody(credit(ALICE, BASE, 1));
    custody(credit(ALICE, BASE, -1));
    answers.add(ask(new CommandHeader(++time, 0, 0, 0, 0), question).getFirst());
    assertThat(outcome(numbered(n, n, credit(BOB, BASE, 77)))).isEqualTo(Outcome.REJECTED);
    assertThat(outcome(numbered(n + 2, n + 2, question))).isEqualTo(Outcome.GAP);
    assertThat(outcome(numbered(n, 99, credit(BOB, BASE, 77)))).isEqualTo(Outcome.FROZEN);
    answers.add(ask(new CommandHeader(++time, 0, 0, 0, 0), question).getFirst());
    answers.add(ask(new CommandHeader(++time, 0, 0, 0, 0), new Command.AskSource(3)).getFirst());
    assertThat(answers)
        .as(name)
        .containsExactly(
            new EngineEvent.SourceState(1, 4, 7, 4, false),
            new EngineEvent.SourceState(1, 6, 7, 6, false),
            new EngineEvent.SourceState(1, 6, 7, 6, true),
            new EngineEvent.SourceState(3, 0, 0, 0, false));
  }

  private static Outcome outcome(List<EngineEvent> events) {
    return only(events, EngineEvent.SourceOutcome.class).getFirst().outcome();
  }
}
