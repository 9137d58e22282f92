package org.fondaco.chain.utxo.rpc;

import java.util.List;
import org.fondaco.chain.utxo.descriptor.Descriptor;
import org.fondaco.chain.utxo.descriptor.DescriptorException;
import org.fondaco.chain.utxo.wallet.UtxoWallet;
import org.fondaco.chain.utxo.wallet.WalletViews;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The descriptors of wallets. */
final class WalletDescriptorMethods {
  private final WalletDoor door;

  WalletDescriptorMethods(WalletDoor door) {
    this.door = door;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        WalletMethods.CATEGORY,
        "listdescriptors",
        "( private )",
        "List all descriptors present in a wallet; with their private keys if private is true.",
        this::list);
    methods.add(
        WalletMethods.CATEGORY,
        "importdescriptors",
        "[\"requests\"]",
        "Import descriptors with private keys (desc, timestamp, range, next_index, internal, label)"
            + " and read the chain for them. Imported ones are never active.",
        this::importAll);
  }

  private JsonNode list(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    boolean secrets = arguments.flag(0, false);
    ObjectNode result = CoreJson.object().put("wallet_name", wallet.name());
    ArrayNode all = result.putArray("descriptors");
    for (WalletViews.Line line : wallet.lines()) {
      ObjectNode each = all.addObject();
      Descriptor descriptor = line.descriptor();
      each.put("desc", secrets ? descriptor.privateText() : descriptor.normalizedText());
      each.put("timestamp", line.timestampSeconds());
      each.put("active", line.active());
      if (line.active()) {
        each.put("internal", line.internal());
      }
      if (descriptor.isRange()) {
        each.putArray("range").add(0).add(line.end());
        each.put("next", line.next()).put("next_index", line.next());
      }
    }
    return result;
  }

  private JsonNode importAll(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    ArrayNode results = CoreJson.array();
    for (JsonNode request : arguments.json(0)) {
      ObjectNode result = results.addObject();
      try {
        importOne(wallet, request);
        result.put("success", true);
      } catch (CoreException e) {
        result.put("success", false);
        result.putObject("error").put("code", e.code()).put("message", e.getMessage());
      }
    }
    return results;
  }

  private void importOne(UtxoWallet wallet, JsonNode request) throws CoreException {
    if (!request.path("desc").isString()) {
      throw CoreException.parameter("Descriptor not found.");
    }
    if (request.path("active").asBoolean(false)) {
      throw CoreException.parameter("Imported descriptors are never active here");
    }
    JsonNode timestamp = request.path("timestamp");
    if (!timestamp.isIntegralNumber() && !timestamp.asString("").equals("now")) {
      throw new CoreException(CoreException.TYPE, "Missing required timestamp field for key");
    }
    Descriptor descriptor;
    try {
      descriptor = Descriptor.parse(request.path("desc").stringValue(), door.addresses(), true);
    } catch (DescriptorException e) {
      throw CoreException.of(CoreException.INVALID_ADDRESS_OR_KEY, e);
    }
    int end = 0;
    if (request.has("range")) {
      if (!descriptor.isRange()) {
        throw CoreException.parameter("Range should not be specified for an un-ranged descriptor");
      }
      end = DescriptorMethods.range(request.path("range")).getLast();
    }
    int used = Math.max(end + 1, request.path("next_index").asInt(0));
    boolean internal = request.path("internal").asBoolean(false);
    String label = WalletDoor.label(request.path("label").asString(""));
    if (!label.isEmpty() && (internal || descriptor.isRange())) {
      throw CoreException.parameter(
          internal
              ? "Internal addresses should not have a label"
              : "Ranged descriptors should not have a label");
    }
    long seconds = timestamp.asLong(wallet.bornSeconds());
    List<byte[]> scripts =
        WalletDoor.attempt(
            CoreException.WALLET,
            () -> {
              wallet.add(descriptor, internal, seconds, descriptor.isRange() ? used : 0);
              return descriptor.expand(0).stream().map(each -> each.script()).toList();
            });
    for (byte[] script : scripts) {
      String address = door.addresses().address(script);
      if (!label.isEmpty() && address != null) {
        wallet.label(address, label);
      }
    }
  }
}
