package org.fondaco.api.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.engine.readmodel.ReadModel;
import org.jooq.DSLContext;

/**
 * The door of this package: every endpoint below {@code /admin/v1}. Signed as the trader API is;
 * refused unless the key's user is an administrator or, for what only reads, an auditor. Errors are
 * problem details [RFC 9457].
 */
public final class Admin {
  static final String TAG = "Venue control";
  static final int WEIGHT = 1;

  private final List<Endpoint> endpoints;

  /**
   * @param workers runs what waits for the database or the engine
   */
  public Admin(
      VenueControl control,
      ReadModel readModel,
      Markets markets,
      DSLContext database,
      EngineState engine,
      Executor workers) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    Desk desk = new Desk(new People(database), new Repetitions(now), workers);
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new CatalogueController(control, markets, desk).endpoints());
    all.addAll(new AccountsController(control, readModel, markets, desk).endpoints());
    all.addAll(new KillController(control, new AuditLog(database), desk).endpoints());
    all.addAll(new StatusController(readModel, engine, database, desk).endpoints());
    endpoints = List.copyOf(all);
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }
}
