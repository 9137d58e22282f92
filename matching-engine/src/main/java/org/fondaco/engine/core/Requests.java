package org.fondaco.engine.core;

import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.sbe.CancelOrderDecoder;
import org.jspecify.annotations.Nullable;

/** Requests about orders that exist. */
final class Requests {

  private final Venue venue;
  private final Orders orders;
  private final EventWriter events;
  private final Life life;
  private final long[] origId = new long[Orders.CLIENT_ID_LONGS];
  private final long[] newId = new long[Orders.CLIENT_ID_LONGS];

  Requests(Venue venue, Life life) {
    this.venue = venue;
    this.life = life;
    orders = venue.orders;
    events = venue.events;
  }

  /** Handles CancelOrder and returns the market touched, or null. */
  @Nullable Market cancel(CancelOrderDecoder command) {
    int body = command.offset();
    ClientIdCodec.get(
        command.buffer(), body + CancelOrderDecoder.origClientOrderIdEncodingOffset(), origId);
    ClientIdCodec.get(
        command.buffer(), body + CancelOrderDecoder.newClientOrderIdEncodingOffset(), newId);
    long account = command.account();
    int symbol = command.symbol();
    Market m = venue.findMarket(symbol);
    int o = m == null ? -1 : find(account, m, command.orderId(), origId);
    RejectReason reason;
    if (m == null || o < 0) {
      reason = missing(account, m, RejectReason.UNKNOWN_ORDER);
    } else {
      reason = restricted(o, command.restriction());
      if (reason == RejectReason.NONE) {
        life.cancel(m, o, newId);
      }
    }
    if (reason != RejectReason.NONE) {
      events.rejected(RejectStage.CANCEL, reason, account, symbol, 0);
    }
    return m;
  }

  /** The open order that a request names, or -1. */
  int find(long account, Market m, long orderId, long[] clientId) {
    if (orderId != 0) {
      int o = orderId > 0 ? venue.orderSlots.find(orderId) : -1;
      boolean found =
          o >= 0
              && orders.account(o) == account
              && orders.market(o) == m.slot
              && (clientId[0] == 0
                  || ClientIds.same(orders.clientIdArray(), orders.clientIdAt(o), clientId, 0));
      return found ? o : -1;
    }
    int accountSlot = venue.accounts.find(account);
    int position = accountSlot < 0 ? -1 : venue.positions.find(accountSlot, m.slot);
    return position < 0 ? -1 : venue.clientIds.find(position, clientId, 0);
  }

  /** Why nothing was found. */
  RejectReason missing(long account, @Nullable Market m, RejectReason otherwise) {
    if (venue.accounts.find(account) < 0) {
      return RejectReason.UNKNOWN_ACCOUNT;
    }
    return m == null ? RejectReason.UNKNOWN_SYMBOL : otherwise;
  }

  RejectReason restricted(int o, int restriction) {
    boolean executed = orders.executed(o) > 0;
    boolean refused =
        restriction == Codes.ONLY_NEW
            ? executed || orders.state(o) == Orders.PENDING
            : restriction == Codes.ONLY_PARTIALLY_FILLED && !executed;
    return refused ? RejectReason.CANCEL_RESTRICTED : RejectReason.NONE;
  }
}
