package org.fondaco.api.admin;

import java.util.List;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.fee.FeeTiers;
import org.fondaco.api.fee.Recomputation;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.identity.User;
import org.fondaco.api.json.JsonWriter;

/** Fee tiers of accounts: recomputed on demand, or fixed by hand. */
final class FeeTiersController {
  private static final int TIER_MAX = 15;

  private final FeeTiers tiers;
  private final Desk desk;

  FeeTiersController(FeeTiers tiers, Desk desk) {
    this.tiers = tiers;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    Parameter account = Parameter.inPath("account", "Account id, from 1000 on.");
    return List.of(
        Endpoint.own(
            Method.POST,
            "/admin/v1/fee-tiers/recomputation",
            Admin.TAG,
            "Give every account the fee tier of its 30-day volume now",
            Admin.ADMINISTRATORS,
            List.of(),
            desk.writing(this::recompute)),
        Endpoint.own(
            Method.PUT,
            "/admin/v1/fee-tiers/overrides/{account}",
            Admin.TAG,
            "Fix an account's fee tier, whatever it trades",
            Admin.ADMINISTRATORS,
            List.of(account, Parameter.mandatory("feeTier", Type.INT, "0 to 15.")),
            desk.writing(this::override)),
        Endpoint.own(
            Method.DELETE,
            "/admin/v1/fee-tiers/overrides/{account}",
            Admin.TAG,
            "Leave an account's fee tier to the next recomputation again",
            Admin.ADMINISTRATORS,
            List.of(account),
            desk.writing(this::lift)));
  }

  private Answer recompute(Call call, User person) {
    Recomputation done = tiers.recompute(person.name());
    JsonWriter json = new JsonWriter(512).beginObject();
    json.field("day", done.day());
    json.field("sequence", done.watermark());
    json.field("accounts", done.accounts());
    json.name("changes").beginArray();
    for (Recomputation.Change change : done.changes()) {
      json.beginObject()
          .field("account", change.account())
          .field("before", change.before())
          .field("after", change.after())
          .endObject();
    }
    return Answer.ok(json.endArray().endObject());
  }

  private Answer override(Call call, User person) {
    long account = call.parameters().whole("account", 0);
    call.parameters().mandatoryText("feeTier");
    int tier = call.parameters().wholeInt("feeTier", 0);
    if (tier < 0 || tier > TIER_MAX) {
      throw RequestErrors.invalidData("feeTier");
    }
    Desk.require(tiers.override(person.name(), account, tier));
    return Answer.ok(
        new JsonWriter(64)
            .beginObject()
            .field("account", account)
            .field("feeTier", tier)
            .field("fixed", true)
            .endObject());
  }

  private Answer lift(Call call, User person) {
    long account = call.parameters().whole("account", 0);
    boolean lifted = tiers.liftOverride(person.name(), account);
    return Answer.ok(
        new JsonWriter(64)
            .beginObject()
            .field("account", account)
            .field("lifted", lifted)
            .endObject());
  }
}
