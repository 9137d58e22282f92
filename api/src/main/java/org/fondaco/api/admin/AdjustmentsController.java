package org.fondaco.api.admin;

import java.time.Duration;
import java.util.List;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.identity.User;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.number.Decimals;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * Changes to the ledger by hand, under four eyes: one administrator proposes, another one approves
 * or rejects; whoever proposed may only withdraw.
 */
final class AdjustmentsController {
  private static final int ROWS_INITIAL = 100;
  private static final int ROWS_MAX = 1_000;
  private static final int REASON_LENGTH_MAX = 500;
  private static final Parameter ID = Parameter.inPath("id", "Of the adjustment.");

  private final Adjustments adjustments;
  private final ReadModel readModel;
  private final Markets markets;
  private final Desk desk;
  private final Duration approval;

  AdjustmentsController(
      Adjustments adjustments, ReadModel readModel, Markets markets, Desk desk, Duration approval) {
    this.adjustments = adjustments;
    this.readModel = readModel;
    this.markets = markets;
    this.desk = desk;
    this.approval = approval;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.POST,
            "/admin/v1/adjustments",
            Admin.TAG,
            "Propose to credit an account with test funds, or to take them away; another"
                + " administrator has to approve",
            Admin.ADMINISTRATORS,
            List.of(
                Parameter.mandatory("account", Type.LONG, "Account id."),
                Parameter.mandatory("asset", Type.STRING, "Its code."),
                Parameter.mandatory(
                    "amount", Type.SIGNED_DECIMAL, "With a minus sign it is taken away."),
                Parameter.mandatory("reason", Type.STRING, "At most 500 characters.")),
            desk.writing(this::propose)),
        Endpoint.own(
            Method.GET,
            "/admin/v1/adjustments",
            Admin.TAG,
            "Proposals and what became of them, oldest first",
            Admin.READERS,
            List.of(
                Parameter.optional("fromId", Type.LONG, "First one, default 1."),
                Parameter.choice(
                    "state", AdjustmentState.class, false, "Only those in this state."),
                Parameter.optional("limit", Type.INT, "Default 100, at most 1000.")),
            desk.reading(this::list)),
        Endpoint.own(
            Method.GET,
            "/admin/v1/adjustments/{id}",
            Admin.TAG,
            "One adjustment",
            Admin.READERS,
            List.of(ID),
            desk.reading((call, _) -> answer(200, call, adjustments.find(id(call))))),
        Endpoint.own(
            Method.POST,
            "/admin/v1/adjustments/{id}/approval",
            Admin.TAG,
            "Approve what another administrator proposed; it is executed once",
            Admin.ADMINISTRATORS,
            List.of(ID),
            desk.writing(this::approve)),
        Endpoint.own(
            Method.POST,
            "/admin/v1/adjustments/{id}/rejection",
            Admin.TAG,
            "Reject what another administrator proposed, or withdraw your own proposal",
            Admin.ADMINISTRATORS,
            List.of(ID),
            desk.writing(
                (call, person) -> answer(200, call, adjustments.reject(id(call), person)))));
  }

  private Answer propose(Call call, User person) {
    Parameters sent = call.parameters();
    sent.mandatoryText("account");
    long account = sent.whole("account", 0);
    AssetChanged asset = asset(sent.mandatoryText("asset"));
    String text = sent.mandatoryText("amount");
    String reason = sent.mandatoryText("reason").strip();
    boolean takesAway = text.startsWith("-");
    long size = Decimals.units("amount", takesAway ? text.substring(1) : text, asset.scale());
    if (size == 0) {
      throw RequestErrors.invalidData("amount");
    }
    if (reason.isEmpty() || reason.length() > REASON_LENGTH_MAX) {
      throw RequestErrors.invalidData("reason");
    }
    if (readModel.account(account).isEmpty()) {
      throw Problem.NOT_FOUND.error("There is no such account.").about("account").exception();
    }
    return answer(
        202,
        call,
        adjustments.propose(
            person,
            new Adjustments.Proposal(account, asset.asset(), takesAway ? -size : size, reason),
            approval));
  }

  private Answer approve(Call call, User person) {
    Adjustment done = adjustments.approve(id(call), person);
    if (done.state() == AdjustmentState.REFUSED) {
      ApiError refusal =
          Problem.CONFLICT.error("Approved, but the engine refused it: " + done.refusal() + ".");
      throw refusal.exception();
    }
    return answer(200, call, done);
  }

  private Answer list(Call call, User person) {
    Parameters sent = call.parameters();
    int limit = sent.wholeInt("limit", ROWS_INITIAL);
    if (limit < 1 || limit > ROWS_MAX) {
      throw RequestErrors.invalidData("limit");
    }
    JsonWriter json = new JsonWriter(1_024).beginArray();
    for (Adjustment adjustment :
        adjustments.from(
            sent.whole("fromId", 1), sent.choice("state", AdjustmentState.values()), limit)) {
      write(json, call, adjustment);
    }
    return Answer.ok(json.endArray());
  }

  private Answer answer(int status, Call call, Adjustment adjustment) {
    JsonWriter json = new JsonWriter(512);
    write(json, call, adjustment);
    return new Answer(status, json, null);
  }

  private void write(JsonWriter json, Call call, Adjustment adjustment) {
    AssetChanged asset =
        markets.assets().stream()
            .filter(known -> known.asset() == adjustment.asset())
            .findFirst()
            .orElseThrow();
    json.beginObject();
    json.field("id", adjustment.id());
    json.field("state", adjustment.state().name());
    json.field("account", adjustment.account());
    json.field("asset", asset.code());
    json.field("amount", adjustment.amount(), asset.scale());
    json.field("reason", adjustment.reason());
    json.field("proposedBy", adjustment.proposedBy());
    call.time(json, "proposed", adjustment.proposedMicros());
    call.time(json, "expires", adjustment.expiresMicros());
    if (!adjustment.decidedBy().isEmpty()) {
      json.field("decidedBy", adjustment.decidedBy());
      call.time(json, "decided", adjustment.decidedMicros());
    }
    if (adjustment.state() == AdjustmentState.REFUSED) {
      json.field("refusal", adjustment.refusal());
    }
    json.endObject();
  }

  private AssetChanged asset(String code) {
    return markets.assets().stream()
        .filter(known -> known.code().equals(code))
        .findFirst()
        .orElseThrow(() -> RequestErrors.invalidData("asset"));
  }

  private static long id(Call call) {
    return Decimals.whole("id", call.parameters().mandatoryText("id"));
  }
}
