package org.fondaco.custody.liability;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.DSLContext;

/**
 * An epoch's leaves out of the database: read as a stream where the caller's transaction allows it,
 * then salted, hashed and put in order by all processors.
 */
final class Leaves {
  private static final int FETCHED_AT_ONCE = 10_000;
  private static final int HASHED_AT_ONCE = 4_096;
  private static final String SELECT =
      "select account, units from custody_liability_leaves where epoch = ? and asset = ?";

  private long[] accounts = new long[HASHED_AT_ONCE];
  private long[] units = new long[HASHED_AT_ONCE];
  private int count;

  private Leaves() {}

  /** In the order of their hashes, which says nothing of accounts. */
  static List<SumNode> read(DSLContext t, Salts salts, long epoch, int asset) {
    Leaves leaves = new Leaves();
    t.connection(connection -> leaves.fetch(connection, epoch, asset));
    SumNode[] nodes = leaves.hashed(salts, epoch, asset);
    Arrays.parallelSort(nodes, SumTree.BY_HASH);
    return Arrays.asList(nodes);
  }

  private void fetch(Connection connection, long epoch, int asset) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setLong(1, epoch);
      select.setInt(2, asset);
      select.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (count == accounts.length) {
            accounts = Arrays.copyOf(accounts, 2 * count);
            units = Arrays.copyOf(units, 2 * count);
          }
          accounts[count] = row.getLong(1);
          units[count++] = row.getLong(2);
        }
      }
    }
  }

  private SumNode[] hashed(Salts salts, long epoch, int asset) {
    SumNode[] nodes = new SumNode[count];
    IntStream.range(0, Math.ceilDiv(count, HASHED_AT_ONCE))
        .parallel()
        .forEach(chunk -> {
          Salts mine = salts.another();
          MessageDigest digest = SumNode.sha256();
          int end = Math.min(count, (chunk + 1) * HASHED_AT_ONCE);
          for (int i = chunk * HASHED_AT_ONCE; i < end; i++) {
            byte[] salt = mine.of(epoch, asset, accounts[i]);
            nodes[i] = SumNode.leaf(digest, epoch, asset, accounts[i], salt, units[i]);
          }
        });
    return nodes;
  }
}
