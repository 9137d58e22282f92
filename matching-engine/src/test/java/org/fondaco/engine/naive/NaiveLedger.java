package org.fondaco.engine.naive;

import java.math.BigInteger;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.naive.NaiveState.Balance;
import org.fondaco.engine.naive.NaiveState.BalanceKey;
import org.fondaco.engine.naive.NaiveState.Fees;
import org.fondaco.engine.naive.NaiveState.Order;
import org.fondaco.engine.naive.NaiveState.OrderList;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.Side;

/** Balances and the holds of orders (ENGINE.md, Ledger and Funds). */
final class NaiveLedger {

  private static final BigInteger RATE_UNIT = BigInteger.valueOf(100_000_000);

  private final NaiveState state;

  NaiveLedger(NaiveState state) {
    this.state = state;
  }

  BigInteger available(long account, int asset) {
    Balance balance = state.balances.get(new BalanceKey(account, asset));
    return balance == null
        ? BigInteger.ZERO
        : BigInteger.valueOf(balance.total).subtract(BigInteger.valueOf(balance.held));
  }

  boolean affordable(long account, int asset, BigInteger amount) {
    return amount.compareTo(available(account, asset)) <= 0;
  }

  /** A write that changes nothing does not touch the balance. */
  void change(long account, int asset, long total, long held) {
    if (total == 0 && held == 0) {
      return;
    }
    Balance balance = state.balance(account, asset);
    balance.total = Math.addExact(balance.total, total);
    balance.held = Math.addExact(balance.held, held);
    state.touchedBalances.add(new BalanceKey(account, asset));
  }

  static int heldAsset(Symbol symbol, Side side) {
    return side == Side.BUY ? symbol.quote : symbol.base;
  }

  /** What an open order that is not pending must hold by itself. */
  BigInteger requirement(Order order) {
    if (order.ended || order.place == NaiveState.Place.PENDING) {
      return BigInteger.ZERO;
    }
    return switch (order.spec.type()) {
      case MARKET -> BigInteger.ZERO;
      case STOP_LOSS, TAKE_PROFIT ->
          order.side() == Side.BUY ? BigInteger.ZERO : BigInteger.valueOf(order.remaining());
      case LIMIT, LIMIT_MAKER, STOP_LOSS_LIMIT, TAKE_PROFIT_LIMIT ->
          order.side() == Side.BUY
              ? order.symbol.notional(order.price, order.remaining())
              : BigInteger.valueOf(order.remaining());
    };
  }

  /** Brings the hold record of an order, or of its OCO pair, to what is required now. */
  void rehold(Order order) {
    change(order.account, heldAsset(order.symbol, order.side()), 0, heldChange(order));
  }

  private long heldChange(Order order) {
    OrderList list = order.list;
    if (list != null && list.pair().contains(order)) {
      long required = 0;
      for (Order leg : list.pair()) {
        required = Math.max(required, requirement(leg).longValueExact());
      }
      long difference = required - list.held;
      list.held = required;
      return difference;
    }
    long required = requirement(order).longValueExact();
    long difference = required - order.held;
    order.held = required;
    return difference;
  }

  record Settlement(long quoteQuantity, long takerFee, long makerFee) {}

  /** Moves the money of one fill; both orders already count it as executed. */
  Settlement settle(Order taker, Order maker, long price, long quantity) {
    Symbol symbol = taker.symbol;
    long notional = symbol.notional(price, quantity).longValueExact();
    boolean takerBuys = taker.side() == Side.BUY;
    Order buyer = takerBuys ? taker : maker;
    Order seller = takerBuys ? maker : taker;
    long buyerFee = fee(buyer, buyer == taker, quantity);
    long sellerFee = fee(seller, seller == taker, notional);
    change(buyer.account, symbol.quote, -notional, heldChange(buyer));
    change(seller.account, symbol.quote, notional - sellerFee, 0);
    change(seller.account, symbol.base, -quantity, heldChange(seller));
    change(buyer.account, symbol.base, quantity - buyerFee, 0);
    change(SystemAccounts.FEES, symbol.quote, sellerFee, 0);
    change(SystemAccounts.FEES, symbol.base, buyerFee, 0);
    return new Settlement(
        notional, takerBuys ? buyerFee : sellerFee, takerBuys ? sellerFee : buyerFee);
  }

  private long fee(Order order, boolean taker, long received) {
    Fees fees = order.symbol.fees[account(order.account).feeTier];
    BigInteger[] parts =
        BigInteger.valueOf(received)
            .multiply(BigInteger.valueOf(taker ? fees.taker() : fees.maker()))
            .divideAndRemainder(RATE_UNIT);
    return parts[0].longValueExact() + (parts[1].signum() > 0 ? 1 : 0);
  }

  private NaiveState.Account account(long id) {
    NaiveState.Account account = state.accounts.get(id);
    if (account == null) {
      throw new IllegalStateException("no account " + id);
    }
    return account;
  }
}
