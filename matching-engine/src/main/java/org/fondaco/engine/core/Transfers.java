package org.fondaco.engine.core;

import static org.fondaco.engine.protocol.RejectReason.*;

import org.fondaco.engine.protocol.HoldCloseReason;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.sbe.TransferBatchDecoder;

/**
 * Linked legs: all are applied or none. A batch runs tentatively first, each leg seeing the
 * previous, and is undone; if no leg failed it runs again for good, which then cannot fail.
 */
final class Transfers {

  static final int LEGS_MAX = 64;
  private static final int SWEEP_MAX = 64;

  private static final int TRANSFER = LegKind.TRANSFER.ordinal();
  private static final int RESERVE = LegKind.RESERVE.ordinal();
  private static final int POST = LegKind.POST.ordinal();
  private static final int VOID = LegKind.VOID.ordinal();
  private static final int MOVE_TOKEN = LegKind.MOVE_TOKEN.ordinal();
  private static final int HOLD_TOKEN = LegKind.HOLD_TOKEN.ordinal();

  private final Venue venue;
  private final Accounts accounts;
  private final Ledger ledger;
  private final Holds holds;
  private final Tokens tokens;
  private final ControlEvents events;
  private final TokenLegs tokenLegs;
  private final Leg[] legs = new Leg[LEGS_MAX];
  private boolean commit;

  /**
   * The batch comes from custody, which may move the custody account and frozen accounts' money.
   */
  private boolean custody;

  Transfers(Venue venue, ControlEvents events) {
    this.venue = venue;
    this.events = events;
    accounts = venue.accounts;
    ledger = venue.ledger;
    holds = venue.holds;
    tokens = venue.tokens;
    tokenLegs = new TokenLegs(venue, events);
    for (int i = 0; i < LEGS_MAX; i++) {
      legs[i] = new Leg();
    }
  }

  /** Handles TransferBatch and returns the first hold id that it opened, 0 = none. */
  long batch(TransferBatchDecoder command) {
    custody = command.header().source() == InternalSources.CUSTODY;
    TransferBatchDecoder.LegsDecoder from = command.legs();
    int count = from.count();
    if (count == 0 || count > LEGS_MAX) {
      events.batchRejected(0, INVALID_AMOUNT);
      return 0;
    }
    for (int i = 0; i < count; i++) {
      legs[i].read(from.next());
    }
    long firstHold = holds.nextId;
    commit = false;
    RejectReason reason = NONE;
    int done = 0;
    while (done < count && reason == NONE) {
      reason = run(legs[done], done);
      done++;
    }
    int failed = done - 1;
    for (int i = reason == NONE ? done - 1 : done - 2; i >= 0; i--) {
      undo(legs[i]);
    }
    holds.nextId = firstHold;
    if (reason != NONE) {
      events.batchRejected(failed, reason);
      return 0;
    }
    commit = true;
    for (int i = 0; i < count; i++) {
      if (run(legs[i], i) != NONE) {
        throw new IllegalStateException("leg " + i + " failed on its second run");
      }
    }
    return holds.nextId > firstHold ? firstHold : 0;
  }

  private RejectReason run(Leg leg, int index) {
    leg.heldId = 0;
    leg.fromSlot = accounts.find(leg.from);
    leg.toSlot = accounts.find(leg.to);
    leg.assetSlot = venue.assets.find(leg.asset);
    if (leg.kind == TRANSFER) {
      return transfer(leg, index);
    }
    if (leg.kind == RESERVE) {
      return reserve(leg, index);
    }
    if (leg.kind == POST) {
      return post(leg, index);
    }
    if (leg.kind == VOID) {
      return voided(leg, index);
    }
    if (leg.kind == MOVE_TOKEN) {
      return tokenLegs.move(leg, index, commit);
    }
    return leg.kind == HOLD_TOKEN ? tokenLegs.hold(leg, index, commit) : INVALID_AMOUNT;
  }

  private void move(int account, int asset, long total, long held) {
    int balance = ledger.balance(account, asset);
    if (commit) {
      ledger.add(balance, total, held);
    } else {
      ledger.tentative(balance, total, held);
    }
  }

  private long available(int account, int asset) {
    int balance = ledger.find(account, asset);
    return balance < 0 ? 0 : ledger.available(balance);
  }

  /** Whether the system accounts' debt stays within the limit when an amount moves. */
  private boolean issuable(int from, int to, int asset, long amount) {
    long debt = debtAfter(from, asset, -amount) + debtAfter(to, asset, amount);
    return debt <= Ledger.LIMIT - ledger.issued(asset);
  }

  /** How much more a system account owes after a change of its total; 0 for customers. */
  private long debtAfter(int account, int asset, long change) {
    if (!SystemAccounts.isSystem(accounts.id(account))) {
      return 0;
    }
    int balance = ledger.find(account, asset);
    long total = balance < 0 ? 0 : ledger.total(balance);
    return change < 0
        ? -change - Math.min(-change, Math.max(0, total))
        : -Math.min(change, Math.max(0, -total));
  }

  private boolean custodyOnly(long account) {
    return account == SystemAccounts.CUSTODY && !custody;
  }

  private RejectReason transfer(Leg leg, int index) {
    if (leg.fromSlot < 0 || leg.toSlot < 0) {
      return UNKNOWN_ACCOUNT;
    }
    if (leg.assetSlot < 0) {
      return UNKNOWN_ASSET;
    }
    if (leg.amount <= 0 || leg.from == leg.to) {
      return INVALID_AMOUNT;
    }
    if (custodyOnly(leg.from) || custodyOnly(leg.to)) {
      return CUSTODY_ACCOUNT;
    }
    if (!custody && accounts.frozen(leg.fromSlot)) {
      return ACCOUNT_FROZEN;
    }
    boolean system = SystemAccounts.isSystem(leg.from);
    if (!system && available(leg.fromSlot, leg.assetSlot) < leg.amount) {
      return INSUFFICIENT_BALANCE;
    }
    if (!issuable(leg.fromSlot, leg.toSlot, leg.assetSlot, leg.amount)) {
      return ISSUE_LIMIT;
    }
    move(leg.fromSlot, leg.assetSlot, -leg.amount, 0);
    move(leg.toSlot, leg.assetSlot, leg.amount, 0);
    if (commit) {
      events.posted(index, leg.kind, leg.from, leg.to, leg.asset, leg.amount, 0, 0);
    }
    return NONE;
  }

  private void undoTransfer(Leg leg) {
    move(leg.toSlot, leg.assetSlot, -leg.amount, 0);
    move(leg.fromSlot, leg.assetSlot, leg.amount, 0);
  }

  private RejectReason reserve(Leg leg, int index) {
    if (leg.fromSlot < 0) {
      return UNKNOWN_ACCOUNT;
    }
    if (leg.assetSlot < 0) {
      return UNKNOWN_ASSET;
    }
    if (leg.amount <= 0) {
      return INVALID_AMOUNT;
    }
    if (custodyOnly(leg.from)) {
      return CUSTODY_ACCOUNT;
    }
    if (accounts.frozen(leg.fromSlot)) {
      return ACCOUNT_FROZEN;
    }
    if (leg.deadline != 0 && leg.deadline <= venue.time) {
      return HOLD_EXPIRED;
    }
    if (available(leg.fromSlot, leg.assetSlot) < leg.amount) {
      return INSUFFICIENT_BALANCE;
    }
    if (holds.full()) {
      return CAPACITY;
    }
    move(leg.fromSlot, leg.assetSlot, 0, leg.amount);
    leg.open(holds, leg.assetSlot, leg.amount, 0);
    if (commit) {
      events.holdOpened(leg.heldId, leg.from, leg.asset, leg.amount, leg.deadline, 0);
      events.posted(index, leg.kind, leg.from, 0, leg.asset, leg.amount, leg.heldId, 0);
    }
    return NONE;
  }

  private RejectReason post(Leg leg, int index) {
    if (leg.toSlot < 0) {
      return UNKNOWN_ACCOUNT;
    }
    int hold = holds.find(leg.holdId);
    if (hold < 0) {
      return holds.missing(leg.holdId);
    }
    if (holds.asset(hold) < 0 || leg.asset != 0 && leg.assetSlot != holds.asset(hold)) {
      return HOLD_UNKNOWN;
    }
    if (custodyOnly(leg.to) || custodyOnly(accounts.id(holds.account(hold)))) {
      return CUSTODY_ACCOUNT;
    }
    if (holds.due(hold, venue.time)) {
      return HOLD_EXPIRED;
    }
    if (leg.amount <= 0) {
      return INVALID_AMOUNT;
    }
    if (leg.amount > holds.amount(hold)) {
      return HOLD_AMOUNT;
    }
    if (!issuable(holds.account(hold), leg.toSlot, holds.asset(hold), leg.amount)) {
      return ISSUE_LIMIT;
    }
    leg.close(holds, hold);
    move(leg.heldAccount, leg.heldAsset, -leg.amount, -leg.heldAmount);
    move(leg.toSlot, leg.heldAsset, leg.amount, 0);
    if (commit) {
      long owner = accounts.id(leg.heldAccount);
      int asset = venue.assets.id(leg.heldAsset);
      long released = leg.heldAmount - leg.amount;
      events.holdClosed(leg.heldId, owner, asset, leg.amount, released, HoldCloseReason.POSTED, 0);
      events.posted(index, leg.kind, owner, leg.to, asset, leg.amount, leg.heldId, 0);
    }
    return NONE;
  }

  private void undoPost(Leg leg) {
    move(leg.toSlot, leg.heldAsset, -leg.amount, 0);
    move(leg.heldAccount, leg.heldAsset, leg.amount, leg.heldAmount);
    leg.reopen(holds);
  }

  private RejectReason voided(Leg leg, int index) {
    int hold = holds.find(leg.holdId);
    if (hold < 0) {
      return holds.missing(leg.holdId);
    }
    leg.close(holds, hold);
    int asset = 0;
    if (leg.heldAsset >= 0) {
      move(leg.heldAccount, leg.heldAsset, 0, -leg.heldAmount);
      asset = venue.assets.id(leg.heldAsset);
    } else {
      tokens.hold(tokens.find(leg.heldToken), 0);
    }
    if (commit) {
      long owner = accounts.id(leg.heldAccount);
      events.holdClosed(
          leg.heldId, owner, asset, 0, leg.heldAmount, HoldCloseReason.VOIDED, leg.heldToken);
      events.posted(index, leg.kind, owner, 0, asset, 0, leg.heldId, leg.heldToken);
    }
    return NONE;
  }

  private void undo(Leg leg) {
    if (leg.kind == TRANSFER) {
      undoTransfer(leg);
    } else if (leg.kind == RESERVE) {
      holds.close(holds.find(leg.heldId));
      move(leg.fromSlot, leg.assetSlot, 0, -leg.amount);
    } else if (leg.kind == POST) {
      undoPost(leg);
    } else if (leg.kind == VOID) {
      leg.reopen(holds);
      if (leg.heldAsset >= 0) {
        move(leg.heldAccount, leg.heldAsset, 0, leg.heldAmount);
      } else {
        tokens.hold(tokens.find(leg.heldToken), leg.heldId);
      }
    } else if (leg.kind == MOVE_TOKEN) {
      tokenLegs.undoMove(leg);
    } else {
      tokenLegs.undoHold(leg);
    }
  }

  /** Ends at most 64 holds that are due, by (deadline, hold id). */
  void sweep() {
    for (int i = 0; i < SWEEP_MAX; i++) {
      int hold = holds.earliest();
      if (hold < 0 || holds.deadline(hold) > venue.time) {
        return;
      }
      int asset = holds.asset(hold);
      int account = holds.account(hold);
      long amount = holds.amount(hold);
      long token = holds.token(hold);
      if (asset >= 0) {
        ledger.add(ledger.balance(account, asset), 0, -amount);
      } else {
        tokens.hold(tokens.find(token), 0);
      }
      events.holdClosed(
          holds.id(hold),
          accounts.id(account),
          asset >= 0 ? venue.assets.id(asset) : 0,
          0,
          amount,
          HoldCloseReason.EXPIRED,
          token);
      holds.close(hold);
    }
  }
}
