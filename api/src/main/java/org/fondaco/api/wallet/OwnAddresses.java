package org.fondaco.api.wallet;

import java.util.List;
import java.util.Objects;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.number.Decimals;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.wallet.Capital.BookEntry;
import org.fondaco.api.wallet.Capital.Deposit;
import org.fondaco.api.wallet.Capital.DepositQuery;
import org.fondaco.api.wallet.Capital.DepositStatus;
import org.fondaco.api.wallet.Capital.Network;
import org.fondaco.api.wallet.Capital.OwnAddress;

/** Deposit addresses, deposits and the address book in our own words. */
final class OwnAddresses {
  private static final String BOOK = "/v1/wallet/address-book";
  private static final int LABEL_MAX = 64;
  private static final Parameter COIN =
      Parameter.mandatory("coin", Type.STRING, "For example BTC.");
  private static final Parameter NETWORK =
      Parameter.optional("network", Type.STRING, "Default: where the coin lives.");

  private final Counter counter;
  private final Markets markets;

  OwnAddresses(Counter counter, Markets markets) {
    this.counter = counter;
    this.markets = markets;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/v1/wallet/addresses",
            OwnWithdrawals.TAG,
            "Deposit addresses that you ever had; all of them are watched",
            Admission.everyRole(),
            List.of(),
            counter.action(this::addresses)),
        Endpoint.own(
            Method.POST,
            "/v1/wallet/addresses",
            OwnWithdrawals.TAG,
            "Your deposit address on a network; issued at the first request",
            Admission.everyRole().bySessionOnly(),
            List.of(COIN, NETWORK),
            counter.action(this::issue)),
        Endpoint.own(
            Method.GET,
            "/v1/wallet/deposits",
            OwnWithdrawals.TAG,
            "Your deposits, newest first",
            Admission.everyRole(),
            List.of(
                Parameter.optional("coin", Type.STRING, "Only of this one."),
                Parameter.choice("status", DepositStatus.class, false, "Only in this one."),
                Parameter.optional("startTime", Type.LONG, "Default: 90 days ago."),
                Parameter.optional("endTime", Type.LONG, "Default: now."),
                Parameter.optional("offset", Type.INT, "Default 0."),
                Parameter.optional("limit", Type.INT, "Default 1000, at most 1000.")),
            counter.action(this::deposits)));
  }

  List<Endpoint> bookEndpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            BOOK,
            OwnWithdrawals.TAG,
            "Addresses that you know, and whether withdrawals go to them only",
            Admission.everyRole(),
            List.of(),
            counter.action(this::book)),
        Endpoint.own(
            Method.POST,
            BOOK,
            OwnWithdrawals.TAG,
            "Add an address; it can be used a day later. Wants a recent proof of who you are",
            Admission.everyRole().bySessionOnly(),
            List.of(
                COIN,
                NETWORK,
                Parameter.mandatory("address", Type.STRING, "As its owner writes it."),
                Parameter.mandatory("label", Type.STRING, "At most 64 characters.")),
            counter.action(this::remember)),
        Endpoint.own(
            Method.DELETE,
            BOOK + "/{entry}",
            OwnWithdrawals.TAG,
            "Remove an address at once",
            Admission.everyRole().bySessionOnly(),
            List.of(Parameter.inPath("entry", "Its id.")),
            counter.action(this::forget)),
        Endpoint.own(
            Method.PUT,
            BOOK,
            OwnWithdrawals.TAG,
            "Whether withdrawals go to listed addresses only: at once, and no longer a day after"
                + " you asked. Wants a recent proof of who you are",
            Admission.everyRole().bySessionOnly(),
            List.of(Parameter.mandatory("listedOnly", Type.BOOLEAN, "True or false.")),
            counter.action(this::listedOnly)));
  }

  private Answer addresses(Capital capital, Call call) {
    JsonWriter json = new JsonWriter(512).beginArray();
    for (OwnAddress address : capital.addresses(call.account())) {
      json.beginObject();
      json.field("network", address.family());
      json.field("address", address.address());
      json.field("retired", address.retired());
      call.time(json, "issued", Counter.micros(address.issued()));
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private static Network network(Capital capital, Call call) {
    Parameters sent = call.parameters();
    return Counter.network(capital, sent.mandatoryText("coin"), sent.text("network"));
  }

  private Answer issue(Capital capital, Call call) {
    Network network = network(capital, call);
    JsonWriter json = new JsonWriter(192).beginObject();
    json.field("coin", network.coin());
    json.field("network", network.network());
    json.field("address", capital.depositAddress(call.account(), network));
    return Answer.ok(json.endObject());
  }

  private Answer deposits(Capital capital, Call call) {
    DepositQuery query =
        new DepositQuery(
            Counter.part(capital, call.parameters()),
            call.parameters().choice("status", DepositStatus.values()),
            null);
    JsonWriter json = new JsonWriter(1_024).beginArray();
    for (Deposit deposit : capital.deposits(call.account(), query)) {
      var asset = markets.asset(deposit.asset());
      json.beginObject();
      json.field("id", deposit.id());
      json.field("coin", asset.code());
      json.field("network", deposit.network());
      json.field("amount", deposit.amount(), asset.scale());
      json.field("status", deposit.status().name());
      json.field("address", deposit.address());
      json.field("txId", deposit.txid());
      json.field("confirmations", deposit.confirmations());
      json.field("confirmationsNeeded", deposit.needed());
      call.time(json, "seen", Counter.micros(deposit.seen()));
      if (deposit.credited() != null) {
        call.time(json, "credited", Counter.micros(Objects.requireNonNull(deposit.credited())));
      }
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private Answer book(Capital capital, Call call) {
    JsonWriter json = new JsonWriter(512).beginObject();
    json.field("listedOnly", capital.listedOnly(call.account()));
    json.name("entries").beginArray();
    for (BookEntry entry : capital.addressBook(call.account())) {
      write(json, call, entry);
    }
    return Answer.ok(json.endArray().endObject());
  }

  private static void write(JsonWriter json, Call call, BookEntry entry) {
    json.beginObject();
    json.field("entry", entry.id());
    json.field("network", entry.network());
    json.field("address", entry.address());
    json.field("label", entry.label());
    call.time(json, "usable", Counter.micros(entry.usable()));
    json.endObject();
  }

  private Answer remember(Capital capital, Call call) {
    call.visit().requireRecentProof();
    Parameters sent = call.parameters();
    String label = sent.mandatoryText("label").strip();
    if (label.isEmpty() || label.length() > LABEL_MAX) {
      throw RequestErrors.invalidData("label");
    }
    BookEntry entry =
        capital.remember(
            call.account(), network(capital, call), sent.mandatoryText("address"), label);
    JsonWriter json = new JsonWriter(256);
    write(json, call, entry);
    return new Answer(201, json, null);
  }

  private Answer forget(Capital capital, Call call) {
    long entry = Decimals.whole("entry", call.parameters().mandatoryText("entry"));
    if (!capital.forget(call.account(), entry)) {
      throw Problem.NOT_FOUND.exception();
    }
    return Answer.ok(new JsonWriter(32).beginObject().field("removed", true).endObject());
  }

  private Answer listedOnly(Capital capital, Call call) {
    call.visit().requireRecentProof();
    call.parameters().mandatoryText("listedOnly");
    boolean wanted = call.parameters().flag("listedOnly", false);
    capital.listedOnly(call.account(), wanted);
    return Answer.ok(
        new JsonWriter(32)
            .beginObject()
            .field("listedOnly", capital.listedOnly(call.account()))
            .endObject());
  }
}
