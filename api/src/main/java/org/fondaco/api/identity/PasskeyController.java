package org.fondaco.api.identity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.db.schema.tables.records.PasskeysRecord;

/** Signing in without a password, and the passkeys that can. */
final class PasskeyController {
  private static final String TAG = "Passkeys";
  private static final int LABEL_LENGTH_MAX = 64;
  private static final Admission SIGNED_IN = Admission.everyRole().bySessionOnly();
  private static final Parameter CEREMONY =
      Parameter.mandatory("ceremony", Type.STRING, "As the options came with; answered once.");

  private final People people;
  private final SessionController sessions;

  PasskeyController(People people, SessionController sessions) {
    this.people = people;
    this.sessions = sessions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.POST,
            "/v1/session/passkey/options",
            TAG,
            "What to ask navigator.credentials.get for, to sign in",
            Admission.anybody(),
            List.of(),
            people.workers().action(call -> question(people.passkeys().askToSignIn()))),
        Endpoint.own(
            Method.POST,
            "/v1/session/passkey",
            TAG,
            "Sign in with a passkey; counts as two factors",
            Admission.anybody(),
            List.of(
                CEREMONY,
                Parameter.mandatory("credential", Type.JSON, "What the browser returned.")),
            people.workers().action(this::signIn)),
        Endpoint.own(
            Method.GET,
            "/v1/passkeys",
            TAG,
            "Your passkeys, oldest first",
            SIGNED_IN,
            List.of(),
            people.workers().action(this::list)),
        Endpoint.own(
            Method.POST,
            "/v1/passkeys/options",
            TAG,
            "What to ask navigator.credentials.create for",
            SIGNED_IN,
            List.of(),
            people.workers().action(this::askToRegister)),
        Endpoint.own(
            Method.POST,
            "/v1/passkeys",
            TAG,
            "Add the passkey that the browser has made",
            SIGNED_IN,
            List.of(
                CEREMONY,
                Parameter.mandatory("label", Type.STRING, "At most 64 characters."),
                Parameter.mandatory("credential", Type.JSON, "What the browser returned.")),
            people.workers().action(this::register)),
        Endpoint.own(
            Method.DELETE,
            "/v1/passkeys/{passkey}",
            TAG,
            "Remove one of your passkeys",
            SIGNED_IN,
            List.of(Parameter.inPath("passkey", "Its id, as listed.")),
            people.workers().action(this::remove)));
  }

  private static Answer question(Passkeys.Question question) {
    return Answer.ok(
        new JsonWriter(1_024)
            .beginObject()
            .field("ceremony", question.ceremony())
            .name("publicKey")
            .json(question.options())
            .endObject());
  }

  private Answer signIn(Call call) {
    String ceremony = call.parameters().mandatoryText("ceremony");
    String credential = call.parameters().mandatoryText("credential");
    String address = call.visit().address();
    Attempts.Attempt attempt = people.attempts().take("passkeys from " + address, address);
    long userId;
    try {
      userId = people.passkeys().signIn(ceremony, credential);
    } catch (org.fondaco.api.error.ApiException e) {
      people.audit().note(SecurityAudit.NOBODY, "passkey.refused", "address", address);
      throw e;
    }
    User user = people.users().reload(userId).orElseThrow(Problem.WRONG_PASSKEY::exception);
    if (user.locked()) {
      people.audit().note(user.name(), "session.refused", "address", address);
      throw Problem.LOCKED.exception();
    }
    people.attempts().giveBack(attempt);
    return sessions.begin(call, user, true, "passkey");
  }

  private Answer askToRegister(Call call) {
    people.requireRecentProof(call);
    return question(people.passkeys().askToRegister(people.user(call)));
  }

  private Answer register(Call call) {
    String ceremony = call.parameters().mandatoryText("ceremony");
    String label = call.parameters().mandatoryText("label");
    String credential = call.parameters().mandatoryText("credential");
    if (label.length() > LABEL_LENGTH_MAX) {
      throw RequestErrors.invalidData("label");
    }
    User user = people.user(call);
    people.passkeys().register(user, ceremony, label, credential);
    people.audit().note(user.name(), "passkey.added", "label", label);
    return new Answer(
        201, new JsonWriter(64).beginObject().field("label", label).endObject(), null);
  }

  private Answer list(Call call) {
    JsonWriter json = new JsonWriter(512).beginArray();
    for (PasskeysRecord row : people.passkeyRows().of(call.identity().userId())) {
      json.beginObject();
      json.field(
          "passkey", Base64.getUrlEncoder().withoutPadding().encodeToString(row.getCredentialId()));
      json.field("label", row.getLabel());
      call.time(json, "created", micros(row.getCreatedAt().toInstant()));
      call.time(json, "lastUsed", micros(row.getLastUsedAt().toInstant()));
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private Answer remove(Call call) {
    people.requireRecentProof(call);
    User user = people.user(call);
    byte[] id;
    try {
      id = Base64.getUrlDecoder().decode(call.parameters().mandatoryText("passkey"));
    } catch (IllegalArgumentException e) {
      throw Problem.NOT_FOUND.exception();
    }
    if (!people.passkeyRows().delete(user.userId(), id)) {
      throw Problem.NOT_FOUND.exception();
    }
    people.audit().note(user.name(), "passkey.removed");
    return Answer.ok(new JsonWriter(32).beginObject().field("removed", true).endObject());
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
