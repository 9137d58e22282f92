package org.fondaco.api.projection;

import static org.fondaco.db.schema.Tables.ORDERS;
import static org.fondaco.db.schema.Tables.ORDER_LISTS;
import static org.fondaco.db.schema.Tables.PROJECTOR_WATERMARK;
import static org.fondaco.db.schema.Tables.SYMBOLS;

import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.fondaco.db.Database;
import org.fondaco.engine.host.Projection;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EngineEvent.ListStatusChanged;
import org.fondaco.engine.protocol.EngineEvent.PreventedMatch;
import org.fondaco.engine.protocol.EngineEvent.SymbolChanged;
import org.fondaco.engine.protocol.EngineEvent.Trade;
import org.fondaco.engine.protocol.EngineEvent.TransferPosted;
import org.fondaco.engine.protocol.EventCodec;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.readmodel.FoldedOrder;
import org.fondaco.engine.readmodel.ListView;
import org.jooq.DSLContext;

/**
 * Follows the engine into PostgreSQL: orders, trades, ledger entries, balances and the watermark
 * change together, in one transaction a batch, so that the tables are always the state after some
 * whole number of groups.
 *
 * <p>Not thread-safe: the replica's thread only. Trading never waits for it.
 */
public final class Projector implements Projection {
  private static final System.Logger LOG = System.getLogger(Projector.class.getName());

  private final DataSource database;
  private final EventCodec codec = new EventCodec();
  private final Batch batch = new Batch();
  private final KlineRows klines;
  private final Long2ObjectHashMap<FoldedOrder> open = new Long2ObjectHashMap<>();
  private final Map<Long, ListView> openLists = new HashMap<>();
  private final Map<Integer, Assets> symbols = new HashMap<>();
  private final LongHashSet touched = new LongHashSet();
  private long committed;
  private long delivered;
  private boolean lagging;

  private record Assets(int base, int quote) {}

  /** Reads where the tables are and the orders that are open there. */
  public Projector(Database database) {
    this(database.dataSource(), database.jooq());
  }

  Projector(DataSource database, DSLContext jooq) {
    this.database = database;
    this.committed = jooq.selectFrom(PROJECTOR_WATERMARK).fetchSingle().getSequence();
    this.delivered = committed;
    this.klines = new KlineRows(jooq);
    jooq.selectFrom(ORDERS)
        .where(
            ORDERS.STATUS.in(
                OrderStatus.NEW.name(),
                OrderStatus.PENDING_NEW.name(),
                OrderStatus.PARTIALLY_FILLED.name()))
        .forEach(row -> open.put((long) row.getOrderId(), FoldedOrder.of(Rows.order(row))));
    jooq.selectFrom(ORDER_LISTS)
        .where(ORDER_LISTS.LIST_ORDER_STATUS.eq(ListOrderStatus.EXECUTING.name()))
        .forEach(row -> openLists.put((long) row.getOrderListId(), Rows.list(row)));
    jooq.selectFrom(SYMBOLS)
        .forEach(row ->
            symbols.put(row.getSymbolId(), new Assets(row.getBaseAsset(), row.getQuoteAsset())));
  }

  @Override
  public long watermark() {
    return committed;
  }

  /** Rows waiting for the next {@link #commit()}. */
  public int pendingRows() {
    return batch.rows();
  }

  @Override
  public void group(long sequence, long time, DirectBuffer events, int offset, int length) {
    if (sequence <= delivered) {
      throw new IllegalStateException(
          "group %d delivered twice, the last was %d".formatted(sequence, delivered));
    }
    if (batch.marks().pending()) {
      throw new IllegalStateException("group " + sequence + " came before its Mark was committed");
    }
    batch.ledger().command(sequence, time);
    touched.clear();
    int position = offset;
    int end = offset + length;
    while (position < end) {
      int size = events.getInt(position, ByteOrder.LITTLE_ENDIAN);
      event(codec.decode(events, position + Integer.BYTES), sequence, time);
      position += Integer.BYTES + size;
    }
    // An order that closed may still be named later in its group, so it is forgotten only here.
    LongHashSet.LongIterator changed = touched.iterator();
    while (changed.hasNext()) {
      long orderId = changed.nextValue();
      FoldedOrder order = known(orderId);
      batch.orders().order(orderId, order);
      if (!order.open()) {
        open.remove(orderId);
      }
    }
    delivered = sequence;
  }

  @Override
  public void marked(long sequence, long hashHigh, long hashLow) {
    batch.marks().hash(sequence, hashHigh, hashLow);
  }

  @Override
  public void commit() throws ProjectionUnavailable {
    if (delivered == committed) {
      return;
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        // A connection lost during COMMIT leaves it open whether the batch is there: ask.
        if (advance(connection)) {
          batch.write(connection);
          klines.write(connection);
        }
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      if (!lagging) {
        lagging = true;
        LOG.log(
            System.Logger.Level.WARNING,
            "database unavailable, history stays at sequence {0}: {1}",
            Long.toString(committed),
            e.getMessage());
      }
      throw new ProjectionUnavailable("cannot write history: " + e.getMessage(), e);
    }
    if (lagging) {
      lagging = false;
      LOG.log(System.Logger.Level.INFO, "database is back, history follows again");
    }
    committed = delivered;
    batch.clear();
    klines.clear();
  }

  /** Whether the batch is to be written; then the watermark is on it, and locked. */
  private boolean advance(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update projector_watermark set sequence = ? where sequence = ?")) {
      update.setLong(1, delivered);
      update.setLong(2, committed);
      if (update.executeUpdate() == 1) {
        return true;
      }
    }
    try (PreparedStatement select =
            connection.prepareStatement("select sequence from projector_watermark");
        ResultSet row = select.executeQuery()) {
      row.next();
      long found = row.getLong(1);
      if (found != delivered) {
        throw new IllegalStateException(
            "the watermark is %d, expected %d: another process writes this history"
                .formatted(found, committed));
      }
      return false;
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private void event(EngineEvent event, long sequence, long time) {
    switch (event) {
      case EngineEvent.OrderAccepted e -> {
        open.put(e.orderId(), FoldedOrder.of(e, time));
        batch.orders().born(e.orderId());
        touched.add(e.orderId());
      }
      case EngineEvent.Triggered e -> fold(e.orderId(), e, time);
      case EngineEvent.Activated e -> fold(e.orderId(), e, time);
      case EngineEvent.TrailingStarted e -> fold(e.orderId(), e, time);
      case EngineEvent.Amended e -> {
        batch.remarks().amended(e, known(e.orderId()).quantity(), time);
        fold(e.orderId(), e, time);
      }
      case EngineEvent.Moved e -> fold(e.orderId(), e, time);
      case EngineEvent.Canceled e -> fold(e.orderId(), e, time);
      case EngineEvent.Expired e -> fold(e.orderId(), e, time);
      case PreventedMatch e -> {
        batch.remarks().prevented(e, time);
        fold(e.takerOrderId(), e, time);
        fold(e.makerOrderId(), e, time);
      }
      case Trade e -> trade(e, sequence, time);
      case ListStatusChanged e -> list(e, time);
      case TransferPosted e -> batch.ledger().transfer(e);
      case EngineEvent.BalanceChanged e -> batch.balance(e, sequence);
      case EngineEvent.AssetChanged e -> batch.asset(e);
      case SymbolChanged e -> {
        symbols.put(e.symbol(), new Assets(e.baseAsset(), e.quoteAsset()));
        batch.symbol(e);
      }
      case EngineEvent.FreezeChanged e -> batch.freeze(e, sequence);
      case EngineEvent.MarkTotals e -> batch.marks().totals(e);
      case EngineEvent.Marked e -> batch.marks().marked(e, sequence, time);
      // Not part of the history that is asked for.
      case EngineEvent.Rejected e -> {}
      case EngineEvent.BatchRejected e -> {}
      case EngineEvent.HoldOpened e -> {}
      case EngineEvent.HoldClosed e -> {}
      case EngineEvent.LevelChanged e -> {}
      case EngineEvent.FeesChanged e -> {}
      case EngineEvent.AccountChanged e -> {}
      case EngineEvent.VenueChanged e -> {}
      case EngineEvent.SourceOutcome e -> {}
      case EngineEvent.SourceState e -> {}
      // Prime a read model only; a command never writes them.
      case EngineEvent.OrderState e -> {}
      case EngineEvent.ListState e -> {}
      case EngineEvent.SymbolState e -> {}
      case EngineEvent.CommandDone e -> {}
    }
  }

  private void fold(long orderId, EngineEvent event, long time) {
    known(orderId).apply(event, time);
    touched.add(orderId);
  }

  private FoldedOrder known(long orderId) {
    FoldedOrder order = open.get(orderId);
    if (order == null) {
      throw new IllegalStateException(
          "an event about order %d, which is not open".formatted(orderId));
    }
    return order;
  }

  private void trade(Trade trade, long sequence, long time) {
    klines.trade(trade, sequence, time);
    fold(trade.takerOrderId(), trade, time);
    fold(trade.makerOrderId(), trade, time);
    Assets assets = symbols.get(trade.symbol());
    if (assets == null) {
      throw new IllegalStateException(
          "a trade on symbol %d, which is not known".formatted(trade.symbol()));
    }
    boolean takerBuys = trade.takerSide() == Side.BUY;
    int takerFeeAsset = takerBuys ? assets.base() : assets.quote();
    int makerFeeAsset = takerBuys ? assets.quote() : assets.base();
    var taker = known(trade.takerOrderId()).view();
    var maker = known(trade.makerOrderId()).view();
    batch.fill(trade, taker, false, trade.takerFee(), takerFeeAsset, time);
    batch.fill(trade, maker, true, trade.makerFee(), makerFeeAsset, time);
    batch.ledger().trade(trade, assets.base(), assets.quote());
    batch.volumes().traded(trade, assets.quote(), time);
  }

  /** Only its status changes: a later event carries the client id of the request that caused it. */
  private void list(ListStatusChanged event, long time) {
    ListView before = openLists.get(event.orderListId());
    ListView list =
        before == null
            ? new ListView(
                event.account(),
                event.symbol(),
                event.orderListId(),
                event.contingencyType(),
                event.listStatusType(),
                event.listOrderStatus(),
                event.listClientOrderId(),
                time,
                Rows.legs(event.order1(), event.order2(), event.order3()))
            : new ListView(
                before.account(),
                before.symbol(),
                before.orderListId(),
                before.contingencyType(),
                event.listStatusType(),
                event.listOrderStatus(),
                before.listClientOrderId(),
                before.acceptedTime(),
                before.orders());
    if (before == null) {
      batch.orders().bornList(list.orderListId());
    }
    batch.orders().list(list, time);
    switch (list.listOrderStatus()) {
      case ALL_DONE, REJECT -> openLists.remove(list.orderListId());
      case EXECUTING -> openLists.put(list.orderListId(), list);
    }
  }
}
