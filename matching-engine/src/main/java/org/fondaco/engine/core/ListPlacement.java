package org.fondaco.engine.core;

import static org.fondaco.engine.protocol.RejectReason.*;

import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.sbe.PlaceOrderListDecoder;

/** Places OCO, OTO and OTOCO lists: all legs are admitted, then all exist, then the first works. */
final class ListPlacement {

  private final Venue venue;
  private final Orders orders;
  private final Lists lists;
  private final EventWriter events;
  private final Placement placement;
  private final Admission admission;
  private final Matcher matcher;
  private final Life life;
  private final OrderRequest[] legs = new OrderRequest[Lists.LEGS_MAX];
  private final int[] slots = new int[Lists.LEGS_MAX];
  private final long[] clientId = new long[Orders.CLIENT_ID_LONGS];
  private int type;
  private int count;
  private int refusedLeg;

  ListPlacement(Venue venue, Placement placement, Admission admission, Matcher matcher, Life life) {
    this.venue = venue;
    this.placement = placement;
    this.admission = admission;
    this.matcher = matcher;
    this.life = life;
    orders = venue.orders;
    lists = venue.lists;
    events = venue.events;
    for (int leg = 0; leg < Lists.LEGS_MAX; leg++) {
      legs[leg] = new OrderRequest(new UnsafeBuffer());
    }
  }

  /** Handles PlaceOrderList. */
  void place(PlaceOrderListDecoder command) {
    long account = command.account();
    int symbol = command.symbol();
    type = command.listType();
    ClientIdCodec.read(
        command.buffer(),
        command.offset() + PlaceOrderListDecoder.listClientOrderIdEncodingOffset(),
        clientId);
    PlaceOrderListDecoder.LegsDecoder from = command.legs();
    count = from.count();
    for (int leg = 0; leg < Math.min(count, Lists.LEGS_MAX); leg++) {
      legs[leg].read(from.next().spec());
    }
    refusedLeg = 0;
    int accountSlot = venue.accounts.find(account);
    Market m = venue.findMarket(symbol);
    RejectReason reason = placement.checkOpen(account, accountSlot, m);
    if (reason == NONE && m != null) {
      int position = venue.position(accountSlot, m);
      reason = check(m, position);
      if (reason == NONE) {
        enter(m, position);
      }
    }
    if (reason != NONE) {
      events.rejected(RejectStage.LIST, reason, account, symbol, refusedLeg);
    }
  }

  private RejectReason check(Market m, int position) {
    refusedLeg = misfit();
    if (refusedLeg >= 0) {
      return UNSUPPORTED_COMBINATION;
    }
    int algo = 0;
    for (refusedLeg = 0; refusedLeg < count; refusedLeg++) {
      OrderRequest leg = legs[refusedLeg];
      RejectReason reason = admission.combination(m, leg);
      if (reason == NONE) {
        reason = admission.filters(m, position, leg);
      }
      if (reason != NONE) {
        return reason;
      }
      algo += Orders.conditional(leg.type) ? 1 : 0;
    }
    refusedLeg = 0;
    RejectReason reason = admission.counts(m, position, count, algo, 1);
    if (reason == NONE) {
      reason = clientIds(position);
    }
    if (reason == NONE) {
      reason = relation(m);
    }
    if (reason == NONE) {
      refusedLeg = 0;
      reason = funds(m, position);
    }
    if (reason == NONE && (!orders.roomFor(count) || lists.full())) {
      reason = CAPACITY;
    }
    return reason;
  }

  /** The leg that does not fit the kind of list, or -1. */
  private int misfit() {
    if (type > Lists.OTOCO || count != (type == Lists.OTOCO ? 3 : 2)) {
      return 0;
    }
    if (type == Lists.OCO) {
      return misfit(0);
    }
    if (legs[0].type != Codes.LIMIT && legs[0].type != Codes.LIMIT_MAKER) {
      return 0;
    }
    if (type == Lists.OTO) {
      return legs[1].quoteQuantity > 0 ? 1 : -1;
    }
    return misfit(1);
  }

  private int misfit(int pair) {
    OrderRequest above = legs[pair];
    OrderRequest below = legs[pair + 1];
    boolean sell = above.side == Codes.SELL;
    if (sell ? !profit(above.type) : !stopLoss(above.type)) {
      return pair;
    }
    boolean fits =
        (sell ? stopLoss(below.type) : profit(below.type))
            && above.side == below.side
            && above.quantity == below.quantity;
    return fits ? -1 : pair + 1;
  }

  private static boolean profit(int type) {
    return type == Codes.LIMIT_MAKER
        || type == Codes.TAKE_PROFIT
        || type == Codes.TAKE_PROFIT_LIMIT;
  }

  private static boolean stopLoss(int type) {
    return type == Codes.STOP_LOSS || type == Codes.STOP_LOSS_LIMIT;
  }

  private RejectReason clientIds(int position) {
    if (venue.listClientIds.find(position, clientId, 0) >= 0) {
      return DUPLICATE_LIST_CLIENT_ORDER_ID;
    }
    for (refusedLeg = 0; refusedLeg < count; refusedLeg++) {
      long[] id = legs[refusedLeg].clientId;
      RejectReason reason = admission.clientId(position, id);
      for (int earlier = 0; earlier < refusedLeg; earlier++) {
        if (id[0] != 0 && ClientIds.same(legs[earlier].clientId, 0, id, 0)) {
          reason = DUPLICATE_CLIENT_ORDER_ID;
        }
      }
      if (reason != NONE) {
        return reason;
      }
    }
    return NONE;
  }

  private RejectReason relation(Market m) {
    refusedLeg = 0;
    if (type == Lists.OCO) {
      return pairRelation(m);
    }
    RejectReason reason = admission.priceRelation(m, legs[0]);
    if (reason == NONE && type == Lists.OTOCO) {
      long above = standing(legs[1]);
      long below = standing(legs[2]);
      if (above > 0 && below > 0 && above <= below) {
        refusedLeg = 2;
        return PRICE_RELATION;
      }
    }
    return reason;
  }

  /** OCO prices stand strictly around the last trade. */
  private RejectReason pairRelation(Market m) {
    if (m.lastTicks == 0) {
      return NO_LAST_PRICE;
    }
    long above = standing(legs[0]);
    if (above > 0 && above <= m.lastTicks) {
      return PRICE_RELATION;
    }
    long below = standing(legs[1]);
    if (below > 0 && below >= m.lastTicks) {
      refusedLeg = 1;
      return PRICE_RELATION;
    }
    for (refusedLeg = 0; refusedLeg < 2; refusedLeg++) {
      OrderRequest leg = legs[refusedLeg];
      if (leg.type == Codes.LIMIT_MAKER && admission.crosses(m, leg.side, leg.ticks)) {
        return WOULD_TAKE_IMMEDIATELY;
      }
    }
    return NONE;
  }

  /** The price in ticks that an OCO leg stands at, 0 = none (trailing without a stop). */
  private static long standing(OrderRequest leg) {
    return leg.type == Codes.LIMIT_MAKER ? leg.ticks : leg.stopTicks;
  }

  private RejectReason funds(Market m, int position) {
    RejectReason reason = admission.funds(m, position, legs[0]);
    // The dearer leg of an OCO decides; each alone must be affordable, which is the same.
    return reason == NONE && type == Lists.OCO ? admission.funds(m, position, legs[1]) : reason;
  }

  private void enter(Market m, int position) {
    int list = lists.allocate();
    long id = venue.nextListId++;
    long account = venue.accounts.id(venue.positions.account(position));
    lists.describe(list, id, account, type, m.slot, position, venue.time);
    System.arraycopy(
        clientId, 0, lists.clientIdArray(), lists.clientIdAt(list), Orders.CLIENT_ID_LONGS);
    venue.listSlots.add(id, list);
    venue.listClientIds.add(list);
    venue.positions.addLists(position, 1);
    for (int leg = 0; leg < count; leg++) {
      enterLeg(m, position, list, leg);
    }
    if (type == Lists.OCO) {
      life.holdList(m, list, slots[0], slots[1]);
    } else {
      life.hold(m, slots[0]);
    }
    events.listStatus(m, lists, list, false, clientId, 0);
    if (type != Lists.OCO) {
      matcher.run(m, slots[0]);
      return;
    }
    for (int leg = 0; leg < 2; leg++) {
      int o = slots[leg];
      if (Orders.conditional(orders.type(o))) {
        m.stops.add(o);
      } else {
        venue.books.rest(m, o);
      }
    }
  }

  private void enterLeg(Market m, int position, int list, int leg) {
    boolean pending = leg > 0 && type != Lists.OCO;
    int o = life.open(m, position, legs[leg]);
    slots[leg] = o;
    orders.list(o, list);
    orders.leg(o, leg);
    lists.leg(list, leg, o);
    lists.legId(list, leg, orders.id(o));
    if (pending) {
      orders.state(o, Orders.PENDING);
      orders.cold(o, Orders.WORKING_TIME, -1);
    }
    events.accepted(m, o, lists.id(list), pending, legs[leg]);
  }
}
