package org.fondaco.api.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.error.Problem;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.engine.protocol.EngineEvent.AccountChanged;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.EngineEvent.BalanceChanged;

/** What a person sees and changes of its own. */
final class PersonController {
  private final People people;

  PersonController(People people) {
    this.people = people;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/v1/account",
            People.TAG,
            "Who you are, and the state of your account",
            Admission.everyRole(),
            List.of(),
            people.workers().action(this::account)),
        Endpoint.own(
            Method.GET,
            "/v1/balances",
            People.TAG,
            "What your account has: free to use, and held by orders",
            Admission.everyRole(),
            List.of(),
            people.workers().action(this::balances)),
        Endpoint.own(
            Method.PUT,
            "/v1/password",
            People.TAG,
            "Change your password; all your other sessions end, and this one's id changes",
            Admission.everyRole().bySessionOnly(),
            List.of(
                Parameter.mandatory("password", Type.STRING, "The present one."),
                Parameter.mandatory("newPassword", Type.STRING, "12 to 128 characters.")),
            people.workers().action(this::changePassword)));
  }

  private Answer account(Call call) {
    User user = people.user(call);
    JsonWriter json = UserJson.fields(new JsonWriter(384).beginObject(), user);
    AccountChanged account = people.readModel().account(call.account()).orElse(null);
    if (account != null) {
      json.field("tradingEnabled", account.tradingEnabled());
      json.field("killed", account.killed());
      json.field("feeTier", account.feeTier());
    }
    return Answer.ok(json.endObject());
  }

  private Answer balances(Call call) {
    Map<Integer, AssetChanged> assets = new HashMap<>();
    people.readModel().assets().forEach(asset -> assets.put(asset.asset(), asset));
    JsonWriter json = new JsonWriter(512).beginArray();
    for (BalanceChanged balance : people.readModel().balances(call.account())) {
      AssetChanged asset = assets.get(balance.asset());
      if (asset != null) {
        json.beginObject();
        json.field("asset", asset.code());
        json.field("free", balance.total() - balance.held(), asset.scale());
        json.field("held", balance.held(), asset.scale());
        json.field("total", balance.total(), asset.scale());
        json.endObject();
      }
    }
    return Answer.ok(json.endArray());
  }

  private Answer changePassword(Call call) {
    String present = call.parameters().mandatoryText("password");
    String fresh = call.parameters().mandatoryText("newPassword");
    User user = people.user(call);
    Attempts.Attempt attempt = people.attempt(call, user);
    if (!people.passwords().matches(present, people.users().secret(user.userId()))) {
      people.audit().note(user.name(), "password.refused", "address", call.visit().address());
      throw Problem.WRONG_CREDENTIALS.error().about("password").exception();
    }
    people.attempts().giveBack(attempt);
    PasswordPolicy.check("newPassword", fresh, user.name(), user.email());
    String hash = people.passwords().hash(fresh);
    people
        .database()
        .transaction(configuration -> {
          Users.setPassword(configuration.dsl(), user.userId(), hash);
          SecurityAudit.note(configuration.dsl(), user.name(), "password.changed");
        });
    boolean second = call.visit().secondFactor();
    people.sessions().endAll(user.userId(), call.visit().session());
    call.visit().begin(user.userId(), second);
    return Answer.ok(
        new JsonWriter(96)
            .beginObject()
            .field("changed", true)
            .field("csrfToken", call.visit().csrfToken())
            .endObject());
  }
}
