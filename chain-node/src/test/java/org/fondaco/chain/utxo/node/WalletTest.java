package org.fondaco.chain.utxo.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The wallet of a node as its callers see it. */
class WalletTest {
  private static final String ELSEWHERE = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  @TempDir Path folder;
  private final List<RpcNode> nodes = new ArrayList<>();

  private RpcNode open(String coin) throws Exception {
    RpcNode node = new RpcNode(coin, folder);
    nodes.add(node);
    return node;
  }

  @AfterEach
  void close() {
    nodes.forEach(RpcNode::close);
  }

  private static void mine(RpcNode node, int blocks, String address) throws Exception {
    assertThat(node.result("generatetoaddress", "[" + blocks + ",'" + address + "']"))
        .hasSize(blocks);
  }

  /** Every kind of address is paid, spends, and the fee is what the size asks. */
  @ParameterizedTest
  @ValueSource(strings = {"btc", "ltc", "bch"})
  void addressesOfEveryKindArePaidAndSpend(String coin) throws Exception {
    RpcNode node = open(coin);
    List<String> types =
        coin.equals("bch")
            ? List.of("legacy")
            : List.of("legacy", "p2sh-segwit", "bech32", "bech32m");
    for (String type : types) {
      mine(node, 2, node.text("getnewaddress", "['','" + type + "']"));
    }
    String away = node.text("getrawchangeaddress", "[]");
    mine(node, 100, away);
    assertThat(node.text("getbalance", "[]")).isEqualTo(types.size() * 100 + ".00000000");
    List<String> parts = new ArrayList<>();
    for (String type : types) {
      parts.add("'" + node.text("getnewaddress", "['','" + type + "']") + "':1.5");
    }
    String many = "['',{" + String.join(",", parts) + "},1,'',[],true,null,'unset',7]";
    JsonNode first =
        node.result("gettransaction", "['" + node.text("sendmany", many) + "',false,true]");
    requireRate(first, 7);
    mine(node, 1, away);
    JsonNode balance = node.result("getbalances", "[]").path("mine");
    String sum = coins(balance.path("trusted"));
    String whole =
        node.text(
            "sendtoaddress", "['" + node.text("getnewaddress", "[]") + "'," + sum + ",'','',true]");
    JsonNode sent = node.result("gettransaction", "['" + whole + "',false,true]");
    assertThat(sent.path("decoded").path("vout")).hasSize(1);
    requireRate(sent, 20);
    mine(node, 1, away);
    assertThat(node.result("gettransaction", "['" + whole + "']").path("confirmations").asInt())
        .isEqualTo(1);
  }

  private static String coins(JsonNode amount) {
    return amount.decimalValue().toPlainString();
  }

  private static void requireRate(JsonNode transaction, int rate) {
    int size = transaction.path("decoded").path("vsize").asInt();
    long fee = -transaction.path("fee").decimalValue().movePointRight(8).longValueExact();
    // A signature is rarely a byte shorter than it may be.
    int inputs = transaction.path("decoded").path("vin").size();
    assertThat(fee).isBetween((long) size * rate, (long) (size + inputs + 1) * rate);
  }

  @Test
  void errorsHaveCoresCodesAndWords() throws Exception {
    RpcNode node = open("btc");
    node.error("getnewaddress", "['','bech64']", -5, "Unknown address type 'bech64'");
    node.error("getnewaddress", "['*']", -11, "Invalid label name");
    node.error("sendtoaddress", "['" + ELSEWHERE + "',1]", -6, "Insufficient funds");
    node.error("sendtoaddress", "['nowhere',1]", -5, "Invalid address: nowhere");
    node.error("sendtoaddress", "['" + ELSEWHERE + "',-1]", -3, "Amount out of range");
    node.error(
        "sendtoaddress", "['" + ELSEWHERE + "',0.00000001]", -6, "Transaction amount too small");
    node.error("sendmany", "['x',{}]", -8, "Dummy value must be set to \"\"");
    node.error(
        "gettransaction", "['" + "1".repeat(64) + "']", -5, "Invalid or non-wallet transaction id");
    node.error("loadwallet", "['none']", -18, "Wallet file verification failed.");
    assertThat(node.callOn("/wallet/none", "getbalance", "[]").path("error").path("code").asInt())
        .isEqualTo(-18);
    assertThat(node.result("listwallets", "[]").toString()).isEqualTo("[\"\"]");
    assertThat(node.result("createwallet", "['alice']").path("name").asString()).isEqualTo("alice");
    node.error("createwallet", "['alice']", -36, "Failed to create database path");
    node.error("createwallet", "['../alice']", -8, "A wallet's name has");
    assertThat(node.resultOn("/wallet/alice", "getwalletinfo", "[]").path("walletname").asString())
        .isEqualTo("alice");
    assertThat(node.resultOn("/wallet/", "getwalletinfo", "[]").path("walletname").asString())
        .isEmpty();
    node.result("unloadwallet", "['alice']");
    assertThat(node.result("loadwallet", "['alice']").path("name").asString()).isEqualTo("alice");
  }

  /** Coinbases count after a hundred blocks on them, and a reorganisation takes coins away. */
  @Test
  void coinbasesMatureAndReorganisationsAreFollowed() throws Exception {
    RpcNode node = open("btc");
    String own = node.text("getnewaddress", "['pocket']");
    mine(node, 1, own);
    JsonNode balances = node.result("getbalances", "[]").path("mine");
    assertThat(coins(balances.path("immature"))).isEqualTo("50.00000000");
    assertThat(coins(balances.path("trusted"))).isEqualTo("0.00000000");
    mine(node, 99, ELSEWHERE);
    assertThat(coins(node.result("getbalance", "[]"))).isEqualTo("0.00000000");
    mine(node, 1, ELSEWHERE);
    assertThat(node.text("getbalance", "[]")).isEqualTo("50.00000000");
    String txid = node.text("sendtoaddress", "['" + ELSEWHERE + "',10]");
    JsonNode change = node.result("listunspent", "[0]").get(0);
    assertThat(change.path("confirmations").asInt()).isZero();
    assertThat(change.path("safe").asBoolean()).isTrue();
    mine(node, 1, ELSEWHERE);
    JsonNode sent = node.result("gettransaction", "['" + txid + "']");
    assertThat(sent.path("confirmations").asInt()).isEqualTo(1);
    assertThat(sent.path("details")).hasSize(1);
    assertThat(sent.path("amount").toString()).isEqualTo("-10.00000000");
    node.result("invalidateblock", "['" + sent.path("blockhash").asString() + "']");
    JsonNode back = node.result("gettransaction", "['" + txid + "']");
    assertThat(back.path("confirmations").asInt()).isZero();
    assertThat(back.path("trusted").asBoolean()).isTrue();
    String first = node.text("getblockhash", "[1]");
    node.result("invalidateblock", "['" + first + "']");
    assertThat(coins(node.result("getbalances", "[]").path("mine").path("trusted")))
        .isEqualTo("0.00000000");
    node.result("reconsiderblock", "['" + first + "']");
    assertThat(node.result("gettransaction", "['" + txid + "']").path("confirmations").asInt())
        .isEqualTo(1);
    List<String> categories = new ArrayList<>();
    node.result("listtransactions", "[]")
        .forEach(each -> categories.add(each.path("category").asString()));
    assertThat(categories).containsExactly("generate", "send");
  }

  /** What a node that was killed was doing is in its file or on the chain. */
  @Test
  void everythingIsThereAfterARestart() throws Exception {
    RpcNode node = open("btc");
    String own = node.text("getnewaddress", "['pocket']");
    mine(node, 101, own);
    String txid = node.text("sendtoaddress", "['" + ELSEWHERE + "',10]");
    String balances = node.result("getbalances", "[]").toString();
    String descriptors = node.result("listdescriptors", "[true]").toString();
    Path file = folder.resolve("wallet.jsonl");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    node.close();
    nodes.clear();
    Files.delete(folder.resolve("mempool.dat"));
    Files.writeString(file, "{\"next\":[4,9", java.nio.file.StandardOpenOption.APPEND);
    RpcNode again = open("btc");
    assertThat(again.result("getrawmempool", "[]").get(0).asString()).isEqualTo(txid);
    assertThat(again.result("getbalances", "[]").toString()).isEqualTo(balances);
    assertThat(again.result("listdescriptors", "[true]").toString()).isEqualTo(descriptors);
    assertThat(again.text("getnewaddress", "[]")).isNotEqualTo(own);
    assertThat(again.result("getaddressinfo", "['" + own + "']").path("labels").get(0).asString())
        .isEqualTo("pocket");
    assertThat(again.node().wallet().newAddress()).startsWith("bcrt1q");
  }
}
