package org.fondaco.api.identity;

import org.fondaco.api.audit.AuditLog;
import org.fondaco.api.json.JsonWriter;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/** Notes what bears on security in the audit log. Nothing here is a secret. */
final class SecurityAudit {
  static final String NOBODY = "anonymous";

  private final AuditLog log;

  SecurityAudit(DSLContext database) {
    this.log = new AuditLog(database);
  }

  /**
   * Appends a row.
   *
   * @param actor user name
   * @param action for example {@code session.begin}
   * @param detail name, value, …
   */
  void note(String actor, String action, String... detail) {
    log.append(actor, action, json(detail));
  }

  /** As {@link #note}, in the caller's transaction. */
  static void note(DSLContext transaction, String actor, String action, String... detail) {
    AuditLog.append(transaction, actor, action, json(detail));
  }

  private static JSONB json(String... detail) {
    JsonWriter json = new JsonWriter(128).beginObject();
    for (int i = 0; i < detail.length; i += 2) {
      json.field(detail[i], detail[i + 1]);
    }
    return JSONB.valueOf(json.endObject().toString());
  }
}
