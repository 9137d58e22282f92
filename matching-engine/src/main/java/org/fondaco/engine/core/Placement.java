package org.fondaco.engine.core;

import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.sbe.OrderSpecDecoder;
import org.jspecify.annotations.Nullable;

/** Places single orders: admission, then birth, then matching or waiting. */
final class Placement {

  private final Venue venue;
  private final Orders orders;
  private final EventWriter events;
  private final Admission admission;
  private final Matcher matcher;
  private final Life life;
  private final OrderRequest request = new OrderRequest(new UnsafeBuffer());

  Placement(Venue venue, Admission admission, Matcher matcher, Life life) {
    this.venue = venue;
    this.admission = admission;
    this.matcher = matcher;
    this.life = life;
    orders = venue.orders;
    events = venue.events;
  }

  /** Places an order, or only examines it. */
  void place(long account, int symbol, boolean testOnly, OrderSpecDecoder spec) {
    Market m = venue.findMarket(symbol);
    RejectReason reason = examine(account, symbol, spec);
    if (reason == RejectReason.NONE && m != null && !testOnly) {
      reason = enter(m, venue.position(venue.accounts.find(account), m), request);
    }
    if (reason != RejectReason.NONE) {
      events.rejected(RejectStage.PLACE, reason, account, symbol, 0);
    }
  }

  /** All that a test order and a cancel-replace check first; changes nothing. */
  RejectReason examine(long account, int symbol, OrderSpecDecoder spec) {
    request.read(spec);
    int accountSlot = venue.accounts.find(account);
    Market m = venue.findMarket(symbol);
    RejectReason reason = checkOpen(account, accountSlot, m);
    if (reason == RejectReason.NONE && m != null) {
      reason = check(m, venue.position(accountSlot, m), request);
    }
    return reason;
  }

  /** Account flag and trading status. */
  RejectReason checkOpen(long account, int accountSlot, @Nullable Market m) {
    RejectReason reason = admission.account(account, accountSlot);
    if (reason != RejectReason.NONE) {
      return reason;
    }
    if (m == null) {
      return RejectReason.UNKNOWN_SYMBOL;
    }
    return m.status == Codes.TRADING ? RejectReason.NONE : RejectReason.MARKET_CLOSED;
  }

  private RejectReason check(Market m, int position, OrderRequest r) {
    RejectReason reason = admission.combination(m, r);
    if (reason == RejectReason.NONE) {
      reason = admission.filters(m, position, r);
    }
    if (reason == RejectReason.NONE) {
      int algo = Orders.conditional(r.type) ? 1 : 0;
      reason = admission.counts(m, position, 1, algo, 0);
    }
    return reason;
  }

  /** The rest of admission; then the order exists and works or waits. */
  private RejectReason enter(Market m, int position, OrderRequest r) {
    RejectReason reason = admission.clientId(position, r.clientId);
    if (reason == RejectReason.NONE) {
      reason = admission.priceRelation(m, r);
    }
    if (reason == RejectReason.NONE) {
      reason = admission.funds(m, position, r);
    }
    if (reason != RejectReason.NONE) {
      return reason;
    }
    if (!orders.roomFor(1)) {
      return RejectReason.CAPACITY;
    }
    int o = life.open(m, position, r);
    life.hold(m, o);
    events.accepted(m, o, -1, false, r);
    if (Orders.conditional(r.type)) {
      m.stops.add(o);
    } else {
      matcher.run(m, o);
    }
    return RejectReason.NONE;
  }
}
