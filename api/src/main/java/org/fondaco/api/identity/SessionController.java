package org.fondaco.api.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fondaco.api.error.Problem;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Visit;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.session.Sessions;

/**
 * Signing in and out. A wrong password and an unknown address get the same answer after the same
 * work.
 */
final class SessionController {
  private static final Parameter TOTP =
      Parameter.optional("totp", Type.STRING, "Six digits, where a second factor is set up.");
  private static final Parameter RECOVERY =
      Parameter.optional("recoveryCode", Type.STRING, "In place of totp; works once.");

  private static final Admission SIGNED_IN = Admission.everyRole().bySessionOnly();

  private final People people;

  SessionController(People people) {
    this.people = people;
  }

  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>(present());
    all.addAll(others());
    return all;
  }

  private List<Endpoint> present() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/v1/session",
            People.TAG,
            "Who is signed in, and the token that header X-XSRF-TOKEN has to repeat",
            Admission.anybody(),
            List.of(),
            people.workers().action(this::present)),
        Endpoint.own(
            Method.POST,
            "/v1/session",
            People.TAG,
            "Sign in; the session's id is always a new one",
            Admission.anybody(),
            List.of(
                Parameter.mandatory("email", Type.STRING, ""),
                Parameter.mandatory("password", Type.STRING, ""),
                TOTP,
                RECOVERY),
            people.workers().action(this::signIn)),
        Endpoint.own(
            Method.PUT,
            "/v1/session",
            People.TAG,
            "Prove again who you are, as some acts want it",
            SIGNED_IN,
            List.of(Parameter.mandatory("password", Type.STRING, ""), TOTP, RECOVERY),
            people.workers().action(this::prove)),
        Endpoint.own(
            Method.DELETE,
            "/v1/session",
            People.TAG,
            "Sign out",
            SIGNED_IN,
            List.of(),
            people.workers().action(this::signOut)));
  }

  private List<Endpoint> others() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/v1/sessions",
            People.TAG,
            "Your sessions, oldest first",
            SIGNED_IN,
            List.of(),
            people.workers().action(this::list)),
        Endpoint.own(
            Method.DELETE,
            "/v1/sessions",
            People.TAG,
            "End all your other sessions",
            SIGNED_IN,
            List.of(),
            people.workers().action(this::endOthers)),
        Endpoint.own(
            Method.DELETE,
            "/v1/sessions/{session}",
            People.TAG,
            "End one of your sessions",
            SIGNED_IN,
            List.of(Parameter.inPath("session", "Its name, as listed.")),
            people.workers().action(this::endOne)));
  }

  private Answer present(Call call) {
    Visit visit = call.visit();
    JsonWriter json = new JsonWriter(256).beginObject();
    json.field("signedIn", visit.session() != null);
    json.field("csrfToken", visit.csrfToken());
    if (visit.session() != null) {
      describe(json, call, people.user(call));
    }
    return Answer.ok(json.endObject());
  }

  private Answer signIn(Call call) {
    String email = call.parameters().mandatoryText("email").toLowerCase(Locale.ROOT);
    String password = call.parameters().mandatoryText("password");
    Visit visit = call.visit();
    Attempts.Attempt attempt = people.attempts().take(email, visit.address());
    Users.Secret secret = people.users().byEmail(email);
    boolean right = people.passwords().matches(password, secret);
    Optional<User> user =
        secret == null ? Optional.empty() : people.users().reload(secret.userId());
    if (!right || user.isEmpty()) {
      String actor = user.map(User::name).orElse(SecurityAudit.NOBODY);
      people.audit().note(actor, "session.refused", "address", visit.address());
      throw Problem.WRONG_CREDENTIALS.exception();
    }
    if (user.get().locked()) {
      people.audit().note(user.get().name(), "session.refused", "address", visit.address());
      throw Problem.LOCKED.exception();
    }
    boolean second = people.secondFactors().require(user.get(), call, attempt);
    people.attempts().giveBack(attempt);
    return begin(call, user.get(), second, second ? "password and second factor" : "password");
  }

  /** Begins a session for somebody who has proven it. */
  Answer begin(Call call, User user, boolean second, String by) {
    Visit visit = call.visit();
    people.audit().note(user.name(), "session.begin", "address", visit.address(), "by", by);
    visit.begin(user.userId(), second);
    JsonWriter json = new JsonWriter(256).beginObject();
    json.field("signedIn", true).field("csrfToken", visit.csrfToken());
    describe(json, call, user);
    return Answer.ok(json.endObject());
  }

  private Answer prove(Call call) {
    String password = call.parameters().mandatoryText("password");
    User user = people.user(call);
    Attempts.Attempt attempt = people.attempt(call, user);
    if (!people.passwords().matches(password, people.users().secret(user.userId()))) {
      people.audit().note(user.name(), "session.refused", "address", call.visit().address());
      throw Problem.WRONG_CREDENTIALS.exception();
    }
    boolean second = people.secondFactors().require(user, call, attempt);
    people.attempts().giveBack(attempt);
    return begin(call, user, second, "proof again");
  }

  private Answer signOut(Call call) {
    people.audit().note(people.user(call).name(), "session.end");
    call.visit().end();
    return Answer.ok(
        new JsonWriter(96)
            .beginObject()
            .field("signedIn", false)
            .field("csrfToken", call.visit().csrfToken())
            .endObject());
  }

  private Answer list(Call call) {
    String present = call.visit().session();
    JsonWriter json = new JsonWriter(512).beginArray();
    for (Sessions.Summary session : people.sessions().of(call.identity().userId())) {
      json.beginObject();
      json.field("session", session.name());
      json.field("present", session.name().equals(present));
      call.time(json, "began", session.beganMicros());
      call.time(json, "lastUsed", session.usedMicros());
      json.field("address", session.address());
      json.field("agent", session.agent());
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private Answer endOthers(Call call) {
    int ended = people.sessions().endAll(call.identity().userId(), call.visit().session());
    people.audit().note(people.user(call).name(), "session.end", "others", "" + ended);
    return Answer.ok(new JsonWriter(32).beginObject().field("ended", ended).endObject());
  }

  private Answer endOne(Call call) {
    String name = call.parameters().mandatoryText("session");
    if (name.equals(call.visit().session())) {
      return signOut(call);
    }
    if (!people.sessions().end(call.identity().userId(), name)) {
      throw Problem.NOT_FOUND.exception();
    }
    people.audit().note(people.user(call).name(), "session.end", "session", name);
    return Answer.ok(new JsonWriter(32).beginObject().field("ended", 1).endObject());
  }

  private static void describe(JsonWriter json, Call call, User user) {
    Visit visit = call.visit();
    String session = visit.session();
    if (session != null) {
      json.field("session", session);
    }
    json.field("secondFactor", visit.secondFactor());
    call.time(json, "proven", visit.provenMicros());
    json.name("user").beginObject();
    UserJson.fields(json, user).endObject();
  }
}
