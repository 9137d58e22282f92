package org.fondaco.api.admin;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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
import org.fondaco.custody.Custody;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.movement.Movement;
import org.fondaco.custody.movement.Movements;
import org.fondaco.custody.movement.TierTarget;
import org.fondaco.custody.policy.Approvals;
import org.fondaco.custody.policy.Person;
import org.fondaco.custody.policy.Subject;
import org.jooq.DSLContext;

/** What the house's tiers hold, and movements between them that two people approve. */
final class MovementsController {
  private static final int ROWS_MAX = 1_000;
  private static final Parameter ID = Parameter.inPath("id", "Of the movement.");
  private static final Parameter NOTE = Parameter.optional("note", Type.STRING, "For the record.");

  private final Optional<Custody> custody;
  private final DSLContext database;
  private final Desk desk;

  /** Between which coins are moved. */
  enum HouseTier {
    HOT,
    WARM,
    COLD
  }

  MovementsController(Optional<Custody> custody, DSLContext database, Desk desk) {
    this.custody = custody;
    this.database = database;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/admin/v1/custody/tiers",
            Admin.TAG,
            "What each tier holds by the scanned blocks, and what the hot one should",
            Admin.READERS,
            List.of(),
            desk.reading((call, person) -> tiers())),
        Endpoint.own(
            Method.GET,
            "/admin/v1/movements",
            Admin.TAG,
            "Movements between tiers, newest first, with what was said to them",
            Admin.READERS,
            List.of(),
            desk.reading((call, person) -> list())),
        Endpoint.own(
            Method.POST,
            "/admin/v1/movements",
            Admin.TAG,
            "Propose a movement; it goes to the address that the tier is paid at, and to no other",
            Admin.ADMINISTRATORS,
            List.of(
                Parameter.mandatory("asset", Type.STRING, "Its code."),
                Parameter.choice("from", HouseTier.class, true, "Where the coins are."),
                Parameter.choice("to", HouseTier.class, true, "Where they should be."),
                Parameter.mandatory("amount", Type.DECIMAL, "In whole coins."),
                Parameter.mandatory("reason", Type.STRING, "For the record.")),
            desk.writing(this::propose)),
        Endpoint.own(
            Method.POST,
            "/admin/v1/movements/{id}/approval",
            Admin.TAG,
            "Approve what somebody else proposed; the second approval lets it go",
            Admin.ADMINISTRATORS,
            List.of(ID, NOTE),
            desk.writing((call, person) -> say(call, person, true))),
        Endpoint.own(
            Method.POST,
            "/admin/v1/movements/{id}/rejection",
            Admin.TAG,
            "Reject a movement that waits; one word is enough",
            Admin.ADMINISTRATORS,
            List.of(ID, NOTE),
            desk.writing((call, person) -> say(call, person, false))));
  }

  private Answer tiers() {
    Custody present = CustodyController.present(custody);
    List<Movements.Holding> holdings = Movements.holdings(database);
    JsonWriter json = new JsonWriter(2_048).beginArray();
    for (Asset asset : present.assets().values()) {
      json.beginObject();
      json.field("asset", asset.code());
      json.field("network", asset.chain().name());
      for (Movements.Holding holding : holdings) {
        if (holding.asset() == asset.id()) {
          json.field(holding.tier().toLowerCase(Locale.ROOT), holding.atoms(), asset.decimals());
        }
      }
      for (TierTarget target : present.movements().targets()) {
        if (target.asset() == asset.id()) {
          json.field("hotMinimum", target.min(), asset.decimals());
          json.field("hotMaximum", target.max(), asset.decimals());
          json.field("reserve", target.reserve());
        }
      }
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private Answer list() {
    Custody present = CustodyController.present(custody);
    JsonWriter json = new JsonWriter(4_096).beginArray();
    for (Movement movement : Movements.list(database, ROWS_MAX)) {
      write(json, present, movement);
    }
    return Answer.ok(json.endArray());
  }

  private void write(JsonWriter json, Custody present, Movement movement) {
    Asset asset = present.assets().get(movement.asset());
    json.beginObject();
    json.field("id", movement.id());
    json.field("state", movement.state().name());
    json.field("asset", asset == null ? Integer.toString(movement.asset()) : asset.code());
    json.field("from", movement.fromTier());
    json.field("to", movement.toTier());
    json.field("amount", movement.atoms(), asset == null ? 0 : asset.decimals());
    json.field("reason", movement.reason());
    json.field("proposedBy", movement.proposedBy());
    json.field("expiresAt", movement.expiresAt().toString());
    String attention = movement.attention();
    if (attention != null) {
      json.field("attention", attention);
    }
    Long group = movement.groupId();
    if (group != null) {
      json.field("payout", group);
    }
    json.name("words").beginArray();
    for (Approvals.Word word : Approvals.of(database, Subject.Kind.MOVEMENT, movement.id())) {
      json.beginObject();
      json.field("person", word.person());
      json.field("approves", word.approves());
      json.field("note", word.note());
      json.field("at", word.at().toString());
      json.endObject();
    }
    json.endArray().endObject();
  }

  private Answer one(Custody present, long id) {
    JsonWriter json = new JsonWriter(1_024);
    Movements.byId(database, id).ifPresent(movement -> write(json, present, movement));
    return Answer.ok(json);
  }

  private Answer propose(Call call, User person) {
    Custody present = CustodyController.present(custody);
    Parameters sent = call.parameters();
    String code = sent.mandatoryText("asset");
    Asset asset =
        present.assets().values().stream()
            .filter(known -> known.code().equals(code))
            .findAny()
            .orElseThrow(() -> RequestErrors.invalidData("asset"));
    HouseTier from = Objects.requireNonNull(sent.choice("from", HouseTier.values()));
    HouseTier to = Objects.requireNonNull(sent.choice("to", HouseTier.values()));
    BigInteger atoms = atoms(asset, sent.mandatoryText("amount"));
    String reason = sent.mandatoryText("reason");
    if (from == to) {
      throw RequestErrors.invalidData("to");
    }
    return CustodyController.refusing(() -> {
      long id =
          present
              .transactions()
              .result(t ->
                  present
                      .movements()
                      .propose(
                          t, asset.id(), from.name(), to.name(), atoms, person.name(), reason));
      return one(present, id);
    });
  }

  private static BigInteger atoms(Asset asset, String amount) {
    long units = Decimals.units("amount", amount, asset.scale());
    if (units == 0) {
      throw RequestErrors.invalidData("amount");
    }
    try {
      return asset.atoms(units);
    } catch (ArithmeticException e) {
      throw RequestErrors.precision("amount");
    }
  }

  private Answer say(Call call, User user, boolean approves) {
    Custody present = CustodyController.present(custody);
    long id = call.parameters().whole("id", 0);
    Person person = CustodyController.person(database, user);
    String note = CustodyController.note(call);
    return CustodyController.refusing(() -> {
      present.transactions().run(t -> present.movements().say(t, id, person, approves, note));
      return one(present, id);
    });
  }
}
