package org.fondaco.api.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.EngineEvent.BalanceChanged;
import org.fondaco.engine.protocol.EngineEvent.FreezeChanged;
import org.fondaco.engine.protocol.EngineEvent.SymbolChanged;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.readmodel.OrderView;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Rows of the groups since the last commit. Rows that only ever appear are copied straight into
 * their tables; rows that change are kept once, in their latest form, and merged through a
 * temporary table.
 */
final class Batch {
  private final CopyRows trades = new CopyRows(13);
  private final LedgerRows ledger = new LedgerRows();
  private final RemarkRows remarks = new RemarkRows();
  private final OrderRows orders = new OrderRows();
  private final VolumeRows volumes = new VolumeRows();
  private final Map<BalanceKey, BalanceRow> balances = new LinkedHashMap<>();
  private final Map<Integer, AssetChanged> assets = new LinkedHashMap<>();
  private final Map<Integer, SymbolChanged> symbols = new LinkedHashMap<>();
  private final Map<Long, FreezeRow> freezes = new LinkedHashMap<>();
  private final MarkRows marks = new MarkRows();

  private record BalanceKey(long account, int asset) {}

  private record BalanceRow(BalanceChanged balance, long sequence) {}

  private record FreezeRow(FreezeChanged freeze, long sequence) {}

  LedgerRows ledger() {
    return ledger;
  }

  RemarkRows remarks() {
    return remarks;
  }

  OrderRows orders() {
    return orders;
  }

  VolumeRows volumes() {
    return volumes;
  }

  MarkRows marks() {
    return marks;
  }

  void freeze(FreezeChanged freeze, long sequence) {
    freezes.put(freeze.account(), new FreezeRow(freeze, sequence));
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
        .bigint(order.account())
        .integer(trade.symbol())
        .bigint(trade.tradeId())
        .bigint(order.orderId())
        .bigint(order.orderListId())
        .flag(order.spec().side() == Side.BUY)
        .flag(maker)
        .bigint(trade.price())
        .bigint(trade.quantity())
        .bigint(trade.quoteQuantity())
        .bigint(fee)
        .integer(feeAsset)
        .bigint(time)
        .end();
  }

  /** Rows in all, as a measure of the batch's size. */
  int rows() {
    return trades.rows()
        + ledger.rows()
        + remarks.rows()
        + orders.rows()
        + volumes.size()
        + balances.size()
        + assets.size()
        + symbols.size()
        + freezes.size()
        + marks.rows();
  }

  void clear() {
    trades.clear();
    ledger.clear();
    remarks.clear();
    orders.clear();
    volumes.clear();
    balances.clear();
    assets.clear();
    symbols.clear();
    freezes.clear();
    marks.clear();
  }

  /** Writes everything within the connection's transaction. */
  void write(Connection connection) throws SQLException {
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    orders.encode();
    trades.send(copies, "trades");
    ledger.send(copies);
    remarks.send(copies);
    orders.newOrders.send(copies, Staged.ORDERS.table());
    orders.newLists.send(copies, Staged.ORDER_LISTS.table());
    try (Statement statement = connection.createStatement()) {
      merge(statement, copies, Staged.ORDERS, orders.changedOrders);
      merge(statement, copies, Staged.ORDER_LISTS, orders.changedLists);
      merge(statement, copies, Staged.BALANCES, balanceRows());
      merge(statement, copies, Staged.VOLUMES, volumes.rows());
      merge(statement, copies, Staged.ASSETS, assetRows());
      merge(statement, copies, Staged.SYMBOLS, symbolRows());
      merge(statement, copies, Staged.FREEZES, freezeRows());
    }
    marks.write(connection);
  }

  private static void merge(Statement statement, CopyManager copies, Staged table, CopyRows rows)
      throws SQLException {
    if (rows.rows() > 0) {
      statement.execute(table.create());
      rows.send(copies, table.staging());
      statement.execute(table.merge());
    }
  }

  private CopyRows balanceRows() {
    CopyRows rows = new CopyRows(Staged.BALANCES.columns());
    for (BalanceRow row : balances.values()) {
      rows.bigint(row.balance().account())
          .integer(row.balance().asset())
          .bigint(row.balance().total())
          .bigint(row.balance().held())
          .bigint(row.sequence())
          .end();
    }
    return rows;
  }

  private CopyRows freezeRows() {
    CopyRows rows = new CopyRows(Staged.FREEZES.columns());
    for (FreezeRow row : freezes.values()) {
      rows.bigint(row.freeze().account()).flag(row.freeze().frozen()).bigint(row.sequence()).end();
    }
    return rows;
  }

  private CopyRows assetRows() {
    CopyRows rows = new CopyRows(Staged.ASSETS.columns());
    for (AssetChanged asset : assets.values()) {
      rows.integer(asset.asset()).text(asset.code()).integer(asset.scale()).end();
    }
    return rows;
  }

  private CopyRows symbolRows() {
    CopyRows rows = new CopyRows(Staged.SYMBOLS.columns());
    for (SymbolChanged symbol : symbols.values()) {
      rows.integer(symbol.symbol())
          .text(symbol.name())
          .integer(symbol.baseAsset())
          .integer(symbol.quoteAsset())
          .bigint(symbol.tickUnit())
          .bigint(symbol.lotUnit())
          .name(symbol.status())
          .end();
    }
    return rows;
  }
}
