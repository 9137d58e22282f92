package org.fondaco.custody.leader;

import java.util.Random;
import java.util.function.Function;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that die now and then, just before a commit or just after it. Commits are not
 * synced, which no test that outlives its process may rely on.
 */
public final class CrashingTransactions implements Transactions {
  private final DSLContext sql;
  private final Random random;
  private int oneIn;

  /** The process is dead; everything in memory is lost. */
  public static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  public CrashingTransactions(Database database, Random random) {
    this.sql = database.jooq();
    this.random = random;
  }

  /** From now on one commit of so many dies; 0 = none. */
  public void crashOneIn(int commits) {
    oneIn = commits;
  }

  @Override
  public <T extends @Nullable Object> T result(Function<DSLContext, T> step) {
    boolean crash = oneIn > 0 && random.nextInt(oneIn) == 0;
    boolean before = crash && random.nextBoolean();
    T result =
        sql.transactionResult(configuration -> {
          DSLContext transaction = configuration.dsl();
          transaction.execute("set local synchronous_commit = off");
          T value = step.apply(transaction);
          if (before) {
            throw new Crash();
          }
          return value;
        });
    if (crash) {
      throw new Crash();
    }
    return result;
  }
}
