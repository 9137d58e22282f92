package org.fondaco.custody.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.Optional;
import org.fondaco.db.Database;
import org.junit.jupiter.api.Test;

/** What becomes of the lead when its connection dies. */
class LeadershipTest {
  private final Database database = TestDatabase.empty();

  @Test
  void theLockIsTakenAgainWhenItsConnectionDied() {
    try (Leadership lead = TestDatabase.lead(database)) {
      assertThat(lead.keep()).as("nothing to take").isFalse();
      endTheHolder();
      assertThat(lead.keep()).isTrue();
      assertThat(lead.keep()).as("held again").isFalse();
      assertThat(take()).as("while it leads").isEmpty();
      lead.run(t -> assertThat(t.fetchCount(t.selectOne())).isEqualTo(1));
    }
    Optional<Leadership> next = take();
    assertThat(next).as("after it has been given back").isPresent();
    next.ifPresent(Leadership::close);
  }

  @Test
  void whoWasReplacedWhileHisConnectionWasDeadLearnsIt() {
    Leadership first = TestDatabase.lead(database);
    endTheHolder();
    try (Leadership second = take().orElseThrow()) {
      assertThatThrownBy(first::keep).isInstanceOf(LeadershipLost.class);
      assertThat(second.keep()).isFalse();
      second.run(t -> assertThat(t.fetchCount(t.selectOne())).isEqualTo(1));
    }
    first.close();
    assertThat(first.keep()).as("of no interest after close").isFalse();
  }

  private Optional<Leadership> take() {
    return Leadership.take(database.dataSource(), database.jooq(), "other", InstantSource.system());
  }

  private void endTheHolder() {
    assertThat(
            database
                .jooq()
                .fetch(
                    "select pg_terminate_backend(pid, 5000) from pg_locks where locktype ="
                        + " 'advisory'"))
        .hasSize(1);
  }
}
