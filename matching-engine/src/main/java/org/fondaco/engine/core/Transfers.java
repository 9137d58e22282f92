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
  private final Leg[] legs = new Leg[LEGS_MAX];
  private boolean commit;

  /** A leg as asked, then what it found: enough to undo it and to say it. */
  private static final class Leg {
    int kind;
    long from;
    long to;
    int asset;
    long amount;
    long holdId;
    long deadline;
    long token;

    int fromSlot;
    int toSlot;
    int assetSlot;

    /** The hold that the leg opened or closed, 0 = none. */
    long heldId;

    int heldAccount;
    int heldAsset;
    long heldAmount;
    long heldDeadline;
    long heldToken;
  }

  Transfers(Venue venue, ControlEvents events) {
    this.venue = venue;
    this.events = events;
    accounts = venue.accounts;
    ledger = venue.ledger;
    holds = venue.holds;
    tokens = venue.tokens;
    for (int i = 0; i < LEGS_MAX; i++) {
      legs[i] = new Leg();
    }
  }

  /** Handles TransferBatch and returns the first hold id that it opened, 0 = none. */
  long batch(TransferBatchDecoder command) {
    TransferBatchDecoder.LegsDecoder from = command.legs();
    int count = from.count();
    if (count == 0 || count > LEGS_MAX) {
      events.batchRejected(0, INVALID_AMOUNT);
      return 0;
    }
    for (int i = 0; i < count; i++) {
      read(from.next(), legs[i]);
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

  private static void read(TransferBatchDecoder.LegsDecoder from, Leg to) {
    to.kind = from.kind();
    to.from = from.from();
    to.to = from.to();
    to.asset = from.asset();
    to.amount = from.amount();
    to.holdId = from.holdId();
    to.deadline = from.deadline();
    to.token = from.token();
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
      return moveToken(leg, index);
    }
    return leg.kind == HOLD_TOKEN ? holdToken(leg, index) : INVALID_AMOUNT;
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
    open(leg, leg.fromSlot, leg.assetSlot, leg.amount, 0);
    if (commit) {
      events.holdOpened(leg.heldId, leg.from, leg.asset, leg.amount, leg.deadline, 0);
      events.posted(index, leg.kind, leg.from, 0, leg.asset, leg.amount, leg.heldId, 0);
    }
    return NONE;
  }

  private void open(Leg leg, int account, int asset, long amount, long token) {
    leg.heldId = holds.nextId++;
    holds.open(leg.heldId, account, asset, amount, leg.deadline, token);
  }

  private void close(Leg leg, int hold) {
    leg.heldId = holds.id(hold);
    leg.heldAccount = holds.account(hold);
    leg.heldAsset = holds.asset(hold);
    leg.heldAmount = holds.amount(hold);
    leg.heldDeadline = holds.deadline(hold);
    leg.heldToken = holds.token(hold);
    holds.close(hold);
  }

  /** Why a hold id finds no open hold. */
  private RejectReason gone(long holdId) {
    return holdId < 1 || holdId >= holds.nextId ? HOLD_UNKNOWN : HOLD_CLOSED;
  }

  private boolean due(int hold) {
    return holds.deadline(hold) != 0 && holds.deadline(hold) <= venue.time;
  }

  private RejectReason post(Leg leg, int index) {
    if (leg.toSlot < 0) {
      return UNKNOWN_ACCOUNT;
    }
    int hold = holds.find(leg.holdId);
    if (hold < 0) {
      return gone(leg.holdId);
    }
    if (holds.asset(hold) < 0) {
      return HOLD_UNKNOWN;
    }
    if (due(hold)) {
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
    close(leg, hold);
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
    reopen(leg);
  }

  private void reopen(Leg leg) {
    holds.open(
        leg.heldId,
        leg.heldAccount,
        leg.heldAsset,
        leg.heldAmount,
        leg.heldDeadline,
        leg.heldToken);
  }

  private RejectReason voided(Leg leg, int index) {
    int hold = holds.find(leg.holdId);
    if (hold < 0) {
      return gone(leg.holdId);
    }
    close(leg, hold);
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

  private RejectReason moveToken(Leg leg, int index) {
    if (leg.from != 0 && leg.fromSlot < 0 || leg.to != 0 && leg.toSlot < 0) {
      return UNKNOWN_ACCOUNT;
    }
    if (leg.from == 0 && leg.to == 0) {
      return INVALID_AMOUNT;
    }
    if (leg.token <= 0) {
      return TOKEN_UNKNOWN;
    }
    RejectReason reason = leg.from == 0 ? createToken(leg) : passToken(leg);
    if (reason == NONE && commit) {
      if (leg.heldId != 0) {
        events.holdClosed(leg.heldId, leg.from, 0, 0, 0, HoldCloseReason.POSTED, leg.heldToken);
      }
      events.posted(index, leg.kind, leg.from, leg.to, 0, 0, leg.heldId, leg.token);
    }
    return reason;
  }

  private RejectReason createToken(Leg leg) {
    if (tokens.find(leg.token) >= 0) {
      return TOKEN_EXISTS;
    }
    if (leg.holdId != 0) {
      return holds.find(leg.holdId) < 0 ? gone(leg.holdId) : HOLD_UNKNOWN;
    }
    if (tokens.full()) {
      return CAPACITY;
    }
    tokens.create(leg.token, leg.toSlot);
    return NONE;
  }

  private RejectReason passToken(Leg leg) {
    int token = tokens.find(leg.token);
    RejectReason reason = owned(token, leg.fromSlot);
    if (reason != NONE) {
      return reason;
    }
    if (leg.holdId == 0) {
      if (tokens.hold(token) != 0) {
        return TOKEN_HELD;
      }
    } else {
      int hold = holds.find(leg.holdId);
      if (hold < 0) {
        return gone(leg.holdId);
      }
      if (holds.asset(hold) >= 0 || holds.token(hold) != leg.token) {
        return HOLD_UNKNOWN;
      }
      if (due(hold)) {
        return HOLD_EXPIRED;
      }
      close(leg, hold);
      tokens.hold(token, 0);
    }
    if (leg.to == 0) {
      tokens.destroy(token);
    } else {
      tokens.owner(token, leg.toSlot);
    }
    return NONE;
  }

  private RejectReason owned(int token, int account) {
    if (token < 0) {
      return TOKEN_UNKNOWN;
    }
    return tokens.owner(token) == account ? NONE : NOT_TOKEN_OWNER;
  }

  private RejectReason holdToken(Leg leg, int index) {
    if (leg.fromSlot < 0) {
      return UNKNOWN_ACCOUNT;
    }
    int token = tokens.find(leg.token);
    RejectReason reason = owned(token, leg.fromSlot);
    if (reason != NONE) {
      return reason;
    }
    if (tokens.hold(token) != 0) {
      return TOKEN_HELD;
    }
    if (leg.deadline != 0 && leg.deadline <= venue.time) {
      return HOLD_EXPIRED;
    }
    if (holds.full()) {
      return CAPACITY;
    }
    open(leg, leg.fromSlot, -1, 0, leg.token);
    tokens.hold(token, leg.heldId);
    if (commit) {
      events.holdOpened(leg.heldId, leg.from, 0, 0, leg.deadline, leg.token);
      events.posted(index, leg.kind, leg.from, 0, 0, 0, leg.heldId, leg.token);
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
      reopen(leg);
      if (leg.heldAsset >= 0) {
        move(leg.heldAccount, leg.heldAsset, 0, leg.heldAmount);
      } else {
        tokens.hold(tokens.find(leg.heldToken), leg.heldId);
      }
    } else if (leg.kind == MOVE_TOKEN) {
      undoMove(leg);
    } else {
      holds.close(holds.find(leg.heldId));
      tokens.hold(tokens.find(leg.token), 0);
    }
  }

  private void undoMove(Leg leg) {
    int token = tokens.find(leg.token);
    if (leg.from == 0) {
      tokens.destroy(token);
      return;
    }
    if (token < 0) {
      token = tokens.create(leg.token, leg.fromSlot);
    }
    tokens.owner(token, leg.fromSlot);
    if (leg.heldId != 0) {
      reopen(leg);
      tokens.hold(token, leg.heldId);
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
