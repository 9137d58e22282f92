package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.List;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.OrderList;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;

/** Amends and moves. */
final class NaiveChanges {

  private final NaiveAdmission admission;
  private final NaiveMatching matching;
  private final NaiveTrading trading;

  NaiveChanges(NaiveAdmission admission, NaiveMatching matching, NaiveTrading trading) {
    this.admission = admission;
    this.matching = matching;
    this.trading = trading;
  }

  void amend(Command.AmendOrder command) {
    RejectReason reason = trading.known(command.account(), command.symbol());
    Order order = null;
    if (reason == RejectReason.NONE) {
      SymbolStatus status = trading.symbol(command.symbol()).status;
      if (status != SymbolStatus.TRADING && status != SymbolStatus.CANCEL_ONLY) {
        reason = RejectReason.MARKET_CLOSED;
      }
    }
    if (reason == RejectReason.NONE) {
      order =
          trading.find(
              command.account(), command.symbol(), command.orderId(), command.origClientOrderId());
      reason = order == null ? RejectReason.UNKNOWN_ORDER : amendable(order, command);
    }
    if (order == null || reason != RejectReason.NONE) {
      trading.reject(RejectStage.AMEND, reason, command.account(), command.symbol(), 0);
      return;
    }
    String asked = command.newClientOrderId();
    for (Order leg : amendedLegs(order)) {
      boolean renamed = leg == order && !asked.isEmpty();
      matching.amend(leg, command.newQuantity(), renamed ? asked : leg.clientOrderId);
    }
  }

  /** The order and, in an OCO pair, its open sibling, in leg order. */
  private static List<Order> amendedLegs(Order order) {
    OrderList list = order.list;
    if (list == null || !list.pair().contains(order)) {
      return List.of(order);
    }
    return list.pair().stream().filter(leg -> !leg.ended).toList();
  }

  private RejectReason amendable(Order order, Command.AmendOrder command) {
    Symbol symbol = order.symbol;
    long quantity = command.newQuantity();
    if (symbol.filters.maxOrderAmends() > 0 && order.amends >= symbol.filters.maxOrderAmends()) {
      return RejectReason.MAX_NUM_ORDER_AMENDS;
    }
    if (quantity <= order.executed + order.prevented || quantity >= order.quantity) {
      return RejectReason.AMEND_QUANTITY;
    }
    for (Order leg : amendedLegs(order)) {
      RejectReason lots = NaiveAdmission.lotSize(symbol.filters, leg.spec.type(), quantity);
      if (lots != RejectReason.NONE) {
        return lots;
      }
      RejectReason notional = admission.notional(symbol, leg.spec, leg.price, quantity);
      if (notional != RejectReason.NONE) {
        return notional;
      }
    }
    String asked = command.newClientOrderId();
    return !asked.equals(order.clientOrderId)
            && admission.clientIdTaken(symbol, order.account, asked)
        ? RejectReason.DUPLICATE_CLIENT_ORDER_ID
        : RejectReason.NONE;
  }

  void move(Command.MoveOrder command) {
    RejectReason reason = admission.flags(command.account(), command.symbol());
    Order order = null;
    if (reason == RejectReason.NONE) {
      order = trading.find(command.account(), command.symbol(), command.orderId(), "");
      reason = order == null ? RejectReason.UNKNOWN_ORDER : movable(order, command.newPrice());
    }
    if (order == null || reason != RejectReason.NONE) {
      trading.reject(RejectStage.MOVE, reason, command.account(), command.symbol(), 0);
      return;
    }
    matching.move(order, command.newPrice());
  }

  private RejectReason movable(Order order, long price) {
    Symbol symbol = order.symbol;
    if (order.spec.type() != OrderType.LIMIT || order.list != null || !order.resting()) {
      return RejectReason.MOVE_NOT_SUPPORTED;
    }
    if (price <= 0 || !NaiveAdmission.priceFilter(symbol.filters, price)) {
      return RejectReason.PRICE_FILTER;
    }
    if (!admission.percentPrice(symbol, order.side(), price)) {
      return RejectReason.PERCENT_PRICE_BY_SIDE;
    }
    if (admission.notional(symbol, order.spec, price, order.quantity) != RejectReason.NONE
        || symbol.notional(price, order.quantity).compareTo(NaiveState.LIMIT) > 0) {
      return RejectReason.NOTIONAL;
    }
    BigInteger required =
        order.side() == Side.BUY
            ? symbol.notional(price, order.remaining())
            : BigInteger.valueOf(order.remaining());
    return admission.affordable(
            symbol, order.account, order.side(), required.subtract(BigInteger.valueOf(order.held)))
        ? RejectReason.NONE
        : RejectReason.INSUFFICIENT_BALANCE;
  }
}
