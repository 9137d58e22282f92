package org.fondaco.api.admin;

import static org.fondaco.db.schema.Tables.USERS;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
import org.fondaco.api.security.Role;
import org.fondaco.custody.Custody;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.policy.Policy;
import org.fondaco.custody.policy.PolicyDocument;
import org.fondaco.custody.policy.PolicyEdition;
import org.fondaco.custody.policy.PolicyException;
import org.fondaco.custody.policy.PolicyJson;
import org.fondaco.custody.policy.PolicyWriter;
import org.fondaco.custody.policy.Published;
import org.fondaco.custody.policy.Version;
import org.fondaco.custody.withdrawal.Destinations;
import org.fondaco.custody.withdrawal.WithdrawalException;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Decision;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.readmodel.ReadModel;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What may leave: the policy in force, what people propose instead, and what either would say to a
 * withdrawal (docs/adr/0050).
 */
final class PolicyController {
  private static final int ROWS_INITIAL = 20;
  private static final int ROWS_MAX = 200;
  private static final Parameter VERSION = Parameter.inPath("version", "Of the policy.");
  private static final Parameter NOTE = Parameter.optional("note", Type.STRING, "For the record.");

  private final Optional<Custody> custody;
  private final ReadModel readModel;
  private final DSLContext database;
  private final Desk desk;

  PolicyController(Optional<Custody> custody, ReadModel readModel, DSLContext database, Desk desk) {
    this.custody = custody;
    this.readModel = readModel;
    this.database = database;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/admin/v1/policy",
            Admin.TAG,
            "Documents in force, of which a withdrawal needs the yes of each, and all versions",
            Admin.READERS,
            List.of(Parameter.optional("limit", Type.INT, "Versions. Default 20, at most 200.")),
            desk.reading((call, person) -> told(call))),
        Endpoint.own(
            Method.POST,
            "/admin/v1/policy",
            Admin.TAG,
            "Propose a document: what it forbids is forbidden at once, what it allows beyond the"
                + " present waits for another administrator and 48 hours more",
            Admin.ADMINISTRATORS,
            List.of(Parameter.mandatory("document", Type.JSON, "docs/custody.md shows one.")),
            desk.writing(this::propose)),
        Endpoint.own(
            Method.POST,
            "/admin/v1/policy/{version}/approval",
            Admin.TAG,
            "Approve the newest document, by somebody who neither wrote nor proposed it",
            Admin.ADMINISTRATORS,
            List.of(VERSION),
            desk.writing(this::approve)),
        Endpoint.own(
            Method.POST,
            "/admin/v1/policy/{version}/rejection",
            Admin.TAG,
            "Reject a document that does not bind alone yet: it never will; what it forbids stays"
                + " forbidden until a later one binds alone",
            Admin.ADMINISTRATORS,
            List.of(VERSION, NOTE),
            desk.writing(this::reject)),
        Endpoint.own(
            Method.POST,
            "/admin/v1/policy/evaluation",
            Admin.TAG,
            "What would be said to a withdrawal, by the documents in force or by another one",
            Admin.READERS,
            List.of(
                Parameter.mandatory("account", Type.LONG, "Of the customer."),
                Parameter.mandatory("asset", Type.STRING, "Its code."),
                Parameter.mandatory("amount", Type.DECIMAL, "That the payee receives."),
                Parameter.mandatory("address", Type.STRING, "The payee."),
                Parameter.optional("document", Type.JSON, "To ask this one alone.")),
            desk.repeatable((call, person) -> evaluate(call))));
  }

  private static Answer refusing(Supplier<Answer> act) {
    return CustodyController.refusing(act);
  }

  private Answer told(Call call) {
    int limit = call.parameters().wholeInt("limit", ROWS_INITIAL);
    if (limit < 1 || limit > ROWS_MAX) {
      throw RequestErrors.invalidData("limit");
    }
    return told(limit);
  }

  private Answer told(int limit) {
    Custody present = CustodyController.present(custody);
    List<Version> inForce = present.policyEdition().inForce(database);
    JsonWriter json = new JsonWriter(4_096).beginObject().name("inForce").beginArray();
    for (Version version : inForce) {
      json.beginObject();
      json.field("version", version.number());
      json.name("document").json(PolicyWriter.write(version.document()));
      json.endObject();
    }
    json.endArray().name("versions").beginArray();
    long first = inForce.isEmpty() ? 0 : inForce.getFirst().number();
    PolicyEdition.history(database, limit).forEach(version -> write(json, version, first));
    return Answer.ok(json.endArray().endObject());
  }

  private static void write(JsonWriter json, Published version, long first) {
    json.beginObject();
    json.field("version", version.version());
    json.field("state", state(version, first));
    json.name("editors").beginArray();
    version.editors().forEach(json::value);
    json.endArray();
    json.field("publishedBy", version.publishedBy());
    json.field("publishedAt", version.publishedAt().toString());
    Instant confirmed = version.confirmedAt();
    if (confirmed != null) {
      text(json, "confirmedBy", version.confirmedBy());
      json.field("confirmedAt", confirmed.toString());
      json.field("bindsAloneFrom", confirmed.plus(Version.NOTICE).toString());
    }
    Instant rejected = version.rejectedAt();
    if (rejected != null) {
      text(json, "rejectedBy", version.rejectedBy());
      json.field("rejectedAt", rejected.toString());
      text(json, "rejection", version.rejection());
    }
    json.name("document").json(version.document());
    json.endObject();
  }

  private static void text(JsonWriter json, String name, @Nullable String value) {
    json.field(name, value == null ? "" : value);
  }

  private static String state(Published version, long first) {
    if (version.version() < first) {
      return "SUPERSEDED";
    }
    if (version.version() == first) {
      return "IN_FORCE";
    }
    if (version.rejectedAt() != null) {
      return "REJECTED";
    }
    return version.confirmedAt() == null ? "PROPOSED" : "APPROVED";
  }

  private PolicyDocument document(String json) {
    try {
      PolicyDocument document = PolicyJson.read(json);
      names().check(document);
      return document;
    } catch (PolicyException e) {
      throw Problem.POLICY.error(String.valueOf(e.getMessage()) + ".").exception();
    }
  }

  private PolicyNames names() {
    return PolicyNames.of(
        readModel.assets().stream().map(AssetChanged::code).toList(),
        database
            .select(USERS.NAME)
            .from(USERS)
            .where(USERS.ROLE.eq(Role.ADMINISTRATOR.name()))
            .fetch(USERS.NAME));
  }

  private Answer propose(Call call, User person) {
    Custody present = CustodyController.present(custody);
    PolicyDocument document = document(call.parameters().mandatoryText("document"));
    String json = PolicyWriter.write(document);
    return refusing(() -> {
      present
          .transactions()
          .<Long>result(t -> present.policyEdition().propose(t, person.name(), json));
      return told(ROWS_INITIAL);
    });
  }

  private static long version(Call call) {
    return call.parameters().whole("version", 0);
  }

  private Answer approve(Call call, User person) {
    Custody present = CustodyController.present(custody);
    return refusing(() -> {
      present
          .transactions()
          .run(t -> present.policyEdition().confirm(t, version(call), person.name()));
      return told(ROWS_INITIAL);
    });
  }

  private Answer reject(Call call, User person) {
    Custody present = CustodyController.present(custody);
    String note = CustodyController.note(call);
    return refusing(() -> {
      present
          .transactions()
          .run(t -> present.policyEdition().reject(t, version(call), person.name(), note));
      return told(ROWS_INITIAL);
    });
  }

  private Answer evaluate(Call call) {
    Custody present = CustodyController.present(custody);
    Parameters sent = call.parameters();
    String json = sent.text("document");
    Optional<PolicyDocument> proposed = Optional.ofNullable(json).map(this::document);
    String code = sent.mandatoryText("asset");
    Asset asset =
        present.assets().values().stream()
            .filter(known -> known.code().equals(code))
            .findAny()
            .orElseThrow(() -> RequestErrors.invalidData("asset"));
    long amount = Decimals.units("amount", sent.mandatoryText("amount"), asset.scale());
    Destinations.Destination payee = payee(present, asset, sent.mandatoryText("address"));
    sent.mandatoryText("account");
    Policy.Imagined imagined =
        new Policy.Imagined(
            sent.whole("account", 0),
            asset,
            payee.address(),
            HexFormat.of().formatHex(payee.script()),
            amount);
    Decision decision =
        database.transactionResult(t -> present.policy().rehearse(t.dsl(), imagined, proposed));
    JsonWriter answer = new JsonWriter(2_048).beginObject();
    answer.field("verdict", decision.verdict().name());
    answer.field("reason", decision.reason());
    answer.name("policy").json(decision.tree());
    return Answer.ok(answer.endObject());
  }

  private static Destinations.Destination payee(Custody custody, Asset asset, String address) {
    try {
      return custody.destinations().parse(asset.chain(), address);
    } catch (WithdrawalException e) {
      throw RequestErrors.invalidData("address", String.valueOf(e.getMessage()));
    }
  }
}
