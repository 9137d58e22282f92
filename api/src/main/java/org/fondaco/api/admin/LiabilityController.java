package org.fondaco.api.admin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.identity.User;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.liability.DisclosureJson;
import org.fondaco.custody.Custody;
import org.fondaco.custody.liability.Disclosure;
import org.fondaco.custody.liability.Disclosures;
import org.fondaco.custody.reconciliation.Cut;

/** Epochs of the proof of liabilities: when one is made, and what cold addresses say in it. */
final class LiabilityController {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ROWS_MAX = 1_000;

  private final Optional<Custody> custody;
  private final Optional<Disclosures> disclosures;
  private final Desk desk;

  LiabilityController(Optional<Custody> custody, Optional<Disclosures> disclosures, Desk desk) {
    this.custody = custody;
    this.disclosures = disclosures;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.POST,
            "/admin/v1/liabilities",
            Admin.TAG,
            "Reconcile, then publish what is owed and what is there; from then on customers have"
                + " proofs",
            Admin.ADMINISTRATORS,
            List.of(),
            desk.writing((call, person) -> make(person))),
        Endpoint.own(
            Method.GET,
            "/admin/v1/liabilities",
            Admin.TAG,
            "Published epochs, newest first, with the instant that each is of",
            Admin.READERS,
            List.of(),
            desk.reading((call, person) -> list())),
        Endpoint.own(
            Method.POST,
            "/admin/v1/liabilities/{epoch}/signature",
            Admin.TAG,
            "Add what a cold address says: the epoch's message, signed where its key is",
            Admin.ADMINISTRATORS,
            List.of(
                Parameter.inPath("epoch", "Its number."),
                Parameter.mandatory("address", Type.STRING, "As the epoch writes it."),
                Parameter.mandatory(
                    "signed",
                    Type.STRING,
                    "In base64 as wallets of UTXO chains write it, else 0x and 130 digits"
                        + " (EIP-191).")),
            desk.writing(this::sign)));
  }

  private Disclosures present() {
    CustodyController.present(custody);
    return disclosures.orElseThrow(Problem.NOT_FOUND::exception);
  }

  private Answer make(User person) {
    Disclosures present = present();
    Cut cut = CustodyController.present(custody).reconciliation().run(person.name(), PATIENCE);
    if (cut.state() != Cut.State.DONE) {
      throw Problem.CONFLICT
          .error("The reconciliation came to no conclusion: " + cut.state() + " " + cut.note())
          .exception();
    }
    try {
      return Answer.ok(DisclosureJson.of(present, present.make(person.name(), cut.id())));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Problem.CONFLICT.error("Nothing is published: " + e.getMessage() + ".").exception();
    }
  }

  private Answer list() {
    JsonWriter json = new JsonWriter(2_048).beginArray();
    for (Disclosure disclosure : present().published(ROWS_MAX)) {
      json.beginObject();
      json.field("epoch", disclosure.epoch());
      json.field("madeAt", disclosure.madeAt().toString());
      json.field("madeBy", disclosure.madeBy());
      json.field("sequence", disclosure.sequence());
      Long cut = disclosure.cutId();
      json.field("cut", cut == null ? 0 : cut);
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private Answer sign(Call call, User person) {
    Disclosures present = present();
    long epoch = call.parameters().whole("epoch", 0);
    Disclosures.Taking taking =
        present.sign(
            epoch,
            call.parameters().mandatoryText("address"),
            call.parameters().mandatoryText("signed"),
            person.name());
    return switch (taking) {
      case TAKEN -> Answer.ok(DisclosureJson.of(present, present.published(epoch).orElseThrow()));
      case NO_ADDRESS -> throw Problem.NOT_FOUND.exception();
      case NOT_ITS_OWN ->
          throw RequestErrors.invalidData("signed", "Not the address's over the epoch's message.");
    };
  }
}
