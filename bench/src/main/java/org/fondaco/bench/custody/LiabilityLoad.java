package org.fondaco.bench.custody;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.fondaco.api.custody.VenueAudit;
import org.fondaco.bench.database.PostgresServer;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.liability.Liabilities;
import org.fondaco.custody.liability.Proof;
import org.fondaco.db.Database;

/** An epoch over many customers, and proofs of it; beside it the hashes alone. */
public final class LiabilityLoad implements AutoCloseable {
  private static final Asset BTC = CustodyRig.BTC;
  private static final long FIRST_CUSTOMER = 1_000;
  private static final int PROOFS = 1_000;
  private static final int LEAF_BYTES = 1 + 8 + 4 + 8 + 32 + 8;
  private static final int PARENT_BYTES = 1 + 2 * (32 + 8);

  private final PostgresServer server;
  private final Database database;
  private final long accounts;
  private final Random random;
  private double firstProof;
  private double proofs;

  /** Starts a database whose balances have this many customers of one asset. */
  public LiabilityLoad(Path folder, long accounts, long seed) throws SQLException {
    this.accounts = accounts;
    this.random = new Random(seed);
    server = new PostgresServer(folder.resolve("postgres"));
    database = server.fresh();
    database
        .jooq()
        .execute(
            "insert into balances (account_id, asset_id, total, held, sequence)"
                + " select ? + g - 1, 1, g, 0, 1 from generate_series(1, ?) g",
            FIRST_CUSTOMER,
            accounts);
    database.jooq().execute("analyze");
  }

  private static Liabilities liabilities() {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 7);
    return new Liabilities(secret, new VenueAudit(), InstantSource.system());
  }

  /** Accounts a second into a committed and published epoch. */
  public double make() {
    database
        .jooq()
        .execute("truncate custody_liability_leaves, custody_liability_epochs restart identity");
    Liabilities first = liabilities();
    long start = System.nanoTime();
    Liabilities.Epoch epoch = database.jooq().transactionResult(c -> first.make(c.dsl(), BTC));
    double rate = accounts * 1e9 / (System.nanoTime() - start);
    if (epoch.leaves() != accounts || epoch.total() != accounts * (accounts + 1) / 2) {
      throw new IllegalStateException("the epoch is " + epoch);
    }
    database.jooq().transaction(c -> first.publish(c.dsl(), epoch.epoch(), BTC.id(), "bench"));
    prove(epoch);
    return rate;
  }

  /** As after a restart: nothing of the tree is in memory. */
  private void prove(Liabilities.Epoch epoch) {
    Liabilities restarted = liabilities();
    long start = System.nanoTime();
    check(prove(restarted, epoch, FIRST_CUSTOMER), epoch, 1);
    firstProof = (System.nanoTime() - start) / 1e9;
    long from = System.nanoTime();
    for (int i = 0; i < PROOFS; i++) {
      long place = random.nextLong(accounts);
      check(prove(restarted, epoch, FIRST_CUSTOMER + place), epoch, place + 1);
    }
    proofs = PROOFS * 1e9 / (System.nanoTime() - from);
  }

  private Proof prove(Liabilities liabilities, Liabilities.Epoch epoch, long account) {
    return liabilities.proof(database.jooq(), epoch.epoch(), BTC, account).orElseThrow();
  }

  private static void check(Proof proof, Liabilities.Epoch epoch, long units) {
    if (!proof.holds() || !proof.root().hex().equals(epoch.root()) || proof.units() != units) {
      throw new IllegalStateException("a proof does not hold: " + proof.json());
    }
  }

  /** Seconds until the first proof after a restart, in the last sample. */
  public double firstProof() {
    return firstProof;
  }

  /** Further proofs a second, each checked, in the last sample. */
  public double proofs() {
    return proofs;
  }

  /** Accounts a second: their salts, leaves and parents hashed, nothing else, one thread. */
  public double hashes() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    ByteBuffer name = ByteBuffer.allocate(8 + 4 + 8);
    byte[] leaf = new byte[LEAF_BYTES];
    byte[] parent = new byte[PARENT_BYTES];
    long start = System.nanoTime();
    for (long i = 0; i < accounts; i++) {
      name.putLong(12, i);
      System.arraycopy(mac.doFinal(name.array()), 0, leaf, 21, 32);
      byte[] hash = sha256.digest(leaf);
      System.arraycopy(hash, 0, parent, 1, hash.length);
      sha256.digest(parent);
    }
    return accounts * 1e9 / (System.nanoTime() - start);
  }

  @Override
  public void close() {
    database.close();
    server.close();
  }
}
