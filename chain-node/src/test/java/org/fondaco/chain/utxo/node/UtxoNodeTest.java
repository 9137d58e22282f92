package org.fondaco.chain.utxo.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** A node as its callers see it: over HTTP, with a password, on a disk. */
class UtxoNodeTest {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private UtxoNode node;

  @BeforeEach
  void start() throws IOException {
    node = open("btc");
  }

  private UtxoNode open(String coin) throws IOException {
    return UtxoNode.open(
        new UtxoNode.Settings(
            UtxoNetwork.of(coin, "regtest"), folder, "127.0.0.1", 0, "dealer:quote", 1, true));
  }

  @AfterEach
  void stop() {
    node.close();
    client.close();
  }

  private HttpResponse<String> post(String credential, String body) throws Exception {
    String basic = Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port()))
            .header("Authorization", "Basic " + basic)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode call(String method, String params) throws Exception {
    String body = "{\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    return MAPPER.readTree(post("dealer:quote", body).body());
  }

  private JsonNode result(String method, String params) throws Exception {
    JsonNode answer = call(method, params);
    assertThat(answer.path("error").isNull()).as(answer.toString()).isTrue();
    return answer.path("result");
  }

  private void error(String method, String params, int code, String message) throws Exception {
    JsonNode error = call(method, params).path("error");
    assertThat(error.path("code").asInt()).as(error.toString()).isEqualTo(code);
    assertThat(error.path("message").asString()).startsWith(message);
  }

  @Test
  void passwordsAndStatusesAreThoseOfBitcoinCore() throws Exception {
    String count = "{\"id\":7,\"method\":\"getblockcount\"}";
    String cookie = Files.readString(folder.resolve(".cookie"));
    assertThat(post(cookie, count).body()).isEqualTo("{\"result\":0,\"error\":null,\"id\":7}\n");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(".cookie"))))
        .isEqualTo("rw-------");
    assertThat(post("dealer:wrong", count).statusCode()).isEqualTo(401);
    assertThat(post("", count).statusCode()).isEqualTo(401);
    assertThat(post(cookie, "{\"id\":1,\"method\":\"none\"}").statusCode()).isEqualTo(404);
    assertThat(post(cookie, "{\"id\":1}").statusCode()).isEqualTo(400);
    assertThat(post(cookie, "{\"id\":1,\"method\":\"getblockhash\",\"params\":[9]}").statusCode())
        .isEqualTo(500);
    assertThat(post(cookie, "{").body()).contains("-32700");
    HttpResponse<String> batch =
        post(cookie, "[" + count + ",{\"jsonrpc\":\"2.0\",\"method\":\"uptime\"},5]");
    assertThat(batch.statusCode()).isEqualTo(200);
    assertThat(MAPPER.readTree(batch.body())).hasSize(2);
    String version2 = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"none\"}";
    assertThat(post(cookie, version2).statusCode()).isEqualTo(200);
    assertThat(post(cookie, "[".repeat(5000)).body()).contains("-32700");
  }

  @Test
  void errorsHaveCoresCodesAndWords() throws Exception {
    error("getblockhash", "[1]", -8, "Block height out of range");
    error(
        "getblockhash", "[\"x\"]", -3, "JSON value of type string is not of expected type number");
    error("getblockhash", "[]", -1, "getblockhash height");
    error("getblock", "[\"00\"]", -8, "blockhash must be of length 64 (not 2, for '00')");
    error("getblock", "[\"" + "0".repeat(64) + "\"]", -5, "Block not found");
    error("getblock", "{\"hash\":1}", -8, "Unknown named parameter hash");
    error("sendrawtransaction", "[\"00\"]", -22, "TX decode failed");
    error("submitblock", "[\"00\"]", -22, "Block decode failed");
    error("getblocktemplate", "[]", -8, "getblocktemplate must be called with the segwit rule");
    error("generatetoaddress", "[1,\"ltc1qxyz\"]", -5, "Invalid Bitcoin address");
    error("getmempoolentry", "[\"" + "1".repeat(64) + "\"]", -5, "Transaction not in mempool");
    error("createrawtransaction", "[[],{\"" + ADDRESS + "\":-1}]", -3, "Amount out of range");
    error("createrawtransaction", "[[],{\"" + ADDRESS + "\":0.000000001}]", -3, "Invalid amount");
    error("addnode", "[\"a\",\"add\"]", -29, "This node connects with no others");
  }

  @Test
  void blocksAreMinedKeptAndToldOf() throws Exception {
    JsonNode hashes = result("generatetoaddress", "[101,\"" + ADDRESS + "\"]");
    assertThat(hashes).hasSize(101);
    String last = hashes.get(100).asString();
    JsonNode block = result("getblock", "[\"" + last + "\",2]");
    assertThat(block.path("height").asInt()).isEqualTo(101);
    JsonNode coinbase = block.path("tx").get(0);
    assertThat(coinbase.path("vout").get(0).path("value").toString()).isEqualTo("50.00000000");
    assertThat(coinbase.path("vout").get(0).path("scriptPubKey").path("desc").asString())
        .isEqualTo("addr(" + ADDRESS + ")#8pk5s7ya");
    String txid = coinbase.path("txid").asString();
    assertThat(result("getrawtransaction", "[\"" + txid + "\",1]").path("blockhash").asString())
        .isEqualTo(last);
    assertThat(result("gettxout", "[\"" + txid + "\",0]").path("coinbase").asBoolean()).isTrue();
    assertThat(result("gettxout", "[\"" + txid + "\",9]").isNull()).isTrue();
    JsonNode statistics = result("gettxoutsetinfo", "[]");
    assertThat(statistics.path("total_amount").toString()).isEqualTo("5050.00000000");
    node.close();
    node = open("btc");
    assertThat(result("gettxoutsetinfo", "[]")).isEqualTo(statistics);
    assertThat(result("getbestblockhash", "[]").asString()).isEqualTo(last);
    result("invalidateblock", "[\"" + last + "\"]");
    assertThat(result("getblockcount", "[]").asInt()).isEqualTo(100);
    result("reconsiderblock", "[\"" + last + "\"]");
    assertThat(result("getblockcount", "[]").asInt()).isEqualTo(101);
  }

  /** A miner of somebody else takes a template, works, and submits. */
  @Test
  void aTemplateBecomesABlock() throws Exception {
    Block block = new Blocks(node.chain().consensus()).next(node.chain().tip());
    String hex = java.util.HexFormat.of().formatHex(block.encode());
    JsonNode template = result("getblocktemplate", "[{\"rules\":[\"segwit\"]}]");
    assertThat(template.path("height").asInt()).isEqualTo(1);
    assertThat(template.path("coinbasevalue").asLong()).isEqualTo(5_000_000_000L);
    assertThat(template.path("bits").asString()).isEqualTo("207fffff");
    assertThat(template.path("default_witness_commitment").asString()).startsWith("6a24aa21a9ed");
    String proposal = "[{\"mode\":\"proposal\",\"data\":\"" + hex + "\"}]";
    assertThat(result("getblocktemplate", proposal).isNull()).isTrue();
    assertThat(result("submitblock", "[\"" + hex + "\"]").isNull()).isTrue();
    assertThat(result("submitblock", "[\"" + hex + "\"]").asString()).isEqualTo("duplicate");
    Block changed =
        new Blocks(node.chain().consensus()).with(block, List.of(block.transactions().getFirst()));
    assertThat(changed.hash()).isEqualTo(block.hash());
  }

  @Test
  void aTransactionIsReadAndTried() throws Exception {
    Transaction transaction =
        new Transaction(
            2,
            List.of(new Input(new OutPoint(Hash.ZERO, 3), new byte[0], Input.SEQUENCE_FINAL)),
            List.of(new Output(1, new byte[22])),
            0);
    String hex = java.util.HexFormat.of().formatHex(transaction.encode());
    assertThat(result("decoderawtransaction", "[\"" + hex + "\"]").path("txid").asString())
        .isEqualTo(Reversed.text(transaction.txid()));
    error("sendrawtransaction", "[\"" + hex + "\"]", -26, "scriptpubkey");
    JsonNode verdict = result("testmempoolaccept", "[[\"" + hex + "\"]]").get(0);
    assertThat(verdict.path("allowed").asBoolean()).isFalse();
    assertThat(verdict.path("reject-reason").asString()).isEqualTo("scriptpubkey");
    String made =
        result(
                "createrawtransaction",
                "[[{\"txid\":\""
                    + "1".repeat(64)
                    + "\",\"vout\":0}],[{\""
                    + ADDRESS
                    + "\":0.5},"
                    + "{\"data\":\"aabb\"}]]")
            .asString();
    JsonNode decoded = result("decoderawtransaction", "[\"" + made + "\"]");
    assertThat(decoded.path("vout").get(0).path("value").toString()).isEqualTo("0.50000000");
    assertThat(decoded.path("vout").get(1).path("scriptPubKey").path("asm").asString())
        .isEqualTo("OP_RETURN -15274");
    assertThat(decoded.path("vin").get(0).path("sequence").asLong()).isEqualTo(4294967293L);
    String mweb = "0200000000" + "08" + "00".repeat(10);
    error("sendrawtransaction", "[\"" + mweb + "\"]", -22, "");
  }

  @Test
  void stopIsToldToWhoWaits() throws Exception {
    assertThat(node.awaitStop(0, TimeUnit.SECONDS)).isFalse();
    result("stop", "[]");
    assertThat(node.awaitStop(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFolderBelongsToOneProcessAndOneNetwork() {
    assertThatThrownBy(() -> open("btc"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("open");
    node.close();
    assertThatThrownBy(() -> open("ltc"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("BTC regtest");
  }
}
