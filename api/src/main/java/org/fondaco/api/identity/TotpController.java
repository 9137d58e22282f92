package org.fondaco.api.identity;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fondaco.api.error.Problem;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.json.JsonWriter;

/** Setting up and removing a second factor. */
final class TotpController {
  private static final String TAG = "Second factor";
  private static final Admission SIGNED_IN = Admission.everyRole().bySessionOnly();

  private final People people;

  TotpController(People people) {
    this.people = people;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/v1/totp",
            TAG,
            "Whether a second factor is set up, and how many recovery codes are left",
            SIGNED_IN,
            List.of(),
            people.workers().action(this::state)),
        Endpoint.own(
            Method.POST,
            "/v1/totp",
            TAG,
            "Begin to set up a second factor: a secret for an authenticator app, shown once",
            SIGNED_IN,
            List.of(),
            people.workers().action(this::enrol)),
        Endpoint.own(
            Method.POST,
            "/v1/totp/confirmation",
            TAG,
            "Show a code of it: from now on it is asked for, and other sessions end. Answers ten"
                + " recovery codes, shown once",
            SIGNED_IN,
            List.of(Parameter.mandatory("totp", Type.STRING, "Six digits.")),
            people.workers().action(this::confirm)),
        Endpoint.own(
            Method.DELETE,
            "/v1/totp",
            TAG,
            "Remove the second factor, proving everything once more",
            SIGNED_IN,
            List.of(
                Parameter.mandatory("password", Type.STRING, ""),
                Parameter.optional("totp", Type.STRING, "Six digits, or"),
                Parameter.optional("recoveryCode", Type.STRING, "in place of them.")),
            people.workers().action(this::remove)));
  }

  private Answer state(Call call) {
    long userId = call.identity().userId();
    return Answer.ok(
        new JsonWriter(96)
            .beginObject()
            .field("confirmed", people.secondFactors().confirmed(userId))
            .field("recoveryCodesLeft", people.secondFactors().recoveryCodesLeft(userId))
            .endObject());
  }

  private Answer enrol(Call call) {
    people.requireRecentProof(call);
    User user = people.user(call);
    String secret = Totp.base32(people.secondFactors().enrol(user));
    String label = URLEncoder.encode(user.email(), StandardCharsets.UTF_8).replace("+", "%20");
    String uri =
        "otpauth://totp/Fondaco:%s?secret=%s&issuer=Fondaco&algorithm=SHA1&digits=%d&period=%d"
            .formatted(label, secret, Totp.DIGITS, Totp.PERIOD_SECONDS);
    return new Answer(
        201,
        new JsonWriter(256).beginObject().field("secret", secret).field("uri", uri).endObject(),
        null);
  }

  private Answer confirm(Call call) {
    String code = call.parameters().mandatoryText("totp");
    User user = people.user(call);
    people.requireRecentProof(call);
    Attempts.Attempt attempt = people.attempt(call, user);
    List<String> codes = people.secondFactors().confirm(user, code);
    people.attempts().giveBack(attempt);
    people.sessions().endAll(user.userId(), call.visit().session());
    call.visit().begin(user.userId(), true);
    JsonWriter json = new JsonWriter(512).beginObject().field("confirmed", true);
    json.field("csrfToken", call.visit().csrfToken());
    json.name("recoveryCodes").beginArray();
    codes.forEach(json::value);
    return Answer.ok(json.endArray().endObject());
  }

  private Answer remove(Call call) {
    String password = call.parameters().mandatoryText("password");
    User user = people.user(call);
    Attempts.Attempt attempt = people.attempt(call, user);
    if (!people.passwords().matches(password, people.users().secret(user.userId()))) {
      throw Problem.WRONG_CREDENTIALS.exception();
    }
    if (!people.secondFactors().require(user, call, attempt)) {
      throw Problem.NOT_FOUND.exception();
    }
    people.attempts().giveBack(attempt);
    people.secondFactors().remove(user);
    people.sessions().endAll(user.userId(), call.visit().session());
    call.visit().begin(user.userId(), false);
    return Answer.ok(
        new JsonWriter(96)
            .beginObject()
            .field("confirmed", false)
            .field("csrfToken", call.visit().csrfToken())
            .endObject());
  }
}
