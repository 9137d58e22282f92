package org.fondaco.bench.custody;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.bench.database.PostgresServer;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.EvmBlock;
import org.fondaco.db.Database;

/**
 * Blocks full of deposits to addresses of customers: on Bitcoin, in ether and in USDT, each in a
 * transaction of its own. They come through the scanner; beside it each is one prepared INSERT.
 */
public final class DepositLoad implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of();
  private static final String TRANSFER =
      "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
  private static final long FIRST_CUSTOMER = 1_000;
  private static final int CUSTOMERS = 10_000;
  private static final String CUSTOMER = "customer";
  private static final String WATCH =
      """
      insert into custody_addresses (family, tier, index, path, address, script, account, state)
      select {0}, 'CUSTOMER', a.i, 'm/' || a.i, {0} || a.i, a.script, {1} + a.i - 1, 'ISSUED'
      from unnest({2}) with ordinality as a(script, i)\
      """;

  private static final String PLAIN =
      "insert into plain_deposits (deposit_id, chain, txid, position, asset, account, address_id,"
          + " atoms, units, residue, coinbase, height, block_hash, state, seen_at, changed_at)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, false, ?, ?, 'SEEN', ?, ?)";

  private final PostgresServer server;
  private final Database database;
  private final CustodyRig rig;
  private final int blocks;
  private final int inBlock;
  private long made;
  private long plain;
  private double dispatched;

  /**
   * Starts a database and watches the customers' addresses.
   *
   * @param blocks of each chain in a sample
   * @param inBlock deposits in a block
   */
  public DepositLoad(Path folder, int blocks, int inBlock) throws IOException, SQLException {
    this.blocks = blocks;
    this.inBlock = inBlock;
    server = new PostgresServer(folder.resolve("postgres"));
    database = server.fresh();
    rig = new CustodyRig(folder.resolve("keys"), database);
    watch("BTC");
    watch("ETH");
    database
        .jooq()
        .execute(
            "create table plain_deposits (like custody_deposits including defaults including indexes)");
  }

  private void watch(String family) {
    byte[][] scripts = new byte[CUSTOMERS][];
    for (int i = 0; i < CUSTOMERS; i++) {
      scripts[i] = family.equals("BTC") ? Names.script(CUSTOMER, i) : Names.account(CUSTOMER, i);
    }
    database
        .jooq()
        .execute(
            WATCH,
            org.jooq.impl.DSL.val(family),
            org.jooq.impl.DSL.val(FIRST_CUSTOMER),
            org.jooq.impl.DSL.val(scripts));
  }

  /** Deposits of a sample. */
  public int deposits() {
    return 2 * blocks * inBlock;
  }

  /** Deposits a second: scanned, confirmed, their credits written for the ledger. */
  public double scan() {
    for (int i = 0; i < blocks; i++) {
      coreBlock();
      evmBlock();
    }
    rig.bury();
    long start = System.nanoTime();
    rig.follow();
    double rate = deposits() * 1e9 / (System.nanoTime() - start);
    check("select count(*) from custody_deposits where state = 'CONFIRMED'", deposits());
    check("select count(*) from custody_outbox where outcome is null", deposits());
    long from = System.nanoTime();
    while (rig.dispatcher.step()) {}
    dispatched = deposits() * 1e9 / (System.nanoTime() - from);
    check("select count(*) from custody_deposits where state = 'CREDITED'", made);
    check("select count(*) from custody_deposits", made);
    check("select count(*) from custody_breaks", 0);
    check(
        "select count(*) from custody_deposits d full join custody_outbox o"
            + " on o.subject_id = d.deposit_id and o.amount = d.units and o.account = d.account"
            + " where d.deposit_id is null or o.id is null",
        0);
    return rate;
  }

  /** Credits a second in the last {@link #scan}, given to a ledger and answered. */
  public double dispatched() {
    return dispatched;
  }

  private void check(String query, long expected) {
    long found = rig.count(query);
    if (found != expected) {
      throw new IllegalStateException(query + ": " + found + ", not " + expected);
    }
  }

  private void coreBlock() {
    List<CoreBlock.Transaction> transactions = new ArrayList<>();
    for (int i = 0; i < inBlock; i++) {
      long number = made++;
      transactions.add(
          new CoreBlock.Transaction(
              Names.hash("payment", number),
              false,
              List.of(new CoreBlock.OutPoint(Names.hash("coin", number), 0)),
              List.of(
                  new CoreBlock.Output(
                      0, HEX.formatHex(Names.script(CUSTOMER, whose(number))), atoms(number), null),
                  new CoreBlock.Output(
                      1, HEX.formatHex(Names.script("change", number)), atoms(number), null))));
    }
    rig.core.append(transactions);
  }

  private void evmBlock() {
    List<EvmBlock.Transaction> transactions = new ArrayList<>();
    List<List<EvmBlock.Log>> logs = new ArrayList<>();
    String contract = String.valueOf(CustodyRig.USDT.contract());
    for (int i = 0; i < inBlock; i++) {
      long number = made++;
      String from = HEX.formatHex(Names.account("payer", number));
      String to = HEX.formatHex(Names.account(CUSTOMER, whose(number)));
      boolean token = i % 2 == 1;
      BigInteger value = token ? BigInteger.ZERO : atoms(number).multiply(BigInteger.TEN.pow(10));
      transactions.add(
          new EvmBlock.Transaction(
              Names.hash("payment", number), from, token ? contract : to, 0, value));
      logs.add(
          token
              ? List.of(
                  new EvmBlock.Log(
                      contract,
                      List.of(TRANSFER, "0".repeat(24) + from, "0".repeat(24) + to),
                      "%064x".formatted(atoms(number))))
              : List.of());
    }
    rig.evm.append(transactions, logs);
  }

  private static int whose(long number) {
    return (int) (number * 7_919 % CUSTOMERS);
  }

  private static BigInteger atoms(long number) {
    return BigInteger.valueOf(100_000 + number % 1_000);
  }

  /** Deposits a second, each a prepared INSERT into a table alike, a commit for each block. */
  public double plain() throws SQLException {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    long start = System.nanoTime();
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert = connection.prepareStatement(PLAIN)) {
      connection.setAutoCommit(false);
      for (int block = 0; block < 2 * blocks; block++) {
        for (int i = 0; i < inBlock; i++) {
          long number = plain++;
          insert.setLong(1, number);
          insert.setString(2, "BTC");
          insert.setBytes(3, Names.bytes("payment", number));
          insert.setString(4, "0");
          insert.setInt(5, 1);
          insert.setLong(6, FIRST_CUSTOMER + whose(number));
          insert.setLong(7, 1L + whose(number));
          insert.setLong(8, 100_000 + number % 1_000);
          insert.setLong(9, 100_000 + number % 1_000);
          insert.setLong(10, block);
          insert.setBytes(11, Names.bytes("block", block));
          insert.setObject(12, now);
          insert.setObject(13, now);
          insert.executeUpdate();
        }
        connection.commit();
      }
      connection.setAutoCommit(true);
    }
    double rate = deposits() * 1e9 / (System.nanoTime() - start);
    check("select count(*) from plain_deposits", plain);
    return rate;
  }

  @Override
  public void close() throws IOException {
    rig.close();
    database.close();
    server.close();
  }
}
