package org.fondaco.api.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.api.fee.FeeTiers;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Workers;
import org.fondaco.api.identity.Users;
import org.fondaco.api.security.Role;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.custody.Custody;
import org.fondaco.custody.liability.Disclosures;
import org.fondaco.engine.readmodel.ReadModel;
import org.jooq.DSLContext;

/** The door of this package: control of the venue below {@code /admin/v1}. */
public final class Admin {
  static final String TAG = "Venue control";

  /** Changes to what can be traded and to accounts. */
  static final Admission ADMINISTRATORS = Admission.of(Role.ADMINISTRATOR);

  /** The market's switches. */
  static final Admission OPERATORS = Admission.of(Role.OPERATOR, Role.ADMINISTRATOR);

  /** What only reads. */
  static final Admission READERS = Admission.of(Role.AUDITOR, Role.OPERATOR, Role.ADMINISTRATOR);

  private final List<Endpoint> endpoints;

  /**
   * @param users name who asks
   * @param approval how long a proposal waits for a second person
   * @param custody of real coins, if there is any
   * @param disclosures of what is owed, where there is custody
   */
  public Admin(
      VenueControl control,
      ReadModel readModel,
      Markets markets,
      DSLContext database,
      EngineState engine,
      Users users,
      FeeTiers feeTiers,
      Duration approval,
      Optional<Custody> custody,
      Optional<Disclosures> disclosures,
      Workers workers) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    Desk desk = new Desk(users, new Repetitions(now), workers);
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new CatalogueController(control, markets, feeTiers, desk).endpoints());
    all.addAll(new AccountsController(control, readModel, feeTiers, desk).endpoints());
    all.addAll(new FeeTiersController(feeTiers, desk).endpoints());
    all.addAll(new KillController(control, new AuditLog(database), desk).endpoints());
    all.addAll(new StatusController(readModel, engine, database, desk).endpoints());
    all.addAll(
        new AdjustmentsController(
                new Adjustments(database, control, Clock.systemUTC()),
                readModel,
                markets,
                desk,
                approval)
            .endpoints());
    all.addAll(new CustodyController(custody, database, desk).endpoints());
    all.addAll(new ChainsController(custody, database, desk).endpoints());
    all.addAll(new PolicyController(custody, readModel, database, desk).endpoints());
    all.addAll(new ReconciliationController(custody, database, desk).endpoints());
    all.addAll(new MovementsController(custody, database, desk).endpoints());
    all.addAll(new ColdController(custody, database, desk).endpoints());
    all.addAll(new LiabilityController(custody, disclosures, desk).endpoints());
    endpoints = List.copyOf(all);
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }
}
