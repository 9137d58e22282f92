package org.fondaco.chain.utxo.rpc;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.FeeRate;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wallet.AddressType;
import org.fondaco.chain.utxo.wallet.Draft;
import org.fondaco.chain.utxo.wallet.Payment;
import org.fondaco.chain.utxo.wallet.UtxoWallet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds a wallet's coins to raw transactions. */
final class FundingMethods {
  private final WalletDoor door;
  private final UtxoChain chain;

  FundingMethods(WalletDoor door, UtxoChain chain) {
    this.door = door;
    this.chain = chain;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        WalletMethods.CATEGORY,
        "fundrawtransaction",
        "\"hexstring\" ( options iswitness )",
        "Adds inputs of the wallet to a transaction until it pays its outputs and its fee, and at"
            + " most one change output. options: add_inputs, changeAddress, changePosition,"
            + " change_type, lockUnspents, fee_rate (satoshi for a virtual byte), feeRate (coins for"
            + " 1,000), subtractFeeFromOutputs, replaceable. Inputs that are there must be the"
            + " wallet's.",
        this::fund);
  }

  private JsonNode fund(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    boolean witness = arguments.flag(2, chain.consensus().hasWitness());
    Transaction transaction = TransactionMethods.decode(arguments.text(0), witness);
    JsonNode given = arguments.optional(1);
    JsonNode options = given == null ? MissingNode.getInstance() : given;
    int count = transaction.outputs().size();
    if (count == 0) {
      throw CoreException.parameter("TX must have at least one output");
    }
    boolean replaceable = options.path("replaceable").asBoolean(!chain.consensus().isCash());
    Payment payment =
        new Payment(
            transaction.outputs(),
            subtracted(options.path("subtractFeeFromOutputs"), count),
            rate(options),
            transaction.inputs(),
            options.path("add_inputs").asBoolean(true),
            transaction.version(),
            transaction.lockTime(),
            replaceable ? Payment.REPLACEABLE : Payment.NOT_REPLACEABLE,
            change(wallet, options, count));
    Draft draft = WalletDoor.attempt(CoreException.WALLET, () -> wallet.draft(payment));
    if (options.path("lockUnspents").asBoolean(false)) {
      for (Input input : draft.transaction().inputs()) {
        boolean unused = wallet.lock(input.outPoint(), false);
      }
    }
    ObjectNode result = CoreJson.object();
    result.put("hex", CoreJson.hex(draft.transaction().encode()));
    result.put("fee", CoreJson.coins(draft.fee()));
    return result.put("changepos", draft.changePosition());
  }

  private static List<Integer> subtracted(JsonNode positions, int count) throws CoreException {
    List<Integer> subtracted = new ArrayList<>();
    for (JsonNode each : positions) {
      int at = each.asInt(-1);
      if (subtracted.contains(at)) {
        throw CoreException.parameter(
            "Invalid parameter 'subtract fee from output', duplicated position: " + at);
      }
      if (at < 0 || at >= count) {
        throw CoreException.parameter(
            "Invalid parameter 'subtract fee from output', "
                + (at < 0 ? "negative position: " : "position too large: ")
                + at);
      }
      subtracted.add(at);
    }
    return subtracted;
  }

  private static @Nullable FeeRate rate(JsonNode options) throws CoreException {
    if (options.has("fee_rate") && options.has("feeRate")) {
      throw CoreException.parameter("Cannot specify both fee_rate (sat/vB) and feeRate (BTC/kvB)");
    }
    if (options.has("fee_rate")) {
      return WalletSendMethods.perVirtualByte(options.path("fee_rate"));
    }
    return options.has("feeRate") ? new FeeRate(Arguments.amount(options.path("feeRate"))) : null;
  }

  private Payment.Change change(UtxoWallet wallet, JsonNode options, int count)
      throws CoreException {
    JsonNode address =
        options.has("change_address")
            ? options.path("change_address")
            : options.path("changeAddress");
    byte[] script = null;
    if (!address.isMissingNode()) {
      try {
        script = door.script(address.asString(""));
      } catch (CoreException e) {
        throw new CoreException(
            CoreException.INVALID_ADDRESS_OR_KEY, "Change address must be a valid bitcoin address");
      }
    }
    AddressType type = null;
    if (options.has("change_type")) {
      if (script != null) {
        throw CoreException.parameter(
            "Cannot specify both change address and address type options");
      }
      type = WalletDoor.type(wallet, options.path("change_type").asString(""));
    }
    JsonNode at =
        options.has("change_position")
            ? options.path("change_position")
            : options.path("changePosition");
    if (at.isMissingNode()) {
      return new Payment.Change(script, type, null);
    }
    if (at.asInt(-1) < 0 || at.asInt() > count) {
      throw CoreException.parameter("changePosition out of bounds");
    }
    return new Payment.Change(script, type, at.asInt());
  }
}
