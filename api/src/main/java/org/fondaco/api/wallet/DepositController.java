package org.fondaco.api.wallet;

import static org.fondaco.api.http.Parameter.Type.BOOLEAN;
import static org.fondaco.api.http.Parameter.Type.DECIMAL;
import static org.fondaco.api.http.Parameter.Type.INT;
import static org.fondaco.api.http.Parameter.Type.LONG;
import static org.fondaco.api.http.Parameter.Type.STRING;

import java.util.List;
import java.util.Objects;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.wallet.Capital.Deposit;
import org.fondaco.api.wallet.Capital.DepositQuery;
import org.fondaco.api.wallet.Capital.DepositStatus;
import org.fondaco.api.wallet.Capital.Network;
import org.fondaco.api.wallet.Capital.OwnAddress;
import org.jspecify.annotations.Nullable;

/** Deposits in Binance's words [Binance wallet API §Capital]. */
final class DepositController {
  private static final String PATH = "/sapi/v1/capital/deposit/";

  private final Counter counter;
  private final Markets markets;

  DepositController(Counter counter, Markets markets) {
    this.counter = counter;
    this.markets = markets;
  }

  List<Endpoint> endpoints() {
    Parameter coin = Parameter.mandatory("coin", STRING, "For example BTC.");
    Parameter network = Parameter.optional("network", STRING, "Default: where the coin lives.");
    return List.of(
        endpoint(
            "address",
            "Deposit address; it stays the customer's for ever",
            10,
            List.of(
                coin,
                network,
                Parameter.optional("amount", DECIMAL, "Read, and of no effect: no Lightning.")),
            counter.action(this::address)),
        endpoint(
            "address/list",
            "Deposit addresses of a coin, those of former times included",
            10,
            List.of(coin, network),
            counter.action(this::addresses)),
        endpoint(
            "hisrec",
            "Deposit history, newest first",
            1,
            List.of(
                Parameter.optional("includeSource", BOOLEAN, "Must be false."),
                Parameter.optional("coin", STRING, "For example BTC."),
                Parameter.optional(
                    "status",
                    INT,
                    "0 pending, 1 credited, 2 rejected, 6 credited but its block left the chain, 7"
                        + " below the minimum, 8 under investigation."),
                Parameter.optional("startTime", LONG, "Default: 90 days ago."),
                Parameter.optional("endTime", LONG, "Default: now."),
                Parameter.optional("offset", INT, "Default 0."),
                Parameter.optional("limit", INT, "Default 1000, at most 1000."),
                Parameter.optional("txId", STRING, "Only of this transaction.")),
            counter.action(this::history)));
  }

  private static Endpoint endpoint(
      String path, String summary, int weight, List<Parameter> parameters, Endpoint.Action action) {
    return Endpoint.of(
        Method.GET, PATH + path, "Wallet", summary, Access.USER_DATA, weight, parameters, action);
  }

  private static Network network(Capital capital, Parameters sent) {
    return Counter.network(capital, sent.mandatoryText("coin"), sent.text("network"));
  }

  private Answer address(Capital capital, Call call) {
    Network network = network(capital, call.parameters());
    JsonWriter json = new JsonWriter(192).beginObject();
    json.field("address", capital.depositAddress(call.account(), network));
    json.field("coin", network.coin());
    json.field("tag", "");
    json.field("url", "");
    return Answer.ok(json.endObject());
  }

  private Answer addresses(Capital capital, Call call) {
    Network network = network(capital, call.parameters());
    JsonWriter json = new JsonWriter(256).beginArray();
    for (OwnAddress address : capital.addresses(call.account())) {
      if (address.family().equals(network.network())) {
        json.beginObject();
        json.field("coin", network.coin());
        json.field("address", address.address());
        json.field("tag", "");
        json.field("isDefault", address.retired() ? 0 : 1);
        json.endObject();
      }
    }
    return Answer.ok(json.endArray());
  }

  private Answer history(Capital capital, Call call) {
    Parameters sent = call.parameters();
    if (sent.flag("includeSource", false)) {
      throw RequestErrors.invalidData("includeSource");
    }
    DepositQuery query =
        new DepositQuery(Counter.part(capital, sent), status(sent), sent.text("txId"));
    JsonWriter json = new JsonWriter(1_024).beginArray();
    for (Deposit deposit : capital.deposits(call.account(), query)) {
      write(json, call, deposit);
    }
    return Answer.ok(json.endArray());
  }

  private static @Nullable DepositStatus status(Parameters sent) {
    if (!sent.has("status")) {
      return null;
    }
    return switch (sent.wholeInt("status", 0)) {
      case 0 -> DepositStatus.PENDING;
      case 1 -> DepositStatus.CREDITED;
      case 2 -> DepositStatus.WRITTEN_OFF;
      case 6 -> DepositStatus.ORPHANED;
      case 7 -> DepositStatus.BELOW_MINIMUM;
      case 8 -> DepositStatus.SUSPENSE;
      default -> throw RequestErrors.invalidData("status");
    };
  }

  private static int status(DepositStatus status) {
    return switch (status) {
      case PENDING -> 0;
      case CREDITED -> 1;
      case WRITTEN_OFF -> 2;
      case ORPHANED -> 6;
      case BELOW_MINIMUM -> 7;
      case SUSPENSE -> 8;
    };
  }

  private void write(JsonWriter json, Call call, Deposit deposit) {
    var asset = markets.asset(deposit.asset());
    json.beginObject();
    json.field("id", Long.toString(deposit.id()));
    json.field("amount", deposit.amount(), asset.scale());
    json.field("coin", asset.code());
    json.field("network", deposit.network());
    json.field("status", status(deposit.status()));
    json.field("address", deposit.address());
    json.field("addressTag", "");
    json.field("txId", deposit.txid());
    call.time(json, "insertTime", Counter.micros(deposit.seen()));
    if (deposit.credited() != null) {
      call.time(json, "completeTime", Counter.micros(Objects.requireNonNull(deposit.credited())));
    }
    json.field("transferType", 0);
    json.field("confirmTimes", deposit.confirmations() + "/" + deposit.needed());
    json.field("unlockConfirm", deposit.needed());
    json.field("walletType", 0);
    json.field("travelRuleStatus", 0);
    json.endObject();
  }
}
