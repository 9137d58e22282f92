package org.fondaco.engine.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.engine.core.InternalSources;
import org.fondaco.engine.naive.NaiveState.Balance;
import org.fondaco.engine.naive.NaiveState.BalanceKey;
import org.fondaco.engine.naive.NaiveState.Digest;
import org.fondaco.engine.naive.NaiveState.LevelKey;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.RecordedDigest;
import org.fondaco.engine.naive.NaiveState.Source;
import org.fondaco.engine.naive.NaiveState.StoredOutcome;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Outcome;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;

/**
 * The reference against which the fast engine is compared: one command in, its whole group of
 * events out. Written from ENGINE.md and docs/adr/0001; its only aim is to be obviously right, so
 * it may take time and memory in proportion to everything that is open.
 */
public final class NaiveEngine {

  private static final int BUDGET = 1_000;
  private static final long DIGEST_TIME = 120_000_000;
  private static final int DIGEST_COUNT = 1 << 20;
  private static final long OUTCOMES_KEPT = 1_024;

  private final NaiveState state = new NaiveState();
  private final NaiveLedger ledger = new NaiveLedger(state);
  private final NaiveMarket market = new NaiveMarket(state);
  private final NaiveAdmission admission = new NaiveAdmission(state, ledger, market);
  private final NaiveListAdmission lists = new NaiveListAdmission(admission, market);
  private final NaiveLife life = new NaiveLife(state, ledger);
  private final NaiveStops stops = new NaiveStops(state);
  private final NaiveMatching matching = new NaiveMatching(state, ledger, market, life, stops);
  private final NaiveQueue queue = new NaiveQueue(state, ledger, market, life, stops, matching);
  private final NaiveTrading trading =
      new NaiveTrading(state, ledger, admission, lists, life, matching);
  private final NaiveChanges changes = new NaiveChanges(admission, matching, trading);
  private final NaiveTransfers transfers = new NaiveTransfers(state, ledger);
  private final NaiveAdministration administration = new NaiveAdministration(state, life);
  private final NaiveMarks marks = new NaiveMarks(state);
  private final NaiveInvariants invariants = new NaiveInvariants(state);

  /** Sequence of the last command, 0 at birth. */
  public long sequence() {
    return state.sequence;
  }

  /** Engine time, microseconds. */
  public long time() {
    return state.time;
  }

  /** Ids of the orders that are open, ascending. */
  public List<Long> openOrderIds() {
    return List.copyOf(state.openOrders.keySet());
  }

  /** Ids of the order lists that are open, ascending. */
  public List<Long> openListIds() {
    return List.copyOf(state.openLists.keySet());
  }

  /** Ids of the reservations that are open, ascending. */
  public List<Long> openHoldIds() {
    return List.copyOf(state.reservations.keySet());
  }

  /**
   * Applies one command.
   *
   * @return its whole group of events, CommandDone last
   * @throws IllegalStateException when an invariant does not hold afterwards
   */
  public List<EngineEvent> apply(long sequence, CommandHeader header, Command command) {
    if (sequence != state.sequence + 1) {
      throw new IllegalStateException(sequence + " after " + state.sequence);
    }
    state.sequence = sequence;
    state.time = Math.max(state.time, header.time());
    state.events = new ArrayList<>();
    state.touchedLevels.clear();
    state.touchedBalances.clear();
    state.killBudget = BUDGET;
    state.queueBudget = BUDGET;
    state.reason = RejectReason.NONE;
    state.firstHoldId = 0;
    if (header.source() != 0) {
      numbered(header, command);
    } else if (duplicate(header, command)) {
      state.refuse(
          new EngineEvent.Rejected(
              stage(command), RejectReason.DUPLICATE_REQUEST, account(command), symbol(command), 0),
          RejectReason.DUPLICATE_REQUEST);
    } else {
      perform(header, command);
    }
    state.emit(
        new EngineEvent.CommandDone(sequence, state.time, templateId(command), state.reason));
    invariants.check();
    return state.events;
  }

  private boolean duplicate(CommandHeader header, Command command) {
    Digest digest = new Digest(header.digestHigh(), header.digestLow());
    boolean testOnly = command instanceof Command.PlaceOrder place && place.testOnly();
    if (testOnly || digest.equals(new Digest(0, 0))) {
      return false;
    }
    while (!state.digests.isEmpty() && state.time - state.digests.getFirst().time() > DIGEST_TIME) {
      state.digestSet.remove(state.digests.removeFirst().digest());
    }
    if (!state.digestSet.add(digest)) {
      return true;
    }
    state.digests.addLast(new RecordedDigest(digest, state.time));
    if (state.digests.size() > DIGEST_COUNT) {
      state.digestSet.remove(state.digests.removeFirst().digest());
    }
    return false;
  }

  private void numbered(CommandHeader header, Command command) {
    Source source = state.sources.computeIfAbsent(header.source(), _ -> new Source());
    Digest payload = new Digest(header.digestHigh(), header.digestLow());
    long number = header.sourceSequence();
    if (source.frozen) {
      refuseSource(header, Outcome.FROZEN, RejectReason.SOURCE_FROZEN);
    } else if (number == source.last + 1) {
      source.last = number;
      perform(header, command);
      EngineEvent.SourceOutcome outcome =
          new EngineEvent.SourceOutcome(
              header.source(),
              number,
              state.reason == RejectReason.NONE ? Outcome.APPLIED : Outcome.REJECTED,
              state.reason,
              state.firstHoldId);
      source.outcomes.put(number, new StoredOutcome(payload, outcome));
      source.outcomes.headMap(number - OUTCOMES_KEPT, true).clear();
      state.emit(outcome);
    } else if (number > source.last) {
      refuseSource(header, Outcome.GAP, RejectReason.SOURCE_GAP);
    } else {
      StoredOutcome stored = source.outcomes.get(number);
      if (stored == null) {
        refuseSource(header, Outcome.TOO_OLD, RejectReason.SOURCE_TOO_OLD);
      } else if (stored.payload().equals(payload)) {
        state.emit(stored.outcome());
        state.reason = stored.outcome().reason();
      } else {
        source.frozen = true;
        refuseSource(header, Outcome.FROZEN, RejectReason.SOURCE_FROZEN);
      }
    }
  }

  private void refuseSource(CommandHeader header, Outcome outcome, RejectReason reason) {
    state.refuse(
        new EngineEvent.SourceOutcome(header.source(), header.sourceSequence(), outcome, reason, 0),
        reason);
  }

  /** Sweep, kill continuation, deferred work, the command, its own work, final values. */
  private void perform(CommandHeader header, Command command) {
    transfers.sweep();
    life.continueKills();
    queue.runAllQueues();
    dispatch(header, command);
    Symbol symbol = state.symbols.get(symbol(command));
    if (symbol != null) {
      queue.runQueue(symbol);
    }
    for (LevelKey key : state.touchedLevels) {
      emitLevel(key);
    }
    for (BalanceKey key : state.touchedBalances) {
      Balance balance = state.balance(key.account(), key.asset());
      state.emit(
          new EngineEvent.BalanceChanged(key.account(), key.asset(), balance.total, balance.held));
    }
  }

  private void emitLevel(LevelKey key) {
    Symbol symbol = state.symbols.get(key.symbol());
    if (symbol != null) {
      long quantity = 0;
      for (Order order : symbol.side(key.side()).getOrDefault(key.price(), List.of())) {
        quantity += order.displayed;
      }
      state.emit(
          new EngineEvent.LevelChanged(
              symbol.id, symbol.nextUpdateId++, key.side(), key.price(), quantity));
    }
  }

  private void dispatch(CommandHeader header, Command command) {
    switch (command) {
      case Command.PlaceOrder c -> trading.place(c.account(), c.symbol(), c.testOnly(), c.spec());
      case Command.PlaceOrderList c -> trading.placeList(c);
      case Command.CancelOrder c ->
          trading.cancel(
              c.account(),
              c.symbol(),
              c.orderId(),
              c.origClientOrderId(),
              c.newClientOrderId(),
              c.restriction());
      case Command.CancelAll c -> trading.cancelAll(c.account(), c.symbol());
      case Command.CancelReplace c -> trading.cancelReplace(c);
      case Command.AmendOrder c -> changes.amend(c);
      case Command.MoveOrder c -> changes.move(c);
      case Command.CancelOrderList c -> trading.cancelList(c);
      case Command.TransferBatch c ->
          transfers.batch(c.legs(), header.source() == InternalSources.CUSTODY);
      case Command.AddAsset c -> administration.addAsset(c);
      case Command.AddSymbol c -> administration.addSymbol(c);
      case Command.SetFilters c -> administration.setFilters(c);
      case Command.SetFees c -> administration.setFees(c);
      case Command.SetStatus c -> administration.setStatus(c);
      case Command.SetReferencePrice c -> administration.setReferencePrice(c);
      case Command.SetAccount c -> administration.setAccount(c);
      case Command.Kill c -> administration.kill(c.scope(), c.account(), true);
      case Command.LiftKill c -> administration.kill(c.scope(), c.account(), false);
      case Command.Freeze c -> administration.freeze(c.account(), true);
      case Command.Unfreeze c -> administration.freeze(c.account(), false);
      case Command.Mark c -> marks.mark(c.cutId());
      case Command.AskSource c -> marks.source(c.asked());
      case Command.Tick _ -> {}
    }
  }

  private static RejectStage stage(Command command) {
    return switch (command) {
      case Command.PlaceOrder _, Command.CancelReplace _ -> RejectStage.PLACE;
      case Command.PlaceOrderList _ -> RejectStage.LIST;
      case Command.CancelOrder _, Command.CancelAll _, Command.CancelOrderList _ ->
          RejectStage.CANCEL;
      case Command.AmendOrder _ -> RejectStage.AMEND;
      case Command.MoveOrder _ -> RejectStage.MOVE;
      case Command.TransferBatch _,
          Command.AddAsset _,
          Command.AddSymbol _,
          Command.SetFilters _,
          Command.SetFees _,
          Command.SetStatus _,
          Command.SetReferencePrice _,
          Command.SetAccount _,
          Command.Kill _,
          Command.LiftKill _,
          Command.Freeze _,
          Command.Unfreeze _,
          Command.Mark _,
          Command.AskSource _,
          Command.Tick _ ->
          RejectStage.CONTROL;
    };
  }

  private static long account(Command command) {
    return switch (command) {
      case Command.PlaceOrder c -> c.account();
      case Command.PlaceOrderList c -> c.account();
      case Command.CancelOrder c -> c.account();
      case Command.CancelAll c -> c.account();
      case Command.CancelReplace c -> c.account();
      case Command.AmendOrder c -> c.account();
      case Command.MoveOrder c -> c.account();
      case Command.CancelOrderList c -> c.account();
      case Command.SetAccount c -> c.account();
      case Command.Kill c -> c.account();
      case Command.LiftKill c -> c.account();
      case Command.Freeze c -> c.account();
      case Command.Unfreeze c -> c.account();
      case Command.TransferBatch _,
          Command.AddAsset _,
          Command.AddSymbol _,
          Command.SetFilters _,
          Command.SetFees _,
          Command.SetStatus _,
          Command.SetReferencePrice _,
          Command.Mark _,
          Command.AskSource _,
          Command.Tick _ ->
          0;
    };
  }

  private static int symbol(Command command) {
    return switch (command) {
      case Command.PlaceOrder c -> c.symbol();
      case Command.PlaceOrderList c -> c.symbol();
      case Command.CancelOrder c -> c.symbol();
      case Command.CancelAll c -> c.symbol();
      case Command.CancelReplace c -> c.symbol();
      case Command.AmendOrder c -> c.symbol();
      case Command.MoveOrder c -> c.symbol();
      case Command.CancelOrderList c -> c.symbol();
      case Command.AddSymbol c -> c.symbol();
      case Command.SetFilters c -> c.symbol();
      case Command.SetFees c -> c.symbol();
      case Command.SetStatus c -> c.symbol();
      case Command.SetReferencePrice c -> c.symbol();
      case Command.TransferBatch _,
          Command.AddAsset _,
          Command.SetAccount _,
          Command.Kill _,
          Command.LiftKill _,
          Command.Freeze _,
          Command.Unfreeze _,
          Command.Mark _,
          Command.AskSource _,
          Command.Tick _ ->
          0;
    };
  }

  private static int templateId(Command command) {
    return switch (command) {
      case Command.PlaceOrder _ -> 1;
      case Command.PlaceOrderList _ -> 2;
      case Command.CancelOrder _ -> 3;
      case Command.CancelAll _ -> 4;
      case Command.CancelReplace _ -> 5;
      case Command.AmendOrder _ -> 6;
      case Command.MoveOrder _ -> 7;
      case Command.CancelOrderList _ -> 8;
      case Command.TransferBatch _ -> 9;
      case Command.AddAsset _ -> 10;
      case Command.AddSymbol _ -> 11;
      case Command.SetFilters _ -> 12;
      case Command.SetFees _ -> 13;
      case Command.SetStatus _ -> 14;
      case Command.SetReferencePrice _ -> 15;
      case Command.SetAccount _ -> 16;
      case Command.Kill _ -> 17;
      case Command.LiftKill _ -> 18;
      case Command.Tick _ -> 19;
      case Command.Freeze _ -> 20;
      case Command.Unfreeze _ -> 21;
      case Command.Mark _ -> 22;
      case Command.AskSource _ -> 23;
    };
  }

  /** Total and held of every balance ever written, for tests that look at money. */
  public Map<String, String> balances() {
    Map<String, String> all = new TreeMap<>();
    state.balances.forEach((key, balance) ->
        all.put(key.account() + "/" + key.asset(), balance.total + " held " + balance.held));
    return all;
  }
}
