package org.fondaco.chain.utxo.rpc;

import static org.fondaco.chain.utxo.rpc.CoreJson.coins;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.wallet.UtxoWallet;
import org.fondaco.chain.utxo.wallet.WalletViews;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What wallets have and had. */
final class WalletCoinMethods {
  private static final int DEPTH_MAX = 9_999_999;
  private static final int DUMMY = -32;

  private final WalletDoor door;
  private final UtxoChain chain;
  private final Mempool pool;
  private final CoreJson json;

  WalletCoinMethods(WalletDoor door, UtxoChain chain, Mempool pool, CoreJson json) {
    this.door = door;
    this.chain = chain;
    this.pool = pool;
    this.json = json;
  }

  void addTo(CoreMethods methods) {
    addCoins(methods);
    addTransactions(methods);
  }

  private void addCoins(CoreMethods methods) {
    methods.add(
        WalletMethods.CATEGORY,
        "getbalance",
        "( \"dummy\" minconf include_watchonly avoid_reuse )",
        "Returns the total available balance: what may be spent, with change that waits.",
        this::balance);
    methods.add(
        WalletMethods.CATEGORY,
        "getbalances",
        "",
        "Returns an object with all balances.",
        arguments -> balances(door.of(arguments)));
    methods.add(
        WalletMethods.CATEGORY,
        "listunspent",
        "( minconf maxconf [\"addresses\"] include_unsafe query_options )",
        "Returns array of unspent transaction outputs with between minconf and maxconf (inclusive)"
            + " confirmations. query_options: minimumAmount, maximumAmount, maximumCount,"
            + " minimumSumAmount.",
        this::unspent);
    methods.add(
        WalletMethods.CATEGORY,
        "lockunspent",
        "unlock ( [\"transactions\"] persistent )",
        "Locks outputs (txid, vout), so that they are not spent, or unlocks them; all if none is"
            + " named. Locks end with the node.",
        this::lock);
    methods.add(
        WalletMethods.CATEGORY,
        "listlockunspent",
        "",
        "Returns list of temporarily unspendable outputs.",
        arguments -> {
          ArrayNode all = CoreJson.array();
          for (OutPoint each : door.of(arguments).locked()) {
            all.addObject().put("txid", Reversed.text(each.txid())).put("vout", each.index());
          }
          return all;
        });
    methods.add(
        WalletMethods.CATEGORY,
        "getreceivedbyaddress",
        "\"address\" ( minconf include_immature_coinbase )",
        "Returns the total amount received by the given address in transactions with at least"
            + " minconf confirmations.",
        this::received);
  }

  private void addTransactions(CoreMethods methods) {
    methods.add(
        WalletMethods.CATEGORY,
        "gettransaction",
        "\"txid\" ( include_watchonly verbose )",
        "Get detailed information about in-wallet transaction txid.",
        this::transaction);
    methods.add(
        WalletMethods.CATEGORY,
        "listtransactions",
        "( \"label\" count skip include_watchonly )",
        "Returns up to count most recent transactions skipping the first skip transactions, for a"
            + " label or for all (\"*\").",
        this::transactions);
    methods.add(
        WalletMethods.CATEGORY,
        "listsinceblock",
        "( \"blockhash\" target_confirmations include_watchonly include_removed include_change"
            + " \"label\" )",
        "Get all transactions in blocks since block blockhash, or all transactions if omitted.",
        this::since);
  }

  private JsonNode balance(Arguments arguments) throws CoreException {
    if (!arguments.text(0, "*").equals("*")) {
      throw new CoreException(DUMMY, "dummy first argument must be excluded or set to \"*\".");
    }
    int depth = arguments.integer(1, 0);
    return CoreJson.object().numberNode(coins(door.of(arguments).balances(depth).trusted()));
  }

  private static JsonNode balances(UtxoWallet wallet) {
    WalletViews.Balances balances = wallet.balances(0);
    ObjectNode result = CoreJson.object();
    result
        .putObject("mine")
        .put("trusted", coins(balances.trusted()))
        .put("untrusted_pending", coins(balances.pending()))
        .put("immature", coins(balances.immature()));
    return result.set("lastprocessedblock", WalletJson.block(balances.tip()));
  }

  private JsonNode unspent(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    int from = arguments.integer(0, 1);
    int to = arguments.integer(1, DEPTH_MAX);
    boolean unsafe = arguments.flag(3, true);
    Set<String> only = addresses(arguments.optional(2));
    JsonNode options = arguments.optional(4);
    JsonNode query = options == null ? MissingNode.getInstance() : options;
    long least = query.has("minimumAmount") ? Arguments.amount(query.path("minimumAmount")) : 0;
    long most =
        query.has("maximumAmount") ? Arguments.amount(query.path("maximumAmount")) : Long.MAX_VALUE;
    long sumAsked =
        query.has("minimumSumAmount")
            ? Arguments.amount(query.path("minimumSumAmount"))
            : Long.MAX_VALUE;
    int count = query.path("maximumCount").asInt(Integer.MAX_VALUE);
    ArrayNode all = CoreJson.array();
    long sum = 0;
    for (WalletViews.Unspent each : wallet.unspent()) {
      long value = each.output().value();
      String address = door.addresses().address(each.output().script());
      boolean fits =
          each.depth() >= from
              && each.depth() <= to
              && (unsafe || each.safe())
              && (only.isEmpty() || address != null && only.contains(address))
              && value >= least
              && value <= most;
      if (fits && all.size() < count && sum < sumAsked) {
        all.add(unspent(wallet, each, address));
        sum += value;
      }
    }
    return all;
  }

  private Set<String> addresses(@Nullable JsonNode asked) throws CoreException {
    Set<String> addresses = new HashSet<>();
    if (asked != null) {
      for (JsonNode each : asked) {
        String address = door.addresses().address(door.script(each.asString("")));
        if (address != null && !addresses.add(address)) {
          throw CoreException.parameter(
              "Invalid parameter, duplicated address: " + each.asString(""));
        }
      }
    }
    return addresses;
  }

  private ObjectNode unspent(
      UtxoWallet wallet, WalletViews.Unspent each, @Nullable String address) {
    ObjectNode result = CoreJson.object();
    result.put("txid", Reversed.text(each.outPoint().txid()));
    result.put("vout", each.outPoint().index());
    if (address != null) {
      result.put("address", address);
      String label = wallet.labels().get(address);
      if (label != null || !each.mine().internal()) {
        result.put("label", label == null ? "" : label);
      }
    }
    result.put("scriptPubKey", CoreJson.hex(each.output().script()));
    byte[] redeem = each.mine().expanded().redeemScript();
    if (redeem != null) {
      result.put("redeemScript", CoreJson.hex(redeem));
    }
    byte[] witness = each.mine().expanded().witnessScript();
    if (witness != null) {
      result.put("witnessScript", CoreJson.hex(witness));
    }
    result.put("amount", coins(each.output().value()));
    result.put("confirmations", each.depth());
    MempoolEntry waiting = each.depth() == 0 ? pool.find(each.outPoint().txid()) : null;
    if (waiting != null) {
      List<MempoolEntry> family = new ArrayList<>(pool.ancestors(waiting));
      family.add(waiting);
      result.put("ancestorcount", family.size());
      result.put("ancestorsize", family.stream().mapToLong(MempoolEntry::virtualSize).sum());
      result.put("ancestorfees", family.stream().mapToLong(MempoolEntry::fee).sum());
    }
    result.put("spendable", true);
    result.put("solvable", true);
    result.put("desc", each.mine().desc());
    result.putArray("parent_descs").add(each.mine().descriptor().normalizedText());
    return result.put("safe", each.safe());
  }

  private JsonNode lock(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    boolean unlock = arguments.flag(0, false);
    JsonNode asked = arguments.optional(1);
    if (asked == null) {
      if (unlock) {
        wallet.locked().forEach(each -> wallet.lock(each, true));
      }
      return BooleanNode.TRUE;
    }
    for (JsonNode each : asked) {
      OutPoint outPoint =
          new OutPoint(
              Arguments.hash(each.path("txid").asString(""), "txid"), each.path("vout").asLong());
      if (!wallet.lock(outPoint, unlock)) {
        throw CoreException.parameter(
            unlock
                ? "Invalid parameter, expected locked output"
                : "Invalid parameter, output already locked");
      }
    }
    return BooleanNode.TRUE;
  }

  private JsonNode received(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    byte[] script = door.script(arguments.text(0));
    if (wallet.mine(script) == null) {
      throw new CoreException(CoreException.WALLET, "Address not found in wallet");
    }
    int depth = arguments.integer(1, 1);
    boolean immature = arguments.flag(2, false);
    long sum = 0;
    for (WalletViews.History each : wallet.transactions()) {
      boolean counts =
          each.depth() >= depth
              && each.depth() >= 0
              && (each.block() != null || each.inPool())
              && (immature || !each.immature());
      for (WalletViews.Part part : each.parts()) {
        boolean to = java.util.Arrays.equals(part.output().script(), script);
        sum += counts && to ? part.output().value() : 0;
      }
    }
    return CoreJson.object().numberNode(coins(sum));
  }

  // --- transactions ---

  private JsonNode transaction(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    WalletViews.History history = wallet.transaction(arguments.hash(0, "txid"));
    if (history == null) {
      throw new CoreException(
          CoreException.INVALID_ADDRESS_OR_KEY, "Invalid or non-wallet transaction id");
    }
    ObjectNode result = CoreJson.object();
    long fee = WalletJson.fee(history);
    long net = history.credit() - history.debit() - fee;
    boolean unripe =
        history.immature() || history.transaction().isCoinbase() && history.block() == null;
    result.put("amount", coins(unripe ? 0 : net));
    if (history.debit() > 0) {
      result.put("fee", coins(fee));
    }
    WalletJson.addHistory(result, history);
    List<ObjectNode> details = new ArrayList<>();
    new WalletJson(wallet, door.addresses()).addDetails(history, null, details);
    result.putArray("details").addAll(details);
    result.put("hex", CoreJson.hex(history.transaction().encode()));
    if (arguments.flag(2, false)) {
      result.set("decoded", json.transaction(history.transaction(), null, false));
    }
    return result.set("lastprocessedblock", WalletJson.block(wallet.balances(0).tip()));
  }

  private List<ObjectNode> details(
      UtxoWallet wallet, WalletViews.History history, @Nullable String label) {
    List<ObjectNode> details = new ArrayList<>();
    new WalletJson(wallet, door.addresses()).addDetails(history, label, details);
    details.forEach(each -> WalletJson.addHistory(each, history));
    return details;
  }

  private JsonNode transactions(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    String label = arguments.text(0, "*");
    int count = arguments.integer(1, 10);
    int skip = arguments.integer(2, 0);
    if (count < 0) {
      throw CoreException.parameter("Negative count");
    }
    if (skip < 0) {
      throw CoreException.parameter("Negative from");
    }
    List<ObjectNode> all = new ArrayList<>();
    for (WalletViews.History each : wallet.transactions()) {
      all.addAll(details(wallet, each, label.equals("*") ? null : label));
    }
    int to = Math.max(0, all.size() - skip);
    int from = Math.max(0, to - count);
    return CoreJson.array().addAll(all.subList(from, to));
  }

  private JsonNode since(Arguments arguments) throws CoreException {
    UtxoWallet wallet = door.of(arguments);
    int since = -1;
    if (arguments.has(0)) {
      Hash hash = arguments.hash(0, "blockhash");
      BlockEntry entry = chain.entry(hash);
      if (entry == null) {
        throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Block not found");
      }
      while (!chain.isOnChain(entry) && entry.parent() != null) {
        entry = entry.parent();
      }
      since = entry.height();
    }
    int target = arguments.integer(1, 1);
    if (target < 1) {
      throw CoreException.parameter("Invalid parameter");
    }
    String label = arguments.has(5) ? arguments.text(5) : null;
    ObjectNode result = CoreJson.object();
    ArrayNode all = result.putArray("transactions");
    for (WalletViews.History each : wallet.transactions()) {
      BlockEntry block = each.block();
      if (block == null || block.height() > since) {
        all.addAll(details(wallet, each, label));
      }
    }
    result.putArray("removed");
    BlockEntry last = chain.at(Math.max(0, chain.tip().height() + 1 - target));
    return result.put("lastblock", Reversed.text(last == null ? chain.tip().hash() : last.hash()));
  }
}
