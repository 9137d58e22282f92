package org.fondaco.api.wallet;

import static org.fondaco.api.http.Parameter.Type.BOOLEAN;
import static org.fondaco.api.http.Parameter.Type.DECIMAL;
import static org.fondaco.api.http.Parameter.Type.INT;
import static org.fondaco.api.http.Parameter.Type.LONG;
import static org.fondaco.api.http.Parameter.Type.STRING;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.fondaco.api.number.Decimals;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.wallet.Capital.BookEntry;
import org.fondaco.api.wallet.Capital.Network;
import org.fondaco.api.wallet.Capital.Part;
import org.fondaco.api.wallet.Capital.Withdrawal;
import org.fondaco.api.wallet.Capital.WithdrawalOrder;
import org.fondaco.api.wallet.Capital.WithdrawalQuery;
import org.fondaco.api.wallet.Capital.WithdrawalStatus;
import org.jspecify.annotations.Nullable;

/**
 * Withdrawals in Binance's words [Binance wallet API §Capital]: the amount that is asked for
 * includes the fee, the amount that history shows does not.
 */
final class WithdrawController {
  private static final String PATH = "/sapi/v1/capital/withdraw/";
  private static final int IDS_MAX = 45;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Counter counter;
  private final Markets markets;

  WithdrawController(Counter counter, Markets markets) {
    this.counter = counter;
    this.markets = markets;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(
            Method.POST,
            PATH + "apply",
            "Wallet",
            "Withdraw; answered when the funds are held",
            Access.WITHDRAW,
            600,
            wanted(),
            counter.action(this::apply)),
        Endpoint.of(
            Method.GET,
            PATH + "history",
            "Wallet",
            "Withdrawal history, newest first",
            Access.USER_DATA,
            10,
            List.of(
                Parameter.optional("coin", STRING, "For example BTC."),
                Parameter.optional("withdrawOrderId", STRING, "Only this one."),
                Parameter.optional(
                    "status",
                    INT,
                    "0 requested, 1 cancelled, 2 awaiting approval, 3 rejected, 4 processing, 5"
                        + " failed, 6 completed."),
                Parameter.optional("offset", INT, "Default 0."),
                Parameter.optional("limit", INT, "Default 1000, at most 1000."),
                Parameter.optional("idList", STRING, "At most 45 ids, with commas."),
                Parameter.optional("startTime", LONG, "Default: 90 days ago."),
                Parameter.optional("endTime", LONG, "Default: now.")),
            counter.action(this::history)),
        Endpoint.of(
            Method.GET,
            PATH + "address/list",
            "Wallet",
            "Your address book",
            Access.USER_DATA,
            10,
            List.of(),
            counter.action(this::addressBook)));
  }

  private static List<Parameter> wanted() {
    return List.of(
        Parameter.mandatory("coin", STRING, "For example BTC."),
        Parameter.optional(
            "withdrawOrderId",
            STRING,
            "Your own id, 1 to 64 characters; the same request again is the same" + " withdrawal."),
        Parameter.optional("network", STRING, "Default: where the coin lives."),
        Parameter.mandatory("address", STRING, "Where to."),
        Parameter.optional("addressTag", STRING, "Must be empty: no network here has tags."),
        Parameter.mandatory("amount", DECIMAL, "The fee included."),
        Parameter.optional(
            "transactionFeeFlag",
            BOOLEAN,
            "To another customer of this venue nothing is charged: true pays the fee to"
                + " the payee, false leaves it with you (default)."),
        Parameter.optional(
            "name", STRING, "Adds the address to your address book under this name."),
        Parameter.optional("walletType", INT, "0; there is one wallet."));
  }

  private Answer apply(Capital capital, Call call) {
    Parameters sent = call.parameters();
    Network network = Counter.network(capital, sent.mandatoryText("coin"), sent.text("network"));
    String address = sent.mandatoryText("address");
    sent.mandatoryText("amount");
    if (sent.has("addressTag") && !sent.mandatoryText("addressTag").isBlank()) {
      throw RequestErrors.invalidData("addressTag");
    }
    if (sent.wholeInt("walletType", 0) != 0) {
      throw RequestErrors.invalidData("walletType");
    }
    long amount = sent.units("amount", network.scale());
    if (amount % network.step() != 0) {
      throw new CapitalRefused(
          CapitalRefused.Reason.TOO_PRECISE,
          "Asset withdrawal must be a multiple of "
              + decimal(network.step(), network.scale())
              + ".");
    }
    long received = received(capital, call, network, address, amount);
    if (received <= 0) {
      throw new CapitalRefused(
          CapitalRefused.Reason.NOT_ABOVE_FEE,
          "The amount of withdrawal must be greater than the commission, now "
              + decimal(network.fee(), network.scale())
              + ".");
    }
    Withdrawal withdrawal =
        capital.withdraw(
            new WithdrawalOrder(
                call.account(), sent.text("withdrawOrderId"), network, address, received));
    String name = sent.text("name");
    if (name != null) {
      capital.remember(call.account(), network, address, name);
    }
    return Answer.ok(
        new JsonWriter(64).beginObject().field("id", Long.toString(withdrawal.id())).endObject());
  }

  /** What is left for the payee; of a repetition what it was the first time, at that time's fee. */
  private static long received(
      Capital capital, Call call, Network network, String address, long amount) {
    Parameters sent = call.parameters();
    String orderId = sent.text("withdrawOrderId");
    if (orderId != null) {
      Part everything = new Part(null, Instant.EPOCH, Instant.now(), 0, 1);
      WithdrawalQuery same = new WithdrawalQuery(everything, null, orderId, List.of());
      for (Withdrawal before : capital.withdrawals(call.account(), same)) {
        if (before.inside()
            ? before.amount() <= amount
            : Math.addExact(before.amount(), before.fee()) == amount) {
          return before.amount();
        }
      }
    }
    boolean free = sent.flag("transactionFeeFlag", false) && capital.isInside(network, address);
    return free ? amount : amount - network.fee();
  }

  static String decimal(long units, int scale) {
    return new JsonWriter(32).decimal(units, scale).toString().replace("\"", "");
  }

  private Answer history(Capital capital, Call call) {
    Parameters sent = call.parameters();
    WithdrawalQuery query =
        new WithdrawalQuery(
            Counter.part(capital, sent), status(sent), sent.text("withdrawOrderId"), ids(sent));
    JsonWriter json = new JsonWriter(1_024).beginArray();
    for (Withdrawal withdrawal : capital.withdrawals(call.account(), query)) {
      write(json, withdrawal);
    }
    return Answer.ok(json.endArray());
  }

  private static List<Long> ids(Parameters sent) {
    List<Long> ids = new ArrayList<>();
    String list = sent.text("idList");
    if (list != null) {
      for (String id : list.split(",", IDS_MAX + 1)) {
        ids.add(Decimals.whole("idList", id));
      }
      if (ids.size() > IDS_MAX) {
        throw RequestErrors.invalidData("idList");
      }
    }
    return ids;
  }

  private static @Nullable WithdrawalStatus status(Parameters sent) {
    if (!sent.has("status")) {
      return null;
    }
    return switch (sent.wholeInt("status", 0)) {
      case 0 -> WithdrawalStatus.REQUESTED;
      case 1 -> WithdrawalStatus.CANCELLED;
      case 2 -> WithdrawalStatus.AWAITING;
      case 3 -> WithdrawalStatus.REJECTED;
      case 4 -> WithdrawalStatus.PROCESSING;
      case 5 -> WithdrawalStatus.FAILED;
      case 6 -> WithdrawalStatus.COMPLETED;
      default -> throw RequestErrors.invalidData("status");
    };
  }

  private static int status(WithdrawalStatus status) {
    return switch (status) {
      case REQUESTED -> 0;
      case CANCELLED -> 1;
      case AWAITING -> 2;
      case REJECTED -> 3;
      case PROCESSING -> 4;
      case FAILED -> 5;
      case COMPLETED -> 6;
    };
  }

  private void write(JsonWriter json, Withdrawal withdrawal) {
    var asset = markets.asset(withdrawal.asset());
    json.beginObject();
    json.field("id", Long.toString(withdrawal.id()));
    json.field("amount", withdrawal.amount(), asset.scale());
    json.field("transactionFee", withdrawal.fee(), asset.scale());
    json.field("coin", asset.code());
    json.field("status", status(withdrawal.status()));
    json.field("address", withdrawal.address());
    json.field("txId", txid(withdrawal));
    json.field("applyTime", TIME.format(withdrawal.requested()));
    json.field("network", withdrawal.network());
    json.field("transferType", withdrawal.inside() ? 1 : 0);
    json.field("withdrawOrderId", withdrawal.orderId());
    json.field("info", Objects.requireNonNullElse(withdrawal.reason(), ""));
    json.field("confirmNo", withdrawal.confirmations());
    json.field("walletType", 0);
    json.field("txKey", "");
    Instant completed = withdrawal.completed();
    if (completed != null) {
      json.field("completeTime", TIME.format(completed));
    }
    json.endObject();
  }

  private static String txid(Withdrawal withdrawal) {
    return withdrawal.inside()
        ? "Internal transfer " + withdrawal.id()
        : Objects.requireNonNullElse(withdrawal.txid(), "");
  }

  private Answer addressBook(Capital capital, Call call) {
    Instant now = Instant.now();
    JsonWriter json = new JsonWriter(256).beginArray();
    for (BookEntry entry : capital.addressBook(call.account())) {
      for (Network network : capital.networks()) {
        if (network.network().equals(entry.network())) {
          json.beginObject();
          json.field("address", entry.address());
          json.field("addressTag", "");
          json.field("coin", network.coin());
          json.field("name", entry.label());
          json.field("network", entry.network());
          json.field("origin", "");
          json.field("originType", "others");
          json.field("whiteStatus", !entry.usable().isAfter(now));
          json.endObject();
        }
      }
    }
    return Answer.ok(json.endArray());
  }
}
