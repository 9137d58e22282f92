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
import org.fondaco.api.wallet.Capital.Network;
import org.fondaco.api.wallet.Capital.Step;
import org.fondaco.api.wallet.Capital.Withdrawal;
import org.fondaco.api.wallet.Capital.WithdrawalOrder;
import org.fondaco.api.wallet.Capital.WithdrawalQuery;
import org.fondaco.api.wallet.Capital.WithdrawalStatus;

/**
 * Withdrawals in our own words: the amount is what the payee receives, the fee comes on top, and
 * every step is told. Whoever withdraws in a browser proves again who he is; a key withdraws at
 * {@code /sapi}, where it has to be allowed to.
 */
final class OwnWithdrawals {
  static final String TAG = "Wallet";
  private static final String PATH = "/v1/wallet/withdrawals";
  private static final Parameter ID = Parameter.inPath("id", "Of the withdrawal.");

  private final Counter counter;
  private final Markets markets;

  OwnWithdrawals(Counter counter, Markets markets) {
    this.counter = counter;
    this.markets = markets;
  }

  private static List<Parameter> destination() {
    return List.of(
        Parameter.mandatory("coin", Type.STRING, "For example BTC."),
        Parameter.optional("network", Type.STRING, "Default: where the coin lives."),
        Parameter.mandatory("address", Type.STRING, "Where to."),
        Parameter.mandatory("amount", Type.DECIMAL, "That the payee receives."),
        Parameter.optional(
            "orderId",
            Type.STRING,
            "Your own id, 1 to 64 characters; the same request again is the same withdrawal."));
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/v1/wallet/networks",
            TAG,
            "What can come in and go out, and on what terms now",
            Admission.everyRole(),
            List.of(),
            counter.action(this::networks)),
        Endpoint.own(
            Method.GET,
            PATH + "/quote",
            TAG,
            "What a withdrawal would cost now",
            Admission.everyRole(),
            List.of(
                Parameter.mandatory("coin", Type.STRING, "For example BTC."),
                Parameter.optional("network", Type.STRING, "Default: where the coin lives."),
                Parameter.mandatory("amount", Type.DECIMAL, "That the payee receives.")),
            counter.action(this::quote)),
        Endpoint.own(
            Method.POST,
            PATH,
            TAG,
            "Withdraw; answered when the funds are held. Wants a recent proof of who you are",
            Admission.everyRole().bySessionOnly(),
            destination(),
            counter.action(this::withdraw)),
        Endpoint.own(
            Method.GET,
            PATH,
            TAG,
            "Your withdrawals, newest first",
            Admission.everyRole(),
            List.of(
                Parameter.optional("coin", Type.STRING, "Only of this one."),
                Parameter.choice("status", WithdrawalStatus.class, false, "Only in this one."),
                Parameter.optional("startTime", Type.LONG, "Default: 90 days ago."),
                Parameter.optional("endTime", Type.LONG, "Default: now."),
                Parameter.optional("offset", Type.INT, "Default 0."),
                Parameter.optional("limit", Type.INT, "Default 1000, at most 1000.")),
            counter.action(this::list)),
        Endpoint.own(
            Method.GET,
            PATH + "/{id}",
            TAG,
            "One withdrawal with every step that it took",
            Admission.everyRole(),
            List.of(ID),
            counter.action(this::one)),
        Endpoint.own(
            Method.DELETE,
            PATH + "/{id}",
            TAG,
            "Take a withdrawal back, as long as it is not being paid",
            Admission.everyRole().bySessionOnly(),
            List.of(ID),
            counter.action(this::cancel)));
  }

  private Answer networks(Capital capital, Call call) {
    JsonWriter json = new JsonWriter(2_048).beginArray();
    for (Network network : capital.networks()) {
      int scale = network.scale();
      json.beginObject();
      json.field("coin", network.coin());
      json.field("network", network.network());
      if (network.contract() != null) {
        json.field("contract", Objects.requireNonNull(network.contract()));
      }
      json.field("withdrawalFee", network.fee(), scale);
      json.field("withdrawalMinimum", network.minimum(), scale);
      json.field("withdrawalStep", network.step(), scale);
      json.field("depositMinimum", network.depositMinimum(), scale);
      json.field("confirmations", network.confirmations());
      json.field("confirmationsMax", network.confirmationsMax());
      if (network.depositHalt() != null) {
        json.field("depositHalt", Objects.requireNonNull(network.depositHalt()));
      }
      if (network.withdrawHalt() != null) {
        json.field("withdrawalHalt", Objects.requireNonNull(network.withdrawHalt()));
      }
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private static long amount(Parameters sent, Network network) {
    sent.mandatoryText("amount");
    long amount = sent.units("amount", network.scale());
    if (amount == 0) {
      throw RequestErrors.invalidData("amount");
    }
    if (amount % network.step() != 0) {
      throw new CapitalRefused(
          CapitalRefused.Reason.TOO_PRECISE,
          "The network pays multiples of "
              + WithdrawController.decimal(network.step(), network.scale())
              + " only.");
    }
    return amount;
  }

  private Answer quote(Capital capital, Call call) {
    Parameters sent = call.parameters();
    Network network = Counter.network(capital, sent.mandatoryText("coin"), sent.text("network"));
    long amount = amount(sent, network);
    if (amount < network.minimum()) {
      throw new CapitalRefused(
          CapitalRefused.Reason.BELOW_MINIMUM,
          "Not less than "
              + WithdrawController.decimal(network.minimum(), network.scale())
              + " can be withdrawn.");
    }
    JsonWriter json = new JsonWriter(160).beginObject();
    json.field("coin", network.coin());
    json.field("network", network.network());
    json.field("amount", amount, network.scale());
    json.field("fee", network.fee(), network.scale());
    json.field("total", Math.addExact(amount, network.fee()), network.scale());
    return Answer.ok(json.endObject());
  }

  private Answer withdraw(Capital capital, Call call) {
    call.visit().requireRecentProof();
    Parameters sent = call.parameters();
    Network network = Counter.network(capital, sent.mandatoryText("coin"), sent.text("network"));
    WithdrawalOrder order =
        new WithdrawalOrder(
            call.account(),
            sent.text("orderId"),
            network,
            sent.mandatoryText("address"),
            amount(sent, network));
    return answer(202, call, capital.withdraw(order), List.of());
  }

  private Answer list(Capital capital, Call call) {
    WithdrawalQuery query =
        new WithdrawalQuery(
            Counter.part(capital, call.parameters()),
            call.parameters().choice("status", WithdrawalStatus.values()),
            null,
            List.of());
    JsonWriter json = new JsonWriter(1_024).beginArray();
    for (Withdrawal withdrawal : capital.withdrawals(call.account(), query)) {
      write(json, call, withdrawal, List.of());
    }
    return Answer.ok(json.endArray());
  }

  private static long id(Call call) {
    return Decimals.whole("id", call.parameters().mandatoryText("id"));
  }

  private Answer one(Capital capital, Call call) {
    long id = id(call);
    Withdrawal withdrawal =
        capital.withdrawal(call.account(), id).orElseThrow(Problem.NOT_FOUND::exception);
    return answer(200, call, withdrawal, capital.steps(call.account(), id));
  }

  private Answer cancel(Capital capital, Call call) {
    return answer(200, call, capital.cancel(call.account(), id(call)), List.of());
  }

  private Answer answer(int status, Call call, Withdrawal withdrawal, List<Step> steps) {
    JsonWriter json = new JsonWriter(768);
    write(json, call, withdrawal, steps);
    return new Answer(status, json, null);
  }

  private void write(JsonWriter json, Call call, Withdrawal withdrawal, List<Step> steps) {
    var asset = markets.asset(withdrawal.asset());
    json.beginObject();
    json.field("id", withdrawal.id());
    json.field("orderId", withdrawal.orderId());
    json.field("coin", asset.code());
    json.field("network", withdrawal.network());
    json.field("address", withdrawal.address());
    json.field("amount", withdrawal.amount(), asset.scale());
    json.field("fee", withdrawal.fee(), asset.scale());
    json.field("status", withdrawal.status().name());
    json.field("state", withdrawal.state());
    if (withdrawal.reason() != null) {
      json.field("reason", Objects.requireNonNull(withdrawal.reason()));
    }
    if (withdrawal.txid() != null) {
      json.field("txId", Objects.requireNonNull(withdrawal.txid()));
    }
    json.field("inside", withdrawal.inside());
    json.field("confirmations", withdrawal.confirmations());
    call.time(json, "requested", Counter.micros(withdrawal.requested()));
    if (withdrawal.completed() != null) {
      call.time(json, "completed", Counter.micros(Objects.requireNonNull(withdrawal.completed())));
    }
    if (!steps.isEmpty()) {
      json.name("steps").beginArray();
      for (Step step : steps) {
        json.beginObject();
        call.time(json, "time", Counter.micros(step.at()));
        json.field("state", step.state());
        json.field("memo", step.memo());
        json.endObject();
      }
      json.endArray();
    }
    json.endObject();
  }
}
