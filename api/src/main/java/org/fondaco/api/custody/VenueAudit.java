package org.fondaco.api.custody;

import org.fondaco.api.audit.AuditLog;
import org.fondaco.custody.audit.AuditPort;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/** Custody's audit rows, in the venue's one hash-chained log. */
public final class VenueAudit implements AuditPort {

  @Override
  public void append(DSLContext transaction, String actor, String action, String detail) {
    AuditLog.append(transaction, actor, action, JSONB.valueOf(detail));
  }
}
