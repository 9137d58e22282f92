package org.fondaco.custody.simulation;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.fondaco.custody.leader.Transactions;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the points at which the process may die: before and after each commit, signature, send,
 * and command to the ledger. It dies at the point whose number it was given.
 */
final class Deaths implements Transactions {
  private @Nullable Transactions lead;
  private @Nullable List<Long> writing;
  private long passed;
  private long at = Long.MAX_VALUE;
  private long died;

  /** kill -9. */
  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1;

    Death(long point) {
      super("died at point " + point);
    }
  }

  /** A new process leads. */
  void lead(Transactions now) {
    lead = now;
  }

  /** Dies at the so-many-th point from now; 0 = at none. */
  void after(long points) {
    at = points == 0 ? Long.MAX_VALUE : passed + points;
  }

  /** Dies at the point with this number. */
  void at(long point) {
    at = point;
  }

  /** Notes from now on the points before and after commits that change something. */
  void record(List<Long> points) {
    writing = points;
  }

  long died() {
    return died;
  }

  long passed() {
    return passed;
  }

  void point() {
    passed++;
    if (passed == at) {
      died++;
      at = Long.MAX_VALUE;
      throw new Death(passed);
    }
  }

  /** A point that is worth dying at, as a commit that changes something is. */
  void worthyPoint() {
    if (writing != null) {
      writing.add(passed + 1);
    }
    point();
  }

  @Override
  public <T extends @Nullable Object> T result(Function<DSLContext, T> step) {
    if (lead == null) {
      throw new IllegalStateException("no process leads");
    }
    Changes changes = new Changes();
    T result =
        lead.result(t -> {
          T made = step.apply(writing == null ? t : changes.watch(t));
          pass(changes);
          return made;
        });
    pass(changes);
    return result;
  }

  private void pass(Changes changes) {
    if (changes.any) {
      worthyPoint();
    } else {
      point();
    }
  }

  /** Whether a transaction changes something. */
  private static final class Changes implements ExecuteListener {
    private static final long serialVersionUID = 1;
    private boolean any;

    DSLContext watch(DSLContext t) {
      return DSL.using(t.configuration().derive(new DefaultExecuteListenerProvider(this)));
    }

    @Override
    public void executeStart(ExecuteContext context) {
      String sql = String.valueOf(context.sql()).toLowerCase(Locale.ROOT);
      any |= sql.startsWith("insert") || sql.startsWith("update") || sql.startsWith("delete");
    }
  }
}
