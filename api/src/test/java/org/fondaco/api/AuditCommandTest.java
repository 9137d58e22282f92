package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.db.schema.Tables.AUDIT_LOG;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.api.config.Settings;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tampering with the audit log shows, on a venue that serves and on one that is stopped. */
class AuditCommandTest {
  @TempDir Path data;

  private AuditCommand.Report verify(String... arguments) throws Exception {
    Settings settings = Settings.of(Map.of("FONDACO_DATA", data.toString(), "FONDACO_DEMO", "off"));
    return AuditCommand.run(settings, List.of(arguments));
  }

  @Test
  void whoeverChangesOrRemovesARowIsFound() throws Exception {
    assertThatThrownBy(this::verify).hasMessageContaining("there is no venue in");
    AuditLog.Head head;
    try (TestVenue venue = TestVenue.start(data).seed()) {
      DSLContext database = venue.venue().database().jooq();
      head = new AuditLog(database).head();
      assertThat(head.seq()).isGreaterThan(10);
      AuditCommand.Report intact = verify();
      assertThat(intact.intact()).isTrue();
      assertThat(intact.text())
          .isEqualTo(
              "The audit log is intact: " + head.seq() + " rows are intact, head " + head.hash());
      assertThatThrownBy(() -> database.deleteFrom(AUDIT_LOG).execute())
          .hasMessageContaining("append-only");

      database.execute("alter table audit_log disable trigger audit_log_append_only");
      tampered(database, "update audit_log set actor = 'nobody' where seq = 4", 4);
      tampered(database, "update audit_log set detail = '{}' where seq = 5", 5);
      tampered(database, "update audit_log set at = at + interval '1 second' where seq = 6", 6);
      tampered(database, "delete from audit_log where seq = 7", 7);
      tampered(database, "delete from audit_log where seq = 1", 1);
      tampered(database, "update audit_log set seq = seq + 1000 where seq = 8", 8);
    }
    // The venue's stop has noted the head, so the loss of the last row shows as well.
    assertThat(verify("--head", head.seq() + ":" + head.hash()).intact()).isTrue();
    assertThat(Files.readString(data.resolve("audit-anchor")))
        .isEqualTo(head.seq() + " " + head.hash() + "\n");
    Files.writeString(data.resolve("audit-anchor"), (head.seq() + 1) + " " + "0".repeat(64) + "\n");
    AuditCommand.Report cut = verify();
    assertThat(cut.intact()).isFalse();
    assertThat(cut.text()).contains("BROKEN at row " + (head.seq() + 1));
    Files.delete(data.resolve("audit-anchor"));
    assertThat(verify().intact()).isTrue();
    assertThat(verify("--head", "3:" + "0".repeat(64)).text()).contains("BROKEN at row 3");
    assertThatThrownBy(() -> verify("--head", "x")).hasMessageContaining("usage");
  }

  private void tampered(DSLContext database, String statement, long row) throws Exception {
    database.execute("create table kept as select * from audit_log");
    database.execute(statement);
    AuditCommand.Report report = verify();
    assertThat(report.intact()).as(statement).isFalse();
    assertThat(report.text()).contains("BROKEN at row " + row + ":");
    database.execute("delete from audit_log");
    database.execute("insert into audit_log select * from kept");
    database.execute("drop table kept");
    assertThat(verify().intact()).isTrue();
  }
}
