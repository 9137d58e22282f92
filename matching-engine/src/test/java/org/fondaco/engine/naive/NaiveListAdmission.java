package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.List;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.Side;
import org.jspecify.annotations.Nullable;

/** What order lists must look like and find. */
final class NaiveListAdmission {

  private final NaiveAdmission admission;
  private final NaiveMarket market;

  NaiveListAdmission(NaiveAdmission admission, NaiveMarket market) {
    this.admission = admission;
    this.market = market;
  }

  /** A refusal of a list and the leg that caused it. */
  record ListRefusal(RejectReason reason, int leg) {}

  static @Nullable ListRefusal shape(ListType type, List<OrderSpec> legs) {
    if (legs.size() != (type == ListType.OTOCO ? 3 : 2)) {
      return new ListRefusal(RejectReason.UNSUPPORTED_COMBINATION, 0);
    }
    int leg =
        switch (type) {
          case OCO -> pairShape(legs.get(0), legs.get(1));
          case OTO -> otoShape(legs);
          case OTOCO -> {
            if (!working(legs.getFirst())) {
              yield 0;
            }
            int pair = pairShape(legs.get(1), legs.get(2));
            yield pair < 0 ? pair : pair + 1;
          }
        };
    return leg < 0 ? null : new ListRefusal(RejectReason.UNSUPPORTED_COMBINATION, leg);
  }

  private static boolean working(OrderSpec spec) {
    return spec.type() == OrderType.LIMIT || spec.type() == OrderType.LIMIT_MAKER;
  }

  private static int otoShape(List<OrderSpec> legs) {
    if (!working(legs.getFirst())) {
      return 0;
    }
    return legs.get(1).quoteOrderQuantity() > 0 ? 1 : -1;
  }

  /** The offending leg of an OCO pair, or -1. */
  private static int pairShape(OrderSpec above, OrderSpec below) {
    boolean sell = above.side() == Side.SELL;
    if (sell ? !profit(above.type()) : !NaiveState.stopLoss(above.type())) {
      return 0;
    }
    if (sell ? !NaiveState.stopLoss(below.type()) : !profit(below.type())) {
      return 1;
    }
    return above.side() != below.side() || above.quantity() != below.quantity() ? 1 : -1;
  }

  private static boolean profit(OrderType type) {
    return type == OrderType.LIMIT_MAKER
        || type == OrderType.TAKE_PROFIT
        || type == OrderType.TAKE_PROFIT_LIMIT;
  }

  /** The price that an OCO leg stands at, 0 = none (trailing without a stop). */
  private static long standing(OrderSpec spec) {
    return spec.type() == OrderType.LIMIT_MAKER ? spec.price() : spec.stopPrice();
  }

  @Nullable ListRefusal listRelation(Symbol symbol, ListType type, List<OrderSpec> legs) {
    if (type == ListType.OCO) {
      return pairRelation(symbol, legs);
    }
    RejectReason working = admission.priceRelation(symbol, legs.getFirst());
    if (working != RejectReason.NONE) {
      return new ListRefusal(working, 0);
    }
    if (type == ListType.OTOCO) {
      long above = standing(legs.get(1));
      long below = standing(legs.get(2));
      if (above > 0 && below > 0 && above <= below) {
        return new ListRefusal(RejectReason.PRICE_RELATION, 2);
      }
    }
    return null;
  }

  private @Nullable ListRefusal pairRelation(Symbol symbol, List<OrderSpec> legs) {
    long last = symbol.lastPrice;
    if (last == 0) {
      return new ListRefusal(RejectReason.NO_LAST_PRICE, 0);
    }
    long above = standing(legs.get(0));
    long below = standing(legs.get(1));
    if (above > 0 && above <= last) {
      return new ListRefusal(RejectReason.PRICE_RELATION, 0);
    }
    if (below > 0 && below >= last) {
      return new ListRefusal(RejectReason.PRICE_RELATION, 1);
    }
    for (int leg = 0; leg < legs.size(); leg++) {
      OrderSpec spec = legs.get(leg);
      if (spec.type() == OrderType.LIMIT_MAKER
          && market.wouldTake(symbol, spec.side(), spec.price())) {
        return new ListRefusal(RejectReason.WOULD_TAKE_IMMEDIATELY, leg);
      }
    }
    return null;
  }

  /** What an order list must find available. */
  BigInteger listFunds(Symbol symbol, long account, ListType type, List<OrderSpec> legs) {
    return type == ListType.OCO
        ? admission
            .funds(symbol, account, legs.get(0))
            .max(admission.funds(symbol, account, legs.get(1)))
        : admission.funds(symbol, account, legs.getFirst());
  }
}
