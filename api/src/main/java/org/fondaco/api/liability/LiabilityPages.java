package org.fondaco.api.liability;

import java.util.List;
import java.util.Optional;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Workers;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.liability.Disclosure;
import org.fondaco.custody.liability.Disclosures;
import org.fondaco.custody.liability.Proof;

/** The door of this package: published totals, their reserves, and one's own proof. */
public final class LiabilityPages {
  private static final String TAG = "Proof of liabilities";
  private static final int ROWS_MAX = 100;
  private static final Parameter EPOCH = Parameter.inPath("epoch", "Its number.");

  private final Optional<Disclosures> disclosures;
  private final Workers workers;

  /**
   * @param disclosures empty where there is no custody
   */
  public LiabilityPages(Optional<Disclosures> disclosures, Workers workers) {
    this.disclosures = disclosures;
    this.workers = workers;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/v1/liabilities",
            TAG,
            "Published epochs, newest first, at most 100",
            Admission.anybody(),
            List.of(),
            workers.action(_ -> list())),
        Endpoint.own(
            Method.GET,
            "/v1/liabilities/{epoch}",
            TAG,
            "What all customers have, by the root of a sum tree; and where the coins are, with a"
                + " signature by each address",
            Admission.anybody(),
            List.of(EPOCH),
            workers.action(this::one)),
        Endpoint.own(
            Method.GET,
            "/v1/liabilities/verifier",
            TAG,
            "The program that checks a proof: java Verify.java proof.json ROOT UNITS",
            Admission.anybody(),
            List.of(),
            workers.action(_ -> Answer.file("Verify.java", Disclosures.verifier()))),
        Endpoint.own(
            Method.GET,
            "/v1/liabilities/{epoch}/proof",
            TAG,
            "The proof that your balance is part of an epoch's total",
            Admission.everyRole(),
            List.of(EPOCH, Parameter.mandatory("asset", Type.STRING, "For example BTC.")),
            workers.action(this::proof)));
  }

  private Disclosures present() {
    return disclosures.orElseThrow(
        () -> Problem.NOT_FOUND.error("Custody is switched off at this venue.").exception());
  }

  private Answer list() {
    JsonWriter json = new JsonWriter(1_024).beginArray();
    for (Disclosure disclosure : present().published(ROWS_MAX)) {
      json.beginObject();
      json.field("epoch", disclosure.epoch());
      json.field("madeAt", disclosure.madeAt().toString());
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private Answer one(Call call) {
    Disclosures present = present();
    return present
        .published(call.parameters().whole("epoch", 0))
        .map(disclosure -> Answer.ok(DisclosureJson.of(present, disclosure)))
        .orElseThrow(Problem.NOT_FOUND::exception);
  }

  private Answer proof(Call call) {
    Disclosures present = present();
    long epoch = call.parameters().whole("epoch", 0);
    String code = call.parameters().mandatoryText("asset");
    int asset =
        present.assets().values().stream()
            .filter(known -> known.code().equals(code))
            .map(Asset::id)
            .findAny()
            .orElseThrow(() -> RequestErrors.invalidData("asset"));
    Proof proof =
        present
            .proof(epoch, asset, call.account())
            .orElseThrow(() ->
                Problem.NOT_FOUND
                    .error("There is no such epoch, or you had no " + code + " then.")
                    .exception());
    return Answer.file("proof-%s-%d.json".formatted(code, epoch), proof.json());
  }
}
