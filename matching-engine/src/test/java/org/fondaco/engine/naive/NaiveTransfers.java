package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.naive.NaiveState.Balance;
import org.fondaco.engine.naive.NaiveState.BalanceKey;
import org.fondaco.engine.naive.NaiveState.Reservation;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.HoldCloseReason;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.TransferLeg;

/** Reservations, tokens and linked transfers (ENGINE.md, Ledger). */
final class NaiveTransfers {

  private static final int SWEEP_LIMIT = 64;

  private final NaiveState state;
  private final NaiveLedger ledger;

  private boolean custody;

  NaiveTransfers(NaiveState state, NaiveLedger ledger) {
    this.state = state;
    this.ledger = ledger;
  }

  /** At most 64 due holds by (deadline, holdId). */
  void sweep() {
    state.reservations.values().stream()
        .filter(hold -> hold.deadline() != 0 && hold.deadline() <= state.time)
        .sorted(Comparator.comparingLong(Reservation::deadline).thenComparing(Reservation::holdId))
        .limit(SWEEP_LIMIT)
        .forEach(hold -> close(hold, 0, HoldCloseReason.EXPIRED));
  }

  private void close(Reservation hold, long posted, HoldCloseReason reason) {
    state.reservations.remove(hold.holdId());
    if (hold.token() == 0) {
      ledger.change(hold.account(), hold.asset(), -posted, -hold.amount());
    }
    state.emit(
        new EngineEvent.HoldClosed(
            hold.holdId(),
            hold.account(),
            hold.asset(),
            posted,
            hold.token() == 0 ? hold.amount() - posted : 0,
            reason,
            hold.token()));
  }

  /** All legs or none: everything is copied first and put back when a leg fails. */
  void batch(List<TransferLeg> legs, boolean fromCustody) {
    custody = fromCustody;
    if (legs.isEmpty() || legs.size() > 64) {
      fail(0, RejectReason.INVALID_AMOUNT);
      return;
    }
    TreeMap<BalanceKey, Balance> balances = new TreeMap<>();
    state.balances.forEach((key, balance) -> balances.put(key, copy(balance)));
    TreeMap<Long, Reservation> reservations = new TreeMap<>(state.reservations);
    TreeMap<Long, Long> owners = new TreeMap<>(state.tokenOwners);
    List<BalanceKey> touched = new ArrayList<>(state.touchedBalances);
    List<EngineEvent> events = new ArrayList<>(state.events);
    long nextHoldId = state.nextHoldId;
    for (int leg = 0; leg < legs.size(); leg++) {
      RejectReason reason = apply(leg, legs.get(leg));
      if (reason != RejectReason.NONE) {
        state.balances.clear();
        state.balances.putAll(balances);
        state.reservations.clear();
        state.reservations.putAll(reservations);
        state.tokenOwners.clear();
        state.tokenOwners.putAll(owners);
        state.touchedBalances.clear();
        state.touchedBalances.addAll(touched);
        state.events.clear();
        state.events.addAll(events);
        state.nextHoldId = nextHoldId;
        state.firstHoldId = 0;
        fail(leg, reason);
        return;
      }
    }
  }

  private static Balance copy(Balance balance) {
    Balance copy = new Balance();
    copy.total = balance.total;
    copy.held = balance.held;
    return copy;
  }

  private void fail(int leg, RejectReason reason) {
    state.refuse(new EngineEvent.BatchRejected(leg, reason), reason);
  }

  private RejectReason apply(int index, TransferLeg leg) {
    return switch (leg.kind()) {
      case TRANSFER -> transfer(index, leg);
      case RESERVE -> reserve(index, leg);
      case POST -> post(index, leg);
      case VOID -> release(index, leg);
      case MOVE_TOKEN -> moveToken(index, leg);
      case HOLD_TOKEN -> holdToken(index, leg);
    };
  }

  private void posted(
      int index, TransferLeg leg, long from, long to, int asset, long amount, long hold, long tok) {
    state.emit(
        new EngineEvent.TransferPosted(index, leg.kind(), from, to, asset, amount, hold, tok));
  }

  private RejectReason transfer(int index, TransferLeg leg) {
    if (!state.accountExists(leg.from()) || !state.accountExists(leg.to())) {
      return RejectReason.UNKNOWN_ACCOUNT;
    }
    if (!state.assets.containsKey(leg.asset())) {
      return RejectReason.UNKNOWN_ASSET;
    }
    if (leg.amount() <= 0 || leg.from() == leg.to()) {
      return RejectReason.INVALID_AMOUNT;
    }
    if (!custody && (leg.from() == SystemAccounts.CUSTODY || leg.to() == SystemAccounts.CUSTODY)) {
      return RejectReason.CUSTODY_ACCOUNT;
    }
    if (!custody && frozen(leg.from())) {
      return RejectReason.ACCOUNT_FROZEN;
    }
    BigInteger amount = BigInteger.valueOf(leg.amount());
    if (!SystemAccounts.isSystem(leg.from())
        && !ledger.affordable(leg.from(), leg.asset(), amount)) {
      return RejectReason.INSUFFICIENT_BALANCE;
    }
    if (issuedAfter(leg.asset(), leg.from(), leg.to(), amount).compareTo(NaiveState.LIMIT) > 0) {
      return RejectReason.ISSUE_LIMIT;
    }
    ledger.change(leg.from(), leg.asset(), -leg.amount(), 0);
    ledger.change(leg.to(), leg.asset(), leg.amount(), 0);
    posted(index, leg, leg.from(), leg.to(), leg.asset(), leg.amount(), 0, 0);
    return RejectReason.NONE;
  }

  /** −Σ of the negative balances of system accounts, as if the amount had moved. */
  private BigInteger issuedAfter(int asset, long from, long to, BigInteger amount) {
    BigInteger issued = BigInteger.ZERO;
    for (long account = SystemAccounts.CUSTODY; SystemAccounts.isSystem(account); account++) {
      Balance balance = state.balances.get(new BalanceKey(account, asset));
      BigInteger total = BigInteger.valueOf(balance == null ? 0 : balance.total);
      if (account == from) {
        total = total.subtract(amount);
      }
      if (account == to) {
        total = total.add(amount);
      }
      issued = issued.subtract(total.min(BigInteger.ZERO));
    }
    return issued;
  }

  private long open(long account, int asset, long amount, long deadline, long token) {
    long holdId = state.nextHoldId++;
    state.reservations.put(
        holdId, new Reservation(holdId, account, asset, amount, deadline, token));
    ledger.change(account, asset, 0, amount);
    if (state.firstHoldId == 0) {
      state.firstHoldId = holdId;
    }
    state.emit(new EngineEvent.HoldOpened(holdId, account, asset, amount, deadline, token));
    return holdId;
  }

  private boolean past(long deadline) {
    return deadline != 0 && deadline <= state.time;
  }

  private RejectReason reserve(int index, TransferLeg leg) {
    if (!state.accountExists(leg.from())) {
      return RejectReason.UNKNOWN_ACCOUNT;
    }
    if (!state.assets.containsKey(leg.asset())) {
      return RejectReason.UNKNOWN_ASSET;
    }
    if (leg.amount() <= 0) {
      return RejectReason.INVALID_AMOUNT;
    }
    if (!custody && leg.from() == SystemAccounts.CUSTODY) {
      return RejectReason.CUSTODY_ACCOUNT;
    }
    if (frozen(leg.from())) {
      return RejectReason.ACCOUNT_FROZEN;
    }
    if (past(leg.deadline())) {
      return RejectReason.HOLD_EXPIRED;
    }
    if (!ledger.affordable(leg.from(), leg.asset(), BigInteger.valueOf(leg.amount()))) {
      return RejectReason.INSUFFICIENT_BALANCE;
    }
    long holdId = open(leg.from(), leg.asset(), leg.amount(), leg.deadline(), 0);
    posted(index, leg, leg.from(), 0, leg.asset(), leg.amount(), holdId, 0);
    return RejectReason.NONE;
  }

  /** NONE when the hold is open. */
  private RejectReason holdStatus(long holdId) {
    if (holdId < 1 || holdId >= state.nextHoldId) {
      return RejectReason.HOLD_UNKNOWN;
    }
    return state.reservations.containsKey(holdId) ? RejectReason.NONE : RejectReason.HOLD_CLOSED;
  }

  private Reservation hold(long holdId) {
    Reservation hold = state.reservations.get(holdId);
    if (hold == null) {
      throw new IllegalStateException("no hold " + holdId);
    }
    return hold;
  }

  private RejectReason post(int index, TransferLeg leg) {
    if (!state.accountExists(leg.to())) {
      return RejectReason.UNKNOWN_ACCOUNT;
    }
    RejectReason status = holdStatus(leg.holdId());
    if (status != RejectReason.NONE) {
      return status;
    }
    Reservation hold = hold(leg.holdId());
    if (hold.token() != 0 || (leg.asset() != 0 && leg.asset() != hold.asset())) {
      return RejectReason.HOLD_UNKNOWN;
    }
    if (!custody
        && (leg.to() == SystemAccounts.CUSTODY || hold.account() == SystemAccounts.CUSTODY)) {
      return RejectReason.CUSTODY_ACCOUNT;
    }
    if (past(hold.deadline())) {
      return RejectReason.HOLD_EXPIRED;
    }
    if (leg.amount() <= 0) {
      return RejectReason.INVALID_AMOUNT;
    }
    if (leg.amount() > hold.amount()) {
      return RejectReason.HOLD_AMOUNT;
    }
    BigInteger amount = BigInteger.valueOf(leg.amount());
    if (issuedAfter(hold.asset(), hold.account(), leg.to(), amount).compareTo(NaiveState.LIMIT)
        > 0) {
      return RejectReason.ISSUE_LIMIT;
    }
    close(hold, leg.amount(), HoldCloseReason.POSTED);
    ledger.change(leg.to(), hold.asset(), leg.amount(), 0);
    posted(index, leg, hold.account(), leg.to(), hold.asset(), leg.amount(), hold.holdId(), 0);
    return RejectReason.NONE;
  }

  private RejectReason release(int index, TransferLeg leg) {
    RejectReason status = holdStatus(leg.holdId());
    if (status != RejectReason.NONE) {
      return status;
    }
    Reservation hold = hold(leg.holdId());
    close(hold, 0, HoldCloseReason.VOIDED);
    posted(index, leg, hold.account(), 0, hold.asset(), 0, hold.holdId(), hold.token());
    return RejectReason.NONE;
  }

  private boolean frozen(long account) {
    NaiveState.Account options = state.accounts.get(account);
    return options != null && options.frozen;
  }

  private boolean tokenHeld(long token) {
    return state.reservations.values().stream().anyMatch(hold -> hold.token() == token);
  }

  private RejectReason ownedBy(long token, long account) {
    Long owner = state.tokenOwners.get(token);
    if (owner == null) {
      return RejectReason.TOKEN_UNKNOWN;
    }
    return owner == account ? RejectReason.NONE : RejectReason.NOT_TOKEN_OWNER;
  }

  private RejectReason holdToken(int index, TransferLeg leg) {
    if (!state.accountExists(leg.from())) {
      return RejectReason.UNKNOWN_ACCOUNT;
    }
    if (frozen(leg.from())) {
      return RejectReason.ACCOUNT_FROZEN;
    }
    RejectReason owned = ownedBy(leg.token(), leg.from());
    if (owned != RejectReason.NONE) {
      return owned;
    }
    if (tokenHeld(leg.token())) {
      return RejectReason.TOKEN_HELD;
    }
    if (past(leg.deadline())) {
      return RejectReason.HOLD_EXPIRED;
    }
    long holdId = open(leg.from(), 0, 0, leg.deadline(), leg.token());
    posted(index, leg, leg.from(), 0, 0, 0, holdId, leg.token());
    return RejectReason.NONE;
  }

  private RejectReason moveToken(int index, TransferLeg leg) {
    if ((leg.from() != 0 && !state.accountExists(leg.from()))
        || (leg.to() != 0 && !state.accountExists(leg.to()))) {
      return RejectReason.UNKNOWN_ACCOUNT;
    }
    if (leg.from() == 0 && leg.to() == 0) {
      return RejectReason.INVALID_AMOUNT;
    }
    if (leg.token() <= 0) {
      return RejectReason.TOKEN_UNKNOWN;
    }
    if (leg.holdId() == 0 && frozen(leg.from())) {
      return RejectReason.ACCOUNT_FROZEN;
    }
    if (leg.from() == 0) {
      if (state.tokenOwners.containsKey(leg.token())) {
        return RejectReason.TOKEN_EXISTS;
      }
    } else {
      RejectReason owned = ownedBy(leg.token(), leg.from());
      if (owned != RejectReason.NONE) {
        return owned;
      }
    }
    RejectReason resolved = resolveTokenHold(leg);
    if (resolved != RejectReason.NONE) {
      return resolved;
    }
    if (leg.to() == 0) {
      state.tokenOwners.remove(leg.token());
    } else {
      state.tokenOwners.put(leg.token(), leg.to());
    }
    posted(index, leg, leg.from(), leg.to(), 0, 0, leg.holdId(), leg.token());
    return RejectReason.NONE;
  }

  private RejectReason resolveTokenHold(TransferLeg leg) {
    if (leg.holdId() == 0) {
      return tokenHeld(leg.token()) ? RejectReason.TOKEN_HELD : RejectReason.NONE;
    }
    RejectReason status = holdStatus(leg.holdId());
    if (status != RejectReason.NONE) {
      return status;
    }
    Reservation hold = hold(leg.holdId());
    if (hold.token() != leg.token()) {
      return RejectReason.HOLD_UNKNOWN;
    }
    if (past(hold.deadline())) {
      return RejectReason.HOLD_EXPIRED;
    }
    close(hold, 0, HoldCloseReason.POSTED);
    return RejectReason.NONE;
  }
}
