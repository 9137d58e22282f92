package org.fondaco.api.projection;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fondaco.engine.core.LedgerHash;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.EngineEvent.MarkTotals;
import org.fondaco.engine.protocol.EngineEvent.Marked;
import org.jspecify.annotations.Nullable;

/**
 * The Mark that ends a batch: what the engine said of its ledger beside what the tables have once
 * the batch is in them.
 */
final class MarkRows {
  private static final int FETCHED_AT_ONCE = 10_000;

  private final List<MarkTotals> totals = new ArrayList<>();
  private @Nullable Marked mark;
  private long sequence;
  private long time;
  private long @Nullable [] engineHash;

  private static final class Projected {
    private BigDecimal sum = BigDecimal.ZERO;
    private BigDecimal free = BigDecimal.ZERO;
    private BigDecimal held = BigDecimal.ZERO;
    private long custody;

    void add(long account, long total, long heldOfTotal) {
      sum = sum.add(BigDecimal.valueOf(total));
      if (account == SystemAccounts.CUSTODY) {
        custody = total;
      }
      if (!SystemAccounts.isSystem(account)) {
        free = free.add(BigDecimal.valueOf(total)).subtract(BigDecimal.valueOf(heldOfTotal));
        held = held.add(BigDecimal.valueOf(heldOfTotal));
      }
    }
  }

  void totals(MarkTotals ofAsset) {
    totals.add(ofAsset);
  }

  void marked(Marked newMark, long newSequence, long newTime) {
    mark = newMark;
    sequence = newSequence;
    time = newTime;
  }

  /** The engine's hash of all balances at the Mark. */
  void hash(long markSequence, long high, long low) {
    if (mark != null && markSequence == sequence) {
      engineHash = new long[] {high, low};
    }
  }

  /** Whether a Mark waits to be committed; then no group may follow it into the batch. */
  boolean pending() {
    return mark != null;
  }

  int rows() {
    return totals.size();
  }

  void clear() {
    totals.clear();
    mark = null;
    engineHash = null;
  }

  /** To be called when everything else of the batch is in the tables. */
  void write(Connection connection) throws SQLException {
    Marked marked = mark;
    if (marked == null) {
      return;
    }
    Map<Integer, Projected> projected = new HashMap<>();
    byte[] projectedHash = readBalances(connection, projected);
    byte[] engine =
        bytes(Objects.requireNonNull(engineHash, "a Mark without the engine's ledger hash"));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into ledger_marks values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
      for (MarkTotals row : totals) {
        bind(insert, marked, row, projected.getOrDefault(row.asset(), new Projected()));
        insert.setBytes(18, engine);
        insert.setBytes(19, projectedHash);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void bind(PreparedStatement insert, Marked marked, MarkTotals row, Projected projected)
      throws SQLException {
    insert.setLong(1, sequence);
    insert.setInt(2, row.asset());
    insert.setLong(3, marked.cutId());
    insert.setLong(4, time);
    insert.setLong(5, marked.custodyLastN());
    insert.setLong(6, row.custody());
    insert.setLong(7, row.fees());
    insert.setLong(8, row.rounding());
    insert.setLong(9, row.suspense());
    insert.setLong(10, row.house());
    insert.setLong(11, row.testFunds());
    insert.setLong(12, row.customersFree());
    insert.setLong(13, row.customersHeld());
    insert.setBigDecimal(14, projected.sum);
    insert.setLong(15, projected.custody);
    insert.setBigDecimal(16, projected.free);
    insert.setBigDecimal(17, projected.held);
  }

  private static byte[] readBalances(Connection connection, Map<Integer, Projected> projected)
      throws SQLException {
    LedgerHash hash = new LedgerHash();
    try (Statement statement = connection.createStatement()) {
      // Outside auto-commit a cursor is used, so that no more than this is in memory.
      statement.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet row =
          statement.executeQuery("select account_id, asset_id, total, held from balances")) {
        while (row.next()) {
          long account = row.getLong(1);
          int asset = row.getInt(2);
          long total = row.getLong(3);
          long held = row.getLong(4);
          hash.add(account, asset, total, held);
          projected.computeIfAbsent(asset, _ -> new Projected()).add(account, total, held);
        }
      }
    }
    return bytes(hash.value());
  }

  private static byte[] bytes(long[] hash) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(hash[0]).putLong(hash[1]).array();
  }
}
