package org.fondaco.custody.leader;

import static org.fondaco.db.schema.Tables.CUSTODY_LEADER;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Leadership of custody in a database: an advisory lock that PostgreSQL gives back when its holder
 * dies, and an epoch for holders that died without noticing it. Thread-safe.
 */
public final class Leadership implements Transactions, AutoCloseable {
  /** "fondaco:custody", cut to 63 bits; the same in every version for ever. */
  private static final long LOCK = 0x66_6f_6e_64_63_75_73_74L;

  /** "fondaco:epoch", cut to 63 bits: shared by a leader's transactions, whole for a successor. */
  private static final long EPOCH_LOCK = 0x66_6f_6e_64_65_70_6f_63L;

  private static final int ANSWER_SECONDS_MAX = 5;

  private final DataSource source;
  private final DSLContext database;
  private final long epoch;
  private @Nullable Connection lock;
  private boolean closed;

  private Leadership(DataSource source, DSLContext database, Connection lock, long epoch) {
    this.source = source;
    this.database = database;
    this.lock = lock;
    this.epoch = epoch;
  }

  /**
   * Takes the lead if nobody has it.
   *
   * @param source of connections; one is kept as long as this leads
   * @param holder for people: host and process
   */
  public static Optional<Leadership> take(
      DataSource source, DSLContext database, String holder, InstantSource clock) {
    Connection connection = null;
    try {
      connection = source.getConnection();
      if (!locked(connection)) {
        connection.close();
        return Optional.empty();
      }
      long epoch = database.transactionResult(c -> nextEpoch(c.dsl(), holder, clock));
      return Optional.of(new Leadership(source, database, connection, epoch));
    } catch (SQLException | RuntimeException e) {
      closeQuietly(connection);
      throw new IllegalStateException("custody cannot take the lead", e);
    }
  }

  private static boolean locked(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(1, LOCK);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  private static long nextEpoch(DSLContext t, String holder, InstantSource clock) {
    t.fetch("select pg_advisory_xact_lock({0})", DSL.val(EPOCH_LOCK));
    Long last =
        t.select(CUSTODY_LEADER.EPOCH)
            .from(CUSTODY_LEADER)
            .forUpdate()
            .fetchOne(CUSTODY_LEADER.EPOCH);
    long next = last == null ? 1 : last + 1;
    t.deleteFrom(CUSTODY_LEADER).execute();
    t.insertInto(CUSTODY_LEADER)
        .set(CUSTODY_LEADER.SINGLETON, true)
        .set(CUSTODY_LEADER.EPOCH, next)
        .set(CUSTODY_LEADER.HOLDER, holder)
        .set(CUSTODY_LEADER.SINCE, clock.instant().atOffset(ZoneOffset.UTC))
        .execute();
    return next;
  }

  @Override
  public <T extends @Nullable Object> T result(Function<DSLContext, T> step) {
    return database.transactionResult(configuration -> {
      DSLContext transaction = configuration.dsl();
      // Holds off a successor's epoch until this commit. A row lock would do the same, and make
      // every reading transaction write and wait for the disk.
      transaction.fetch("select pg_advisory_xact_lock_shared({0})", DSL.val(EPOCH_LOCK));
      Long now =
          transaction
              .select(CUSTODY_LEADER.EPOCH)
              .from(CUSTODY_LEADER)
              .fetchOne(CUSTODY_LEADER.EPOCH);
      if (now == null || now != epoch) {
        throw new LeadershipLost("custody epoch " + epoch + " has ended, now is " + now);
      }
      return step.apply(transaction);
    });
  }

  /** How often the lead has been taken, this time included. */
  public long epoch() {
    return epoch;
  }

  /**
   * Takes the lock again if its connection has died, as it does with a database that is started
   * again. Until then the epoch alone keeps others from writing together with this one.
   *
   * @return whether it was taken again
   * @throws LeadershipLost when another process leads
   */
  public synchronized boolean keep() {
    if (closed || isHeld()) {
      return false;
    }
    closeQuietly(lock);
    lock = null;
    Connection connection = null;
    try {
      connection = source.getConnection();
      if (locked(connection)) {
        lock = connection;
      } else {
        // Another's, or our own dead connection's that the server has not missed yet.
        connection.close();
      }
    } catch (SQLException e) {
      closeQuietly(connection);
      throw new IllegalStateException("custody cannot take its lock again", e);
    }
    run(t -> {});
    return lock != null;
  }

  private boolean isHeld() {
    try {
      return lock != null && lock.isValid(ANSWER_SECONDS_MAX);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Gives the lead back. */
  @Override
  public synchronized void close() {
    closed = true;
    if (lock == null) {
      return;
    }
    try (PreparedStatement statement = lock.prepareStatement("select pg_advisory_unlock(?)")) {
      statement.setLong(1, LOCK);
      statement.execute();
    } catch (SQLException e) {
      // The connection is gone, and the lock with it.
    } finally {
      closeQuietly(lock);
    }
  }

  private static void closeQuietly(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // It is of no use any more either way.
    }
  }
}
