package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.naive.NaiveAdmission.Verdict;
import org.fondaco.engine.naive.NaiveListAdmission.ListRefusal;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.OrderList;
import org.fondaco.engine.naive.NaiveState.Place;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.CancelReplaceMode;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.ListStatusType;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.jspecify.annotations.Nullable;

/** The commands of traders, request by request. */
final class NaiveTrading {

  private final NaiveState state;
  private final NaiveLedger ledger;
  private final NaiveAdmission admission;
  private final NaiveListAdmission lists;
  private final NaiveLife life;
  private final NaiveMatching matching;

  NaiveTrading(
      NaiveState state,
      NaiveLedger ledger,
      NaiveAdmission admission,
      NaiveListAdmission lists,
      NaiveLife life,
      NaiveMatching matching) {
    this.state = state;
    this.ledger = ledger;
    this.admission = admission;
    this.lists = lists;
    this.life = life;
    this.matching = matching;
  }

  void reject(RejectStage stage, RejectReason reason, long account, int symbol, int leg) {
    state.refuse(new EngineEvent.Rejected(stage, reason, account, symbol, leg), reason);
  }

  Symbol symbol(int id) {
    Symbol symbol = state.symbols.get(id);
    if (symbol == null) {
      throw new IllegalStateException("no symbol " + id);
    }
    return symbol;
  }

  // New orders.

  /** Flags, combination, filters and counts; what testOnly and cancel-replace look at first. */
  private Verdict examine(long account, int symbolId, OrderSpec spec) {
    RejectReason flags = admission.flags(account, symbolId);
    if (flags != RejectReason.NONE) {
      return new Verdict(flags, spec, false);
    }
    Symbol symbol = symbol(symbolId);
    Verdict verdict = admission.check(symbol, account, spec);
    if (!verdict.admitted()) {
      return verdict;
    }
    RejectReason counts = admission.counts(symbol, account, List.of(spec), false);
    return new Verdict(counts, verdict.spec(), verdict.bookEnded());
  }

  void place(long account, int symbolId, boolean testOnly, OrderSpec asked) {
    Verdict verdict = examine(account, symbolId, asked);
    if (!verdict.admitted()) {
      reject(RejectStage.PLACE, verdict.reason(), account, symbolId, 0);
      return;
    }
    if (testOnly) {
      return;
    }
    Symbol symbol = symbol(symbolId);
    OrderSpec spec = verdict.spec();
    RejectReason reason = RejectReason.NONE;
    if (admission.clientIdTaken(symbol, account, spec.clientOrderId())) {
      reason = RejectReason.DUPLICATE_CLIENT_ORDER_ID;
    }
    if (reason == RejectReason.NONE) {
      reason = admission.priceRelation(symbol, spec);
    }
    if (reason == RejectReason.NONE
        && !admission.affordable(
            symbol, account, spec.side(), admission.funds(symbol, account, spec))) {
      reason = RejectReason.INSUFFICIENT_BALANCE;
    }
    if (reason != RejectReason.NONE) {
      reject(RejectStage.PLACE, reason, account, symbolId, 0);
      return;
    }
    Order order = accept(account, symbol, spec, null, false);
    order.bookEnded = verdict.bookEnded();
    matching.start(order);
  }

  private Order accept(
      long account, Symbol symbol, OrderSpec spec, @Nullable OrderList list, boolean pending) {
    boolean conditional = NaiveState.conditional(spec.type());
    Place place = pending ? Place.PENDING : conditional ? Place.WAITING : Place.WORKING;
    Order order = new Order(state.nextOrderId++, account, symbol, spec, list, place);
    state.openOrders.put(order.orderId, order);
    if (list != null) {
      list.legs.add(order);
    }
    state.emit(
        new EngineEvent.OrderAccepted(
            symbol.id,
            order.orderId,
            account,
            list == null ? -1 : list.orderListId,
            symbol.nextExecutionId++,
            pending ? OrderStatus.PENDING_NEW : OrderStatus.NEW,
            place == Place.WORKING,
            spec));
    ledger.rehold(order);
    return order;
  }

  void placeList(Command.PlaceOrderList command) {
    List<OrderSpec> legs = command.legs();
    ListRefusal refusal = refuse(command, legs);
    if (refusal != null) {
      reject(
          RejectStage.LIST, refusal.reason(), command.account(), command.symbol(), refusal.leg());
      return;
    }
    Symbol symbol = symbol(command.symbol());
    OrderList list =
        new OrderList(
            state.nextOrderListId++,
            command.account(),
            symbol,
            command.listType(),
            command.listClientOrderId());
    state.openLists.put(list.orderListId, list);
    for (OrderSpec spec : legs) {
      boolean pending = command.listType() != ListType.OCO && !list.legs.isEmpty();
      accept(command.account(), symbol, spec, list, pending);
    }
    list.legs.forEach(ledger::rehold);
    life.listStatus(list, ListStatusType.EXEC_STARTED, ListOrderStatus.EXECUTING, list.clientId);
    if (list.type == ListType.OCO) {
      list.legs.forEach(matching::start);
    } else {
      matching.start(list.legs.getFirst());
    }
  }

  private @Nullable ListRefusal refuse(Command.PlaceOrderList command, List<OrderSpec> legs) {
    long account = command.account();
    RejectReason flags = admission.flags(account, command.symbol());
    if (flags != RejectReason.NONE) {
      return new ListRefusal(flags, 0);
    }
    Symbol symbol = symbol(command.symbol());
    ListRefusal shape = NaiveListAdmission.shape(command.listType(), legs);
    if (shape != null) {
      return shape;
    }
    for (int leg = 0; leg < legs.size(); leg++) {
      Verdict verdict = admission.check(symbol, account, legs.get(leg));
      if (!verdict.admitted()) {
        return new ListRefusal(verdict.reason(), leg);
      }
    }
    RejectReason counts = admission.counts(symbol, account, legs, true);
    if (counts != RejectReason.NONE) {
      return new ListRefusal(counts, 0);
    }
    if (admission.listClientIdTaken(symbol, account, command.listClientOrderId())) {
      return new ListRefusal(RejectReason.DUPLICATE_LIST_CLIENT_ORDER_ID, 0);
    }
    List<String> ids = new ArrayList<>();
    for (int leg = 0; leg < legs.size(); leg++) {
      String id = legs.get(leg).clientOrderId();
      if (admission.clientIdTaken(symbol, account, id) || (!id.isEmpty() && ids.contains(id))) {
        return new ListRefusal(RejectReason.DUPLICATE_CLIENT_ORDER_ID, leg);
      }
      ids.add(id);
    }
    ListRefusal relation = lists.listRelation(symbol, command.listType(), legs);
    if (relation != null) {
      return relation;
    }
    BigInteger funds = lists.listFunds(symbol, account, command.listType(), legs);
    return admission.affordable(symbol, account, legs.getFirst().side(), funds)
        ? null
        : new ListRefusal(RejectReason.INSUFFICIENT_BALANCE, 0);
  }

  // Cancels.

  /** The open order meant by a request, or null. */
  @Nullable Order find(long account, int symbol, long orderId, String clientId) {
    for (Order order : state.openOrders(account, symbol)) {
      boolean byId = orderId != 0 && order.orderId == orderId;
      boolean byClientId = !clientId.isEmpty() && order.clientOrderId.equals(clientId);
      if (orderId != 0 ? byId && (clientId.isEmpty() || byClientId) : byClientId) {
        return order;
      }
    }
    return null;
  }

  RejectReason known(long account, int symbol) {
    if (!state.accounts.containsKey(account)) {
      return RejectReason.UNKNOWN_ACCOUNT;
    }
    return state.symbols.containsKey(symbol) ? RejectReason.NONE : RejectReason.UNKNOWN_SYMBOL;
  }

  /** True when the cancel was done. */
  boolean cancel(
      long account,
      int symbol,
      long orderId,
      String origClientId,
      String newClientId,
      CancelRestriction restriction) {
    RejectReason reason = known(account, symbol);
    Order order = null;
    if (reason == RejectReason.NONE) {
      order = find(account, symbol, orderId, origClientId);
      reason = order == null ? RejectReason.UNKNOWN_ORDER : restricted(order, restriction);
    }
    if (order == null || reason != RejectReason.NONE) {
      reject(RejectStage.CANCEL, reason, account, symbol, 0);
      return false;
    }
    life.cancel(order, newClientId);
    return true;
  }

  private static RejectReason restricted(Order order, CancelRestriction restriction) {
    boolean allowed =
        switch (restriction) {
          case NONE -> true;
          case ONLY_NEW -> order.place != Place.PENDING && order.executed == 0;
          case ONLY_PARTIALLY_FILLED -> order.executed > 0;
        };
    return allowed ? RejectReason.NONE : RejectReason.CANCEL_RESTRICTED;
  }

  void cancelAll(long account, int symbol) {
    RejectReason reason = known(account, symbol);
    List<Order> open = state.openOrders(account, symbol);
    if (reason == RejectReason.NONE && open.isEmpty()) {
      reason = RejectReason.UNKNOWN_ORDER;
    }
    if (reason != RejectReason.NONE) {
      reject(RejectStage.CANCEL, reason, account, symbol, 0);
      return;
    }
    for (Order order : open) {
      if (!order.ended) {
        life.cancel(order, "");
      }
    }
  }

  void cancelList(Command.CancelOrderList command) {
    RejectReason reason = known(command.account(), command.symbol());
    OrderList found = null;
    if (reason == RejectReason.NONE) {
      for (OrderList list : state.openLists(command.account(), command.symbol())) {
        String asked = command.listClientOrderId();
        boolean sameId = command.orderListId() != 0 && list.orderListId == command.orderListId();
        boolean sameClientId = !asked.isEmpty() && list.clientId.equals(asked);
        if (command.orderListId() != 0
            ? sameId && (asked.isEmpty() || sameClientId)
            : sameClientId) {
          found = list;
        }
      }
      reason = found == null ? RejectReason.UNKNOWN_ORDER_LIST : RejectReason.NONE;
    }
    if (found == null) {
      reject(RejectStage.CANCEL, reason, command.account(), command.symbol(), 0);
    } else {
      life.cancel(found.legs.getFirst(), command.newClientOrderId());
    }
  }

  void cancelReplace(Command.CancelReplace command) {
    long account = command.account();
    int symbol = command.symbol();
    Verdict verdict = examine(account, symbol, command.spec());
    if (!verdict.admitted()) {
      reject(RejectStage.PLACE, verdict.reason(), account, symbol, 0);
      return;
    }
    boolean canceled =
        cancel(
            account,
            symbol,
            command.cancelOrderId(),
            command.cancelOrigClientOrderId(),
            command.cancelNewClientOrderId(),
            command.cancelRestriction());
    if (canceled || command.mode() == CancelReplaceMode.ALLOW_FAILURE) {
      place(account, symbol, false, command.spec());
    }
  }
}
