package org.fondaco.bench.custody;

import fr.acinq.secp256k1.Secp256k1;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.bench.database.PostgresServer;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.EvmBlock;
import org.fondaco.custody.issue.IssuedAddress;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.payout.Payouts;
import org.fondaco.custody.withdrawal.WithdrawalRequest;
import org.fondaco.db.Database;

/**
 * Approved withdrawals until their transactions are signed and handed to a node: planned, in the
 * guard file, signed by the vault, stored. Beside it, the least that any custody has to do for a
 * withdrawal: a signature, a record forced to disk before it, and its row committed after it.
 */
public final class WithdrawalLoad implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of();
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();
  private static final long FIRST_CUSTOMER = 1_000;
  private static final long UNITS = 1_000_000;
  private static final int RECORD_BYTES = 240;

  private final PostgresServer server;
  private final Database database;
  private final CustodyRig rig;
  private final Path folder;
  private final int count;
  private final IssuedAddress bitcoinHot;
  private final IssuedAddress ethereumHot;
  private long requested;
  private long coins;
  private long plain;
  private double approved;

  /**
   * Starts a database and custody.
   *
   * @param count withdrawals in a sample
   */
  public WithdrawalLoad(Path folder, int count) throws IOException, SQLException {
    this.folder = folder;
    this.count = count;
    server = new PostgresServer(folder.resolve("postgres"));
    database = server.fresh();
    rig = new CustodyRig(folder.resolve("keys"), database);
    bitcoinHot = rig.addresses.house(ChainName.BTC, Tier.HOT);
    ethereumHot = rig.addresses.house(ChainName.ETH, Tier.HOT);
    BigInteger ether = BigInteger.TEN.pow(24);
    rig.evm.append(
        List.of(
            new EvmBlock.Transaction(
                Names.hash("float", 0), "aa".repeat(20), script(ethereumHot), 0, ether)),
        List.of(List.of()));
    rig.bury();
    rig.follow();
    database.jooq().execute("create table plain_payments (id bigint primary key, raw bytea)");
  }

  private String script(IssuedAddress address) {
    byte[] script =
        rig.database
            .jooq()
            .fetchSingle("select script from custody_addresses where address_id = " + address.id())
            .get(0, byte[].class);
    return HEX.formatHex(script);
  }

  /** Withdrawals of a sample. */
  public int withdrawals() {
    return count;
  }

  /** Ether withdrawals a second, each a transaction of its own. */
  public double accounts() {
    approve(CustodyRig.ETH);
    long sent = rig.evm.sent();
    double rate = paid(rig.ethereumPayouts);
    check("transactions handed over", count, rig.evm.sent() - sent);
    return rate;
  }

  /** Bitcoin withdrawals a second, many in one transaction. */
  public double outputs() {
    int groups = Math.ceilDiv(count, CustodyRig.BATCH_MAX);
    fundBitcoin(groups);
    approve(CustodyRig.BTC);
    long sent = rig.core.sent();
    double rate = paid(rig.bitcoinPayouts);
    check("transactions handed over", groups, rig.core.sent() - sent);
    return rate;
  }

  /** An output of the hot wallet for each transaction. */
  private void fundBitcoin(int outputs) {
    String script = script(bitcoinHot);
    List<CoreBlock.Transaction> transactions = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      long number = coins++;
      transactions.add(
          new CoreBlock.Transaction(
              Names.hash("float", number),
              false,
              List.of(new CoreBlock.OutPoint(Names.hash("miner", number), 0)),
              List.of(
                  new CoreBlock.Output(
                      0, script, BigInteger.valueOf(UNITS * (CustodyRig.BATCH_MAX + 1)), null))));
    }
    rig.core.append(transactions);
    rig.bury();
    rig.follow();
  }

  private void approve(Asset asset) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long number = requested++;
      String to =
          HEX.formatHex(
              asset.chain().hasOutputs()
                  ? Names.script("outside", number)
                  : Names.account("outside", number));
      rig.withdrawals.request(
          new WithdrawalRequest(
              FIRST_CUSTOMER + number, "w" + number, asset.id(), to, BigDecimal.valueOf(UNITS, 8)));
    }
    boolean did = true;
    while (did) {
      did = rig.dispatcher.step() | rig.withdrawals.step();
    }
    approved = count * 1e9 / (System.nanoTime() - start);
    check(
        "approved withdrawals",
        count,
        rig.count("select count(*) from custody_withdrawals where state = 'APPROVED'"));
  }

  /** Withdrawals a second in the last sample from the request to the policy's word. */
  public double approved() {
    return approved;
  }

  private double paid(Payouts payouts) {
    long guarded = rig.guard.size();
    long start = System.nanoTime();
    while (payouts.step()) {}
    double rate = count * 1e9 / (System.nanoTime() - start);
    check(
        "withdrawals left",
        0,
        rig.count("select count(*) from custody_withdrawals where state <> 'ASSIGNED'"));
    check(
        "attempts that are not signed and sent",
        0,
        rig.count("select count(*) from custody_attempts where state <> 'SENDING' or raw is null"));
    check(
        "attempts without an entry of the guard",
        rig.guard.size(),
        rig.count("select count(*) from custody_attempts"));
    if (guarded == rig.guard.size()) {
      throw new IllegalStateException("the guard has no new entry");
    }
    return rate;
  }

  private static void check(String what, long expected, long found) {
    if (found != expected) {
      throw new IllegalStateException(what + ": " + found + ", not " + expected);
    }
  }

  /**
   * The least: payments a second.
   *
   * @param inOne payments in one transaction
   */
  public double plain(int inOne) throws SQLException, IOException {
    byte[] secret = Names.bytes("secret", 1);
    int groups = Math.ceilDiv(count, inOne);
    long start = System.nanoTime();
    try (Connection connection = database.dataSource().getConnection();
        FileChannel file =
            FileChannel.open(
                folder.resolve("plain"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        PreparedStatement insert =
            connection.prepareStatement("insert into plain_payments values (?, ?)")) {
      connection.setAutoCommit(false);
      long end = file.size();
      for (int group = 0; group < groups; group++) {
        file.write(ByteBuffer.allocate(RECORD_BYTES), end);
        end += RECORD_BYTES;
        file.force(true);
        byte[] signature = LIBRARY.sign(Names.bytes("payment", plain), secret, null);
        for (int i = 0; i < inOne; i++) {
          insert.setLong(1, plain++);
          insert.setBytes(2, signature);
          insert.executeUpdate();
        }
        connection.commit();
      }
      connection.setAutoCommit(true);
    }
    return groups * inOne * 1e9 / (System.nanoTime() - start);
  }

  @Override
  public void close() throws IOException {
    rig.close();
    database.close();
    server.close();
  }
}
