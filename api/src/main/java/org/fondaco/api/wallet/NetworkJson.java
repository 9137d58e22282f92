package org.fondaco.api.wallet;

import java.util.Objects;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.wallet.Capital.Network;

/** A network in Binance's words [Binance wallet API §All Coins' Information]. */
final class NetworkJson {
  private static final String ANY_ADDRESS = "";

  private NetworkJson() {}

  static void write(JsonWriter json, Network network) {
    int scale = network.scale();
    json.beginObject();
    json.field("network", network.network());
    json.field("coin", network.coin());
    json.field("name", network.network());
    json.field("isDefault", true);
    json.field("depositEnable", network.depositHalt() == null);
    json.field("depositDesc", Objects.requireNonNullElse(network.depositHalt(), ""));
    json.field("depositDust", network.depositMinimum(), scale);
    json.field("withdrawEnable", network.withdrawHalt() == null);
    json.field("withdrawDesc", Objects.requireNonNullElse(network.withdrawHalt(), ""));
    json.field("withdrawFee", network.fee(), scale);
    json.field("withdrawIntegerMultiple", network.step(), scale);
    // The amount that is asked for includes the fee.
    json.field("withdrawMin", Math.addExact(network.minimum(), network.fee()), scale);
    json.field("withdrawInternalMin", Math.addExact(network.minimum(), network.fee()), scale);
    json.field("withdrawMax", Long.MAX_VALUE / network.step() * network.step(), scale);
    json.field("minConfirm", network.confirmations());
    // Credited is usable: what locks a deposit longer is its size, before it is credited.
    json.field("unLockConfirm", network.confirmations());
    json.field("sameAddress", false);
    json.field("addressRegex", ANY_ADDRESS);
    json.field("memoRegex", "");
    json.field("specialTips", tips(network));
    json.field("busy", false);
    json.field("estimatedArrivalTime", 0);
    json.field("contractAddress", Objects.requireNonNullElse(network.contract(), ""));
    json.field("contractAddressUrl", "");
    json.endObject();
  }

  private static String tips(Network network) {
    return network.confirmationsMax() == network.confirmations()
        ? ""
        : "Large deposits wait for up to " + network.confirmationsMax() + " confirmations.";
  }
}
