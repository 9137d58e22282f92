package org.fondaco.api.torture;

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
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody's coins outside the venue, on a node that the demo's credentials name. */
final class OutsideWallet {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int ETHER_DECIMALS = 18;

  private final Path folder;
  private final String chain;

  /**
   * @param folder of the venue; read at each call, because a node that was killed has a new port
   */
  OutsideWallet(Path folder, String chain) {
    this.folder = folder;
    this.chain = chain;
  }

  boolean isRich() throws IOException, InterruptedException {
    return chain.equals("ETH")
        ? call("eth_accounts").size() > 0
        : call("getbalance").decimalValue().signum() > 0;
  }

  /** Returns the id without prefix. */
  String pay(String address, BigDecimal amount) throws IOException, InterruptedException {
    if (!chain.equals("ETH")) {
      return call("sendtoaddress", address, amount).asString();
    }
    String from = call("eth_accounts").path(0).asString();
    String value = "0x" + amount.movePointRight(ETHER_DECIMALS).toBigIntegerExact().toString(16);
    return call("eth_sendTransaction", Map.of("from", from, "to", address, "value", value))
        .asString()
        .substring(2);
  }

  BigDecimal received(String address) throws IOException, InterruptedException {
    if (chain.equals("ETH")) {
      String digits = call("eth_getBalance", address, "latest").asString().substring(2);
      return new BigDecimal(new BigInteger(digits, 16), ETHER_DECIMALS);
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode output : call("listunspent", 1, Integer.MAX_VALUE, List.of(address))) {
      sum = sum.add(output.path("amount").decimalValue());
    }
    return sum;
  }

  String freshAddress(String entropy) throws IOException, InterruptedException {
    return chain.equals("ETH") ? "0x" + entropy : call("getnewaddress").asString();
  }

  private JsonNode call(String method, Object... params) throws IOException, InterruptedException {
    JsonNode node = null;
    for (JsonNode each :
        JSON.readTree(Files.readAllBytes(folder.resolve("demo-credentials.json"))).path("nodes")) {
      node = each.path("chain").asString().equals(chain) ? each : node;
    }
    if (node == null) {
      throw new IOException("no node of " + chain);
    }
    byte[] body =
        JSON.writeValueAsBytes(
            Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.path("url").asString()))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    String cookie = node.path("cookie").asString();
    if (!cookie.isEmpty()) {
      String login = Files.readString(Path.of(cookie)).strip();
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII)));
    }
    HttpResponse<byte[]> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    JsonNode answer = JSON.readTree(response.body());
    if (answer.path("error").isObject()) {
      throw new IOException(method + ": " + answer.path("error"));
    }
    return answer.path("result");
  }
}
