package org.fondaco.api.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.EngineEvent.BalanceChanged;
import org.fondaco.engine.protocol.EngineEvent.SymbolChanged;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Rows of the groups since the last commit. Rows that only ever appear are written as they come;
 * rows that change are kept once, in their latest form, and upserted through a temporary table.
 */
final class Batch {
  private final CopyText trades = new CopyText();
  private final CopyText ledger = new CopyText();
  private final RemarkRows remarks = new RemarkRows();
  private final Map<Long, OrderView> orders = new LinkedHashMap<>();
  private final Map<Long, ListRow> lists = new LinkedHashMap<>();
  private final Map<BalanceKey, BalanceRow> balances = new LinkedHashMap<>();
  private final Map<Integer, AssetChanged> assets = new LinkedHashMap<>();
  private final Map<Integer, SymbolChanged> symbols = new LinkedHashMap<>();

  private record BalanceKey(long account, int asset) {}

  private record BalanceRow(BalanceChanged balance, long sequence) {}

  private record ListRow(ListView list, long updateTime) {}

  void order(OrderView order) {
    orders.put(order.orderId(), order);
  }

  void list(ListView list, long updateTime) {
    lists.put(list.orderListId(), new ListRow(list, updateTime));
  }

  void balance(BalanceChanged balance, long sequence) {
    balances.put(
        new BalanceKey(balance.account(), balance.asset()), new BalanceRow(balance, sequence));
  }

  void asset(AssetChanged asset) {
    assets.put(asset.asset(), asset);
  }

  void symbol(SymbolChanged symbol) {
    symbols.put(symbol.symbol(), symbol);
  }

  /** One side of a trade. */
  void fill(
      EngineEvent.Trade trade, OrderView order, boolean maker, long fee, int feeAsset, long time) {
    trades
        .number(order.account())
        .number(trade.symbol())
        .number(trade.tradeId())
        .number(order.orderId())
        .number(order.orderListId())
        .flag(order.spec().side() == Side.BUY)
        .flag(maker)
        .number(trade.price())
        .number(trade.quantity())
        .number(trade.quoteQuantity())
        .number(fee)
        .number(feeAsset)
        .number(time)
        .end();
  }

  /** Rows in all, as a measure of the batch's size. */
  int rows() {
    return trades.rows()
        + ledger.rows()
        + remarks.rows()
        + orders.size()
        + lists.size()
        + balances.size()
        + assets.size()
        + symbols.size();
  }

  CopyText ledger() {
    return ledger;
  }

  RemarkRows remarks() {
    return remarks;
  }

  void clear() {
    trades.clear();
    ledger.clear();
    remarks.clear();
    orders.clear();
    lists.clear();
    balances.clear();
    assets.clear();
    symbols.clear();
  }

  /** Writes everything within the connection's transaction. */
  void write(Connection connection) throws SQLException {
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    trades.send(copies, "trades");
    ledger.send(copies, "ledger_entries");
    remarks.send(copies);
    try (Statement statement = connection.createStatement()) {
      upsert(statement, copies, Upsert.ORDERS, orderRows());
      upsert(statement, copies, Upsert.ORDER_LISTS, listRows());
      upsert(statement, copies, Upsert.BALANCES, balanceRows());
      upsert(statement, copies, Upsert.ASSETS, assetRows());
      upsert(statement, copies, Upsert.SYMBOLS, symbolRows());
    }
  }

  private static void upsert(Statement statement, CopyManager copies, Upsert table, CopyText rows)
      throws SQLException {
    if (rows.rows() > 0) {
      statement.execute(table.createStaging());
      rows.send(copies, table.staging());
      statement.execute(table.merge());
    }
  }

  private CopyText orderRows() {
    CopyText rows = new CopyText();
    for (OrderView order : orders.values()) {
      var spec = order.spec();
      rows.number(order.orderId())
          .number(order.account())
          .number(order.symbol())
          .number(order.orderListId())
          .string(spec.clientOrderId())
          .name(spec.side())
          .name(spec.type())
          .name(spec.timeInForce())
          .name(spec.selfTradePreventionMode())
          .number(spec.trailingDelta())
          .number(spec.price())
          .number(spec.stopPrice())
          .number(spec.quantity())
          .number(spec.quoteOrderQuantity())
          .number(spec.icebergQuantity())
          .numberUnless(Long.MIN_VALUE, spec.strategyId())
          .numberUnless(0, spec.strategyType())
          .name(order.status())
          .flag(order.working())
          .number(order.executedQuantity())
          .number(order.executedQuote())
          .number(order.preventedQuantity())
          .number(order.preventedMatchId())
          .name(order.expiryReason())
          .number(order.acceptedTime())
          .number(order.updateTime())
          .number(order.workingTime())
          .number(order.trailingTime())
          .end();
    }
    return rows;
  }

  private CopyText listRows() {
    CopyText rows = new CopyText();
    for (ListRow row : lists.values()) {
      var list = row.list();
      rows.number(list.orderListId())
          .number(list.account())
          .number(list.symbol())
          .name(list.contingencyType())
          .name(list.listStatusType())
          .name(list.listOrderStatus())
          .string(list.listClientOrderId())
          .number(list.orders().get(0))
          .number(list.orders().get(1))
          .number(list.orders().size() > 2 ? list.orders().get(2) : 0)
          .number(list.acceptedTime())
          .number(row.updateTime())
          .end();
    }
    return rows;
  }

  private CopyText balanceRows() {
    CopyText rows = new CopyText();
    for (BalanceRow row : balances.values()) {
      rows.number(row.balance().account())
          .number(row.balance().asset())
          .number(row.balance().total())
          .number(row.balance().held())
          .number(row.sequence())
          .end();
    }
    return rows;
  }

  private CopyText assetRows() {
    CopyText rows = new CopyText();
    for (AssetChanged asset : assets.values()) {
      rows.number(asset.asset()).string(asset.code()).number(asset.scale()).end();
    }
    return rows;
  }

  private CopyText symbolRows() {
    CopyText rows = new CopyText();
    for (SymbolChanged symbol : symbols.values()) {
      rows.number(symbol.symbol())
          .string(symbol.name())
          .number(symbol.baseAsset())
          .number(symbol.quoteAsset())
          .number(symbol.tickUnit())
          .number(symbol.lotUnit())
          .name(symbol.status())
          .end();
    }
    return rows;
  }
}
