package org.fondaco.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.db.schema.Tables.AUDIT_LOG;

import java.nio.file.Path;
import org.fondaco.db.Database;
import org.fondaco.db.DatabaseConfig;
import org.jooq.JSONB;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

  @TempDir Path folder;

  @Test
  void chainsRowsAndTellsWhichOneWasTouched() {
    try (Database database = Database.start(new DatabaseConfig.Embedded(folder, 0))) {
      AuditLog log = new AuditLog(database.jooq());
      assertThat(log.firstBroken()).isEmpty();
      log.append("demo", "venue.control", JSONB.valueOf("{\"b\": 1,   \"a\": [1.50, \"ü\"]}"));
      log.append("alice", "key.made", JSONB.valueOf("{}"));
      database
          .jooq()
          .transaction(configuration -> {
            AuditLog.append(configuration.dsl(), "bob", "one", JSONB.valueOf("null"));
            AuditLog.append(configuration.dsl(), "bob", "two", JSONB.valueOf("[]"));
          });
      assertThat(database.jooq().fetchCount(AUDIT_LOG)).isEqualTo(4);
      assertThat(log.firstBroken()).isEmpty();

      assertThatThrownBy(() -> database.jooq().execute("update audit_log set actor = 'eve'"))
          .isInstanceOf(DataAccessException.class);
      // An owner of the database can switch the trigger off, but not make the hashes right.
      database.jooq().execute("alter table audit_log disable trigger audit_log_append_only");
      database.jooq().execute("update audit_log set actor = 'eve' where seq = 3");
      assertThat(log.firstBroken()).hasValue(3);
      database.jooq().execute("delete from audit_log where seq = 2");
      assertThat(log.firstBroken()).hasValue(2);
    }
  }
}
