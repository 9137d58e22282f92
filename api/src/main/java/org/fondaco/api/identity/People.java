package org.fondaco.api.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.fondaco.api.error.Problem;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Workers;
import org.fondaco.api.limit.LimitClock;
import org.fondaco.api.limit.Sharing;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.SecretBox;
import org.fondaco.api.session.PublicOrigin;
import org.fondaco.api.session.Sessions;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.engine.readmodel.ReadModel;
import org.jooq.DSLContext;

/** The door of this package: every endpoint below {@code /v1}, and what they share. */
public final class People {
  static final String TAG = "People";

  /** Some acts want a proof that is not older than this. */
  private final DSLContext database;

  private final VenueControl control;
  private final ReadModel readModel;
  private final Users users;
  private final ApiKeys keys;
  private final Sessions sessions;
  private final Workers workers;
  private final IdentitySettings settings;
  private final Passwords passwords = new Passwords();
  private final SecurityAudit audit;
  private final Attempts attempts;
  private final SecondFactors secondFactors;
  private final PasskeyRows passkeyRows;
  private final Passkeys passkeys;

  public People(
      DSLContext database,
      VenueControl control,
      ReadModel readModel,
      Users users,
      ApiKeys keys,
      Sessions sessions,
      SecretBox secrets,
      Workers workers,
      IdentitySettings settings,
      Sharing sharing,
      Supplier<PublicOrigin> origin) {
    this.database = database;
    this.control = control;
    this.readModel = readModel;
    this.users = users;
    this.keys = keys;
    this.sessions = sessions;
    this.workers = workers;
    this.settings = settings;
    this.audit = new SecurityAudit(database);
    this.attempts = new Attempts(settings, LimitClock.SYSTEM, sharing);
    this.secondFactors = new SecondFactors(database, secrets, audit, attempts);
    this.passkeyRows = new PasskeyRows(database);
    this.passkeys = new Passkeys(passkeyRows, origin);
    users.all().stream().filter(User::locked).forEach(user -> keys.suspend(user.userId()));
  }

  public List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new RegistrationController(this).endpoints());
    SessionController sessionController = new SessionController(this);
    all.addAll(sessionController.endpoints());
    all.addAll(new PasskeyController(this, sessionController).endpoints());
    all.addAll(new PersonController(this).endpoints());
    all.addAll(new TotpController(this).endpoints());
    all.addAll(new KeysController(this).endpoints());
    all.addAll(new UsersController(this).endpoints());
    return List.copyOf(all);
  }

  /** The user who asks. */
  User user(Call call) {
    return users.find(call.identity().userId()).orElseThrow(Problem.SIGN_IN_REQUIRED::exception);
  }

  /** Counts an attempt of somebody who is signed in at a secret of its own. */
  Attempts.Attempt attempt(Call call, User user) {
    return attempts.take(user.email().toLowerCase(Locale.ROOT), call.visit().address());
  }

  /**
   * @throws org.fondaco.api.error.ApiException -8007 when the session's last proof is too old
   */
  void requireRecentProof(Call call) {
    call.visit().requireRecentProof();
  }

  DSLContext database() {
    return database;
  }

  VenueControl control() {
    return control;
  }

  ReadModel readModel() {
    return readModel;
  }

  Users users() {
    return users;
  }

  ApiKeys keys() {
    return keys;
  }

  Sessions sessions() {
    return sessions;
  }

  Workers workers() {
    return workers;
  }

  IdentitySettings settings() {
    return settings;
  }

  Passwords passwords() {
    return passwords;
  }

  SecurityAudit audit() {
    return audit;
  }

  Attempts attempts() {
    return attempts;
  }

  PasskeyRows passkeyRows() {
    return passkeyRows;
  }

  Passkeys passkeys() {
    return passkeys;
  }

  SecondFactors secondFactors() {
    return secondFactors;
  }
}
