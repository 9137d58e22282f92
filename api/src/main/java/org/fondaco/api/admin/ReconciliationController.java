package org.fondaco.api.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
import org.fondaco.custody.Custody;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.policy.Person;
import org.fondaco.custody.reconciliation.Adjustments;
import org.fondaco.custody.reconciliation.Adjustments.Proposal;
import org.fondaco.custody.reconciliation.Cut;
import org.fondaco.custody.reconciliation.Reconciliation;
import org.fondaco.custody.reconciliation.Statement;
import org.jooq.DSLContext;

/** Engine, database and chains at one cut, and what two people correct after it. */
final class ReconciliationController {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROWS_MAX = 1_000;
  private static final Parameter ID = Parameter.inPath("id", "Of the correction.");
  private static final Parameter NOTE = Parameter.optional("note", Type.STRING, "For the record.");

  /** What can be corrected. */
  enum Kind {
    ATTRIBUTE,
    WRITE_OFF,
    MOVE
  }

  private final Optional<Custody> custody;
  private final DSLContext database;
  private final Desk desk;

  ReconciliationController(Optional<Custody> custody, DSLContext database, Desk desk) {
    this.custody = custody;
    this.database = database;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.add(
        Endpoint.own(
            Method.POST,
            "/admin/v1/reconciliation",
            Admin.TAG,
            "Reconcile engine, database and chains at one cut, now",
            Admin.READERS,
            List.of(),
            desk.repeatable((call, person) -> run(person))));
    all.add(
        Endpoint.own(
            Method.GET,
            "/admin/v1/reconciliation",
            Admin.TAG,
            "The newest reconciliation",
            Admin.READERS,
            List.of(),
            desk.reading((call, person) -> latest())));
    all.add(
        Endpoint.own(
            Method.POST,
            "/admin/v1/reconciliation/breaks/{id}/owner",
            Admin.TAG,
            "Take a break upon oneself",
            Admin.OPERATORS,
            List.of(Parameter.inPath("id", "Of the break.")),
            desk.repeatable(this::own)));
    all.addAll(corrections());
    return all;
  }

  private List<Endpoint> corrections() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/admin/v1/custody/corrections",
            Admin.TAG,
            "Corrections, newest first",
            Admin.READERS,
            List.of(),
            desk.reading((call, person) -> list())),
        Endpoint.own(
            Method.POST,
            "/admin/v1/custody/corrections",
            Admin.TAG,
            "Propose whose a deposit is (ATTRIBUTE), who bears a credit that lost its coins"
                + " (WRITE_OFF), or a move between accounts (MOVE)",
            Admin.ADMINISTRATORS,
            List.of(
                Parameter.choice("kind", Kind.class, true, "What is corrected."),
                Parameter.optional("deposit", Type.LONG, "Of ATTRIBUTE and WRITE_OFF."),
                Parameter.optional("from", Type.LONG, "Account, of WRITE_OFF and MOVE."),
                Parameter.optional("to", Type.LONG, "Account, of ATTRIBUTE and MOVE."),
                Parameter.optional("asset", Type.STRING, "Code, of MOVE."),
                Parameter.optional("amount", Type.DECIMAL, "Of MOVE."),
                Parameter.mandatory("reason", Type.STRING, "For the record.")),
            desk.writing(this::propose)),
        Endpoint.own(
            Method.POST,
            "/admin/v1/custody/corrections/{id}/approval",
            Admin.TAG,
            "Book what another administrator proposed",
            Admin.ADMINISTRATORS,
            List.of(ID, NOTE),
            desk.writing((call, person) -> decide(call, person, true))),
        Endpoint.own(
            Method.POST,
            "/admin/v1/custody/corrections/{id}/rejection",
            Admin.TAG,
            "Reject a correction",
            Admin.ADMINISTRATORS,
            List.of(ID, NOTE),
            desk.writing((call, person) -> decide(call, person, false))));
  }

  private Answer run(User person) {
    return told(CustodyController.present(custody).reconciliation().run(person.name(), PATIENCE));
  }

  private Answer latest() {
    return told(
        CustodyController.present(custody)
            .reconciliation()
            .latest()
            .orElseThrow(() -> Problem.NOT_FOUND.error("Nothing was reconciled yet.").exception()));
  }

  /** The statement for programs, with the same for people and all open breaks. */
  private Answer told(Cut cut) {
    Custody present = CustodyController.present(custody);
    List<Reconciliation.Break> breaks = present.reconciliation().breaks();
    List<Asset> assets = List.copyOf(present.assets().values());
    JsonWriter json = new JsonWriter(8_192).beginObject();
    json.name("cut").json(Statement.json(cut).toString());
    json.field("table", Statement.text(cut, assets, breaks));
    json.name("breaks").beginArray();
    for (Reconciliation.Break open : breaks) {
      json.beginObject();
      json.field("id", open.id());
      json.field("asset", open.asset());
      json.field("cause", open.cause());
      json.field("key", open.key());
      json.field("atoms", open.atoms().toString());
      String owner = open.owner();
      json.field("owner", owner == null ? "" : owner);
      json.field("openedAt", open.openedAt().toString());
      json.field("note", open.note());
      json.endObject();
    }
    return Answer.ok(json.endArray().endObject());
  }

  private Answer own(Call call, User person) {
    long id = call.parameters().whole("id", 0);
    if (!CustodyController.present(custody).reconciliation().own(id, person.name())) {
      throw Problem.NOT_FOUND.exception();
    }
    return latest();
  }

  private Answer list() {
    JsonWriter json = new JsonWriter(2_048).beginArray();
    for (Adjustments.Adjustment each : Adjustments.list(database, ROWS_MAX)) {
      json.beginObject();
      json.field("id", each.id());
      json.field("state", each.state().name());
      json.field("proposal", each.proposal().toString());
      json.field("reason", each.reason());
      json.field("proposedBy", each.proposedBy());
      json.field("proposedAt", each.proposedAt().toString());
      String decidedBy = each.decidedBy();
      json.field("decidedBy", decidedBy == null ? "" : decidedBy);
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private Answer propose(Call call, User person) {
    Custody present = CustodyController.present(custody);
    Parameters sent = call.parameters();
    Kind kind = sent.choice("kind", Kind.values());
    String reason = sent.mandatoryText("reason");
    Proposal proposal =
        switch (Objects.requireNonNull(kind)) {
          case ATTRIBUTE -> new Proposal.Attribute(given(sent, "deposit"), given(sent, "to"));
          case WRITE_OFF -> new Proposal.WriteOff(given(sent, "deposit"), given(sent, "from"));
          case MOVE -> move(present, sent);
        };
    return CustodyController.refusing(() -> {
      long id =
          present
              .transactions()
              .result(t -> present.adjustments().propose(t, person.name(), proposal, reason));
      return Answer.ok(new JsonWriter(64).beginObject().field("id", id).endObject());
    });
  }

  private static Proposal move(Custody custody, Parameters sent) {
    String code = sent.mandatoryText("asset");
    Asset asset =
        custody.assets().values().stream()
            .filter(known -> known.code().equals(code))
            .findAny()
            .orElseThrow(() -> RequestErrors.invalidData("asset"));
    long amount = Decimals.units("amount", sent.mandatoryText("amount"), asset.scale());
    if (amount == 0) {
      throw RequestErrors.invalidData("amount");
    }
    return new Proposal.Move(given(sent, "from"), given(sent, "to"), asset.id(), amount);
  }

  private static long given(Parameters sent, String name) {
    sent.mandatoryText(name);
    return sent.whole(name, 0);
  }

  private Answer decide(Call call, User user, boolean approves) {
    Custody present = CustodyController.present(custody);
    long id = call.parameters().whole("id", 0);
    Person person = CustodyController.person(database, user);
    String note = CustodyController.note(call);
    return CustodyController.refusing(() -> {
      present
          .transactions()
          .run(t -> {
            if (approves) {
              present.adjustments().approve(t, id, person, note);
            } else {
              present.adjustments().reject(t, id, person, note);
            }
          });
      return list();
    });
  }
}
