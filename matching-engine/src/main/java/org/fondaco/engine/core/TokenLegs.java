package org.fondaco.engine.core;

import static org.fondaco.engine.protocol.RejectReason.*;

import org.fondaco.engine.protocol.HoldCloseReason;
import org.fondaco.engine.protocol.RejectReason;

/** The legs of a batch that are about tokens: ownership beside the balances. */
final class TokenLegs {

  private final Venue venue;
  private final Holds holds;
  private final Tokens tokens;
  private final ControlEvents events;

  TokenLegs(Venue venue, ControlEvents events) {
    this.venue = venue;
    this.events = events;
    holds = venue.holds;
    tokens = venue.tokens;
  }

  /** MOVE_TOKEN: makes, passes on or destroys a token. */
  RejectReason move(Leg leg, int index, boolean commit) {
    if (leg.from != 0 && leg.fromSlot < 0 || leg.to != 0 && leg.toSlot < 0) {
      return UNKNOWN_ACCOUNT;
    }
    if (leg.from == 0 && leg.to == 0) {
      return INVALID_AMOUNT;
    }
    if (leg.token <= 0) {
      return TOKEN_UNKNOWN;
    }
    // What was held before the freeze can still be settled.
    if (leg.from != 0 && leg.holdId == 0 && venue.accounts.frozen(leg.fromSlot)) {
      return ACCOUNT_FROZEN;
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
      return holds.find(leg.holdId) < 0 ? holds.missing(leg.holdId) : HOLD_UNKNOWN;
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
        return holds.missing(leg.holdId);
      }
      if (holds.asset(hold) >= 0 || holds.token(hold) != leg.token) {
        return HOLD_UNKNOWN;
      }
      if (holds.due(hold, venue.time)) {
        return HOLD_EXPIRED;
      }
      leg.close(holds, hold);
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

  /** HOLD_TOKEN: reserves a token. */
  RejectReason hold(Leg leg, int index, boolean commit) {
    if (leg.fromSlot < 0) {
      return UNKNOWN_ACCOUNT;
    }
    if (venue.accounts.frozen(leg.fromSlot)) {
      return ACCOUNT_FROZEN;
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
    leg.open(holds, -1, 0, leg.token);
    tokens.hold(token, leg.heldId);
    if (commit) {
      events.holdOpened(leg.heldId, leg.from, 0, 0, leg.deadline, leg.token);
      events.posted(index, leg.kind, leg.from, 0, 0, 0, leg.heldId, leg.token);
    }
    return NONE;
  }

  void undoMove(Leg leg) {
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
      leg.reopen(holds);
      tokens.hold(token, leg.heldId);
    }
  }

  void undoHold(Leg leg) {
    holds.close(holds.find(leg.heldId));
    tokens.hold(tokens.find(leg.token), 0);
  }
}
