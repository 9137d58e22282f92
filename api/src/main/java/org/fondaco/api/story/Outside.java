package org.fondaco.api.story;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The world outside the venue: other people's coins, reached through a node of theirs. */
final class Outside {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final String TRANSFER = "0xa9059cbb";
  private static final String BALANCE_OF = "0x70a08231";
  private static final int WORD_DIGITS = 64;
  private static final int ETHER_DECIMALS = 18;
  private static final int DOLLAR_DECIMALS = 6;

  private final HttpClient http;
  private final StoryCredentials.Node node;

  Outside(HttpClient http, StoryCredentials.Node node) {
    this.http = http;
    this.node = node;
  }

  /** Pays to an address; returns the transaction's id. */
  String pay(String asset, String address, BigDecimal amount) {
    if (!node.chain().equals("ETH")) {
      return call("sendtoaddress", address, amount).asString();
    }
    String payer = call("eth_accounts").path(0).asString();
    Map<String, Object> transaction = new LinkedHashMap<>();
    transaction.put("from", payer);
    if (asset.equals("ETH")) {
      transaction.put("to", address);
      transaction.put("value", "0x" + atoms(amount, ETHER_DECIMALS).toString(16));
    } else {
      transaction.put("to", node.dollar());
      transaction.put(
          "data", TRANSFER + word(address) + word(atoms(amount, DOLLAR_DECIMALS).toString(16)));
    }
    return call("eth_sendTransaction", transaction).asString();
  }

  /** Coins that can be spent; a network that has just begun has none before its 101st block. */
  BigDecimal savings() {
    return node.chain().equals("ETH") ? BigDecimal.ONE : call("getbalance").decimalValue();
  }

  /** An address of somebody whom the venue has never seen. */
  String freshAddress() {
    if (node.chain().equals("ETH")) {
      byte[] address = new byte[20];
      new SecureRandom().nextBytes(address);
      return "0x" + HexFormat.of().formatHex(address);
    }
    return call("getnewaddress").asString();
  }

  /** What an address of {@link #freshAddress} has received in blocks. */
  BigDecimal received(String asset, String address) {
    if (!node.chain().equals("ETH")) {
      BigDecimal sum = BigDecimal.ZERO;
      for (JsonNode output : call("listunspent", 1, Integer.MAX_VALUE, List.of(address))) {
        sum = sum.add(output.path("amount").decimalValue());
      }
      return sum;
    }
    if (asset.equals("ETH")) {
      return whole(call("eth_getBalance", address, "latest"), ETHER_DECIMALS);
    }
    Map<String, Object> question = Map.of("to", node.dollar(), "data", BALANCE_OF + word(address));
    return whole(call("eth_call", question, "latest"), DOLLAR_DECIMALS);
  }

  private static BigDecimal whole(JsonNode quantity, int decimals) {
    String digits = quantity.asString().substring(2);
    return new BigDecimal(new BigInteger(digits.isEmpty() ? "0" : digits, 16), decimals);
  }

  private static BigInteger atoms(BigDecimal amount, int decimals) {
    return amount.movePointRight(decimals).toBigIntegerExact();
  }

  private static String word(String hex) {
    String digits = hex.startsWith("0x") ? hex.substring(2) : hex;
    return "0".repeat(WORD_DIGITS - digits.length()) + digits;
  }

  private JsonNode call(String method, Object... params) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jsonrpc", "2.0");
    body.put("id", 1);
    body.put("method", method);
    body.put("params", List.of(params));
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(node.url()))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
      if (!node.cookie().isEmpty()) {
        byte[] login =
            Files.readString(Path.of(node.cookie())).strip().getBytes(StandardCharsets.UTF_8);
        request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
      }
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      JsonNode answer = JSON.readTree(response.body());
      if (answer.path("error").isObject()) {
        throw new StoryFailed(node.chain() + " node, " + method + ": " + answer.path("error"));
      }
      return answer.path("result");
    } catch (IOException | JacksonException e) {
      throw new StoryFailed(node.chain() + " node, " + method + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailed("interrupted", e);
    }
  }
}
