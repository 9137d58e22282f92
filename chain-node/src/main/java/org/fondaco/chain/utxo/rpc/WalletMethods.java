package org.fondaco.chain.utxo.rpc;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.fondaco.chain.utxo.descriptor.DerivedKey;
import org.fondaco.chain.utxo.descriptor.Expanded;
import org.fondaco.chain.utxo.descriptor.Paths;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.wallet.AddressType;
import org.fondaco.chain.utxo.wallet.UtxoWallet;
import org.fondaco.chain.utxo.wallet.WalletException;
import org.fondaco.chain.utxo.wallet.WalletViews;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Wallets and their addresses. */
final class WalletMethods {
  static final String CATEGORY = "Wallet";

  private final WalletDoor door;
  private final CoreJson json;

  WalletMethods(WalletDoor door, CoreJson json) {
    this.door = door;
    this.json = json;
  }

  void addTo(CoreMethods methods) {
    addWallets(methods);
    addAddresses(methods);
  }

  private void addWallets(CoreMethods methods) {
    methods.add(
        CATEGORY,
        "listwallets",
        "",
        "Returns a list of currently loaded wallets. The node's own has no name.",
        _ -> names(door.wallets().names()));
    methods.add(
        CATEGORY,
        "listwalletdir",
        "",
        "Returns a list of wallets in the wallet directory.",
        _ -> folder());
    methods.add(
        CATEGORY,
        "createwallet",
        "\"wallet_name\" ( disable_private_keys blank \"passphrase\" avoid_reuse descriptors"
            + " load_on_startup external_signer )",
        "Creates and loads a new wallet with a seed of its own. Wallets without private keys, blank"
            + " ones and encrypted ones are not supported. Calls for it go to /wallet/<name>; the"
            + " node's own wallet answers all others.",
        this::create);
    methods.add(
        CATEGORY,
        "loadwallet",
        "\"filename\" ( load_on_startup )",
        "Loads a wallet from the wallet directory.",
        this::load);
    methods.add(
        CATEGORY,
        "unloadwallet",
        "( \"wallet_name\" load_on_startup )",
        "Unloads the wallet referenced by the request endpoint or by the name.",
        this::unload);
    methods.add(
        CATEGORY,
        "getwalletinfo",
        "",
        "Returns an object containing various wallet state info.",
        arguments -> info(door.of(arguments)));
  }

  private void addAddresses(CoreMethods methods) {
    methods.add(
        CATEGORY,
        "getnewaddress",
        "( \"label\" \"address_type\" )",
        "Returns a new address for receiving payments. address_type is legacy, p2sh-segwit, bech32"
            + " or bech32m; legacy only where the chain has no witnesses.",
        this::newAddress);
    methods.add(
        CATEGORY,
        "getrawchangeaddress",
        "( \"address_type\" )",
        "Returns a new address for receiving change.",
        this::changeAddress);
    methods.add(
        CATEGORY,
        "getaddressinfo",
        "\"address\"",
        "Return information about the given address; some of it only if the wallet has it.",
        this::addressInfo);
    methods.add(
        CATEGORY,
        "setlabel",
        "\"address\" \"label\"",
        "Sets the label associated with the given address.",
        this::setLabel);
    methods.add(
        CATEGORY,
        "listlabels",
        "( \"purpose\" )",
        "Returns the list of all labels, or labels that are assigned to addresses with a specific"
            + " purpose.",
        arguments -> {
          ArrayNode all = CoreJson.array();
          door.of(arguments).labels().values().stream().distinct().sorted().forEach(all::add);
          return all;
        });
    methods.add(
        CATEGORY,
        "getaddressesbylabel",
        "\"label\"",
        "Returns the list of addresses assigned the specified label.",
        this::byLabel);
  }

  private static ArrayNode names(Iterable<String> names) {
    ArrayNode all = CoreJson.array();
    names.forEach(all::add);
    return all;
  }

  private JsonNode folder() throws CoreException {
    ObjectNode result = CoreJson.object();
    ArrayNode all = result.putArray("wallets");
    try {
      door.wallets()
          .inFolder()
          .forEach(name -> all.addObject().put("name", name).putArray("warnings"));
    } catch (IOException e) {
      throw CoreException.of(CoreException.WALLET, e);
    }
    return result;
  }

  private JsonNode create(Arguments arguments) throws CoreException {
    if (arguments.flag(1, false) || arguments.flag(2, false) || arguments.flag(7, false)) {
      throw new CoreException(
          CoreException.WALLET, "Wallets without keys of their own are not supported");
    }
    if (!arguments.text(3, "").isEmpty() || !arguments.flag(5, true)) {
      throw new CoreException(
          CoreException.WALLET, "Only descriptor wallets without a passphrase are supported");
    }
    try {
      return named(door.wallets().create(arguments.text(0)));
    } catch (WalletException e) {
      throw CoreException.of(
          e.kind() == WalletException.Kind.ALREADY_THERE
              ? CoreException.WALLET_ALREADY_EXISTS
              : CoreException.INVALID_PARAMETER,
          e);
    } catch (IOException e) {
      throw CoreException.of(CoreException.WALLET, e);
    }
  }

  private static JsonNode named(UtxoWallet wallet) {
    return CoreJson.object().put("name", wallet.name());
  }

  private JsonNode load(Arguments arguments) throws CoreException {
    String name = arguments.text(0);
    return named(WalletDoor.attempt(CoreException.WALLET, () -> door.wallets().load(name)));
  }

  private JsonNode unload(Arguments arguments) throws CoreException {
    String name = arguments.text(0, arguments.wallet());
    return WalletDoor.attempt(
        CoreException.WALLET,
        () -> {
          door.wallets().unload(name);
          return CoreJson.object();
        });
  }

  private JsonNode info(UtxoWallet wallet) {
    ObjectNode info = CoreJson.object();
    int ahead = 0;
    int aheadInternal = 0;
    for (WalletViews.Line line : wallet.lines()) {
      int known = line.active() ? line.end() + 1 - line.next() : 0;
      ahead += line.internal() ? 0 : known;
      aheadInternal += line.internal() ? known : 0;
    }
    info.put("walletname", wallet.name());
    info.put("walletversion", 169_900);
    info.put("format", "jsonl");
    info.put("txcount", wallet.transactions().size());
    info.put("keypoolsize", ahead);
    info.put("keypoolsize_hd_internal", aheadInternal);
    info.put("private_keys_enabled", true);
    info.put("avoid_reuse", false);
    info.put("scanning", false);
    info.put("descriptors", true);
    info.put("external_signer", false);
    info.put("blank", false);
    info.put("birthtime", wallet.bornSeconds());
    info.putArray("flags").add("descriptor_wallet");
    return info.set("lastprocessedblock", WalletJson.block(wallet.balances(0).tip()));
  }

  // --- addresses ---

  private JsonNode newAddress(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    AddressType type =
        arguments.has(1) ? WalletDoor.type(wallet, arguments.text(1)) : wallet.defaultType();
    String label = WalletDoor.label(arguments.text(0, ""));
    return StringNode.valueOf(wallet.newAddress(type, false, label));
  }

  private JsonNode changeAddress(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    AddressType type =
        arguments.has(0) ? WalletDoor.type(wallet, arguments.text(0)) : wallet.defaultType();
    return StringNode.valueOf(wallet.newAddress(type, true, ""));
  }

  private @Nullable JsonNode setLabel(Arguments arguments) throws CoreException {
    byte[] script = door.script(arguments.text(0));
    String address = door.addresses().address(script);
    door.of(arguments)
        .label(address == null ? arguments.text(0) : address, WalletDoor.label(arguments.text(1)));
    return null;
  }

  private JsonNode byLabel(Arguments arguments) throws CoreException {
    String label = WalletDoor.label(arguments.text(0));
    UtxoWallet wallet = door.of(arguments);
    ObjectNode result = CoreJson.object();
    for (Map.Entry<String, String> each : wallet.labels().entrySet()) {
      if (each.getValue().equals(label)) {
        boolean mine = wallet.mine(door.script(each.getKey())) != null;
        result.putObject(each.getKey()).put("purpose", mine ? "receive" : "send");
      }
    }
    if (result.isEmpty()) {
      throw new CoreException(
          CoreException.WALLET_INVALID_LABEL_NAME, "No addresses with label " + label);
    }
    return result;
  }

  private JsonNode addressInfo(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    byte[] script = door.script(arguments.text(0));
    String address = door.addresses().address(script);
    WalletViews.Mine mine = wallet.mine(script);
    ObjectNode info = CoreJson.object();
    info.put("address", address == null ? arguments.text(0) : address);
    info.put("scriptPubKey", CoreJson.hex(script));
    info.put("ismine", mine != null);
    info.put("solvable", mine != null);
    if (mine != null) {
      info.put("desc", mine.desc());
      info.put("parent_desc", mine.descriptor().normalizedText());
    }
    info.put("iswatchonly", false);
    addForm(info, script);
    info.put("ischange", mine != null && mine.internal());
    if (mine != null) {
      addKeys(info, mine.expanded());
      info.put("timestamp", mine.timestampSeconds());
    }
    ArrayNode labels = info.putArray("labels");
    String label = address == null ? null : wallet.labels().get(address);
    if (label != null) {
      labels.add(label);
    } else if (mine != null && !mine.internal()) {
      labels.add("");
    }
    return info;
  }

  private void addForm(ObjectNode info, byte[] script) {
    ScriptPattern.Type type = json.pattern(script).type();
    info.put(
        "isscript",
        type == ScriptPattern.Type.SCRIPTHASH
            || type == ScriptPattern.Type.LONG_SCRIPTHASH
            || type == ScriptPattern.Type.WITNESS_V0_SCRIPTHASH
            || type == ScriptPattern.Type.WITNESS_V1_TAPROOT);
    Scripts.WitnessProgram program =
        door.addresses().bech32() == null ? null : Scripts.witnessProgram(script);
    info.put("iswitness", program != null);
    if (program != null) {
      info.put("witness_version", program.version());
      info.put("witness_program", CoreJson.hex(program.program()));
    }
  }

  private void addKeys(ObjectNode info, Expanded expanded) {
    byte[] redeem = expanded.redeemScript();
    if (redeem != null) {
      info.put("script", json.pattern(redeem).type().word());
      info.put("hex", CoreJson.hex(redeem));
    }
    if (expanded.keys().size() == 1) {
      DerivedKey key = expanded.keys().getFirst();
      info.put("pubkey", CoreJson.hex(key.publicKey()));
      info.put("iscompressed", key.publicKey().length == 33);
      info.put("hdkeypath", Paths.text(key.path()));
      info.put("hdseedid", "0".repeat(40));
      info.put("hdmasterfingerprint", HexFormat.of().formatHex(key.fingerprint()));
    }
  }
}
