package org.fondaco.custody.audit;

import org.jooq.DSLContext;

/** The venue's audit log: append-only and hash-chained. */
public interface AuditPort {

  /**
   * Appends a row in the caller's transaction.
   *
   * @param actor a person's name, or "custody"
   * @param action for example withdrawal.approved
   * @param detail a JSON object
   */
  void append(DSLContext transaction, String actor, String action, String detail);
}
