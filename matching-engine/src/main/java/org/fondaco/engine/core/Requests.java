package org.fondaco.engine.core;

import java.util.Arrays;
import org.fondaco.engine.protocol.CancelReplaceMode;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.sbe.CancelAllDecoder;
import org.fondaco.engine.sbe.CancelOrderDecoder;
import org.fondaco.engine.sbe.CancelOrderListDecoder;
import org.fondaco.engine.sbe.CancelReplaceDecoder;
import org.jspecify.annotations.Nullable;

/** Cancels of orders, of lists, of everything, and cancel-replace. */
final class Requests {

  private final Venue venue;
  private final Orders orders;
  private final Lists lists;
  private final EventWriter events;
  private final Life life;
  private final Placement placement;
  private final long[] origId = new long[Orders.CLIENT_ID_LONGS];
  private final long[] newId = new long[Orders.CLIENT_ID_LONGS];

  Requests(Venue venue, Life life, Placement placement) {
    this.venue = venue;
    this.life = life;
    this.placement = placement;
    orders = venue.orders;
    lists = venue.lists;
    events = venue.events;
  }

  /** Handles CancelOrder. */
  void cancel(CancelOrderDecoder command) {
    int body = command.offset();
    ClientIdCodec.read(
        command.buffer(), body + CancelOrderDecoder.origClientOrderIdEncodingOffset(), origId);
    ClientIdCodec.read(
        command.buffer(), body + CancelOrderDecoder.newClientOrderIdEncodingOffset(), newId);
    cancel(command.account(), command.symbol(), command.orderId(), command.restriction());
  }

  private void cancel(long account, int symbol, long orderId, int restriction) {
    Market m = venue.findMarket(symbol);
    int o = m == null ? -1 : find(account, m, orderId, origId);
    RejectReason reason;
    if (m == null || o < 0) {
      reason = missing(account, m, RejectReason.UNKNOWN_ORDER);
    } else {
      reason = restricted(o, restriction);
      if (reason == RejectReason.NONE) {
        life.cancel(m, o, newId);
      }
    }
    if (reason != RejectReason.NONE) {
      events.rejected(RejectStage.CANCEL, reason, account, symbol, 0);
    }
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
    int position = position(account, m);
    return position < 0 ? -1 : venue.clientIds.find(position, clientId, 0);
  }

  private int position(long account, Market m) {
    int accountSlot = venue.accounts.find(account);
    return accountSlot < 0 ? -1 : venue.positions.find(accountSlot, m.slot);
  }

  /** Why nothing was found. */
  RejectReason missing(long account, @Nullable Market m, RejectReason otherwise) {
    if (venue.accounts.find(account) < 0) {
      return RejectReason.UNKNOWN_ACCOUNT;
    }
    return m == null ? RejectReason.UNKNOWN_SYMBOL : otherwise;
  }

  private RejectReason restricted(int o, int restriction) {
    boolean executed = orders.executed(o) > 0;
    boolean refused =
        restriction == Codes.ONLY_NEW
            ? executed || orders.state(o) == Orders.PENDING
            : restriction == Codes.ONLY_PARTIALLY_FILLED && !executed;
    return refused ? RejectReason.CANCEL_RESTRICTED : RejectReason.NONE;
  }

  /** Handles CancelAll: ascending order ids, a list whole at its first leg's turn. */
  void cancelAll(CancelAllDecoder command) {
    long account = command.account();
    Market m = venue.findMarket(command.symbol());
    int position = m == null ? -1 : position(account, m);
    if (m == null || position < 0 || venue.positions.open(position) == 0) {
      RejectReason reason = missing(account, m, RejectReason.UNKNOWN_ORDER);
      events.rejected(RejectStage.CANCEL, reason, account, command.symbol(), 0);
      return;
    }
    Arrays.fill(newId, 0);
    // Cancels remove the head, and its list's other legs, until nothing is open.
    int o = venue.positions.first(position);
    while (o >= 0) {
      life.cancel(m, o, newId);
      o = venue.positions.first(position);
    }
  }

  /** Handles CancelOrderList. */
  void cancelList(CancelOrderListDecoder command) {
    int body = command.offset();
    ClientIdCodec.read(
        command.buffer(), body + CancelOrderListDecoder.listClientOrderIdEncodingOffset(), origId);
    ClientIdCodec.read(
        command.buffer(), body + CancelOrderListDecoder.newClientOrderIdEncodingOffset(), newId);
    long account = command.account();
    Market m = venue.findMarket(command.symbol());
    int list = m == null ? -1 : findList(account, m, command.orderListId());
    if (m == null || list < 0) {
      RejectReason reason = missing(account, m, RejectReason.UNKNOWN_ORDER_LIST);
      events.rejected(RejectStage.CANCEL, reason, account, command.symbol(), 0);
    } else {
      life.cancelList(m, list, newId);
    }
  }

  private int findList(long account, Market m, long listId) {
    if (listId != 0) {
      int list = listId > 0 ? venue.listSlots.find(listId) : -1;
      boolean found =
          list >= 0
              && lists.account(list) == account
              && lists.market(list) == m.slot
              && (origId[0] == 0
                  || ClientIds.same(lists.clientIdArray(), lists.clientIdAt(list), origId, 0));
      return found ? list : -1;
    }
    int position = position(account, m);
    return position < 0 ? -1 : venue.listClientIds.find(position, origId, 0);
  }

  /** Handles CancelReplace: checks, then cancels, then places; not transactional. */
  void cancelReplace(CancelReplaceDecoder command) {
    long account = command.account();
    int symbol = command.symbol();
    RejectReason reason = placement.examine(account, symbol, command.spec());
    if (reason != RejectReason.NONE) {
      events.rejected(RejectStage.PLACE, reason, account, symbol, 0);
      return;
    }
    int body = command.offset();
    ClientIdCodec.read(
        command.buffer(),
        body + CancelReplaceDecoder.cancelOrigClientOrderIdEncodingOffset(),
        origId);
    ClientIdCodec.read(
        command.buffer(),
        body + CancelReplaceDecoder.cancelNewClientOrderIdEncodingOffset(),
        newId);
    cancel(account, symbol, command.cancelOrderId(), command.cancelRestriction());
    boolean goOn =
        events.firstReason() == RejectReason.NONE
            || command.mode() == CancelReplaceMode.ALLOW_FAILURE.ordinal();
    if (goOn) {
      placement.place(account, symbol, false, command.spec());
    }
  }
}
