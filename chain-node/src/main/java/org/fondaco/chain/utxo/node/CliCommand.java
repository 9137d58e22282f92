package org.fondaco.chain.utxo.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** {@code fondaco node cli}: calls a node of a UTXO chain, in the manner of bitcoin-cli. */
@Command(
    name = "fondaco node cli",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Calls a method of a node of a UTXO chain and prints the result.",
    footer = "Exit codes: 0 a result, 1 no node, 2 usage, else the error's code without its sign.")
public final class CliCommand implements Callable<Integer> {
  private static final Duration TIME_MAX = Duration.ofMinutes(15);
  private static final int FORBIDDEN = 401;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  @Option(names = "--chain", defaultValue = "btc", description = "btc, bch, ltc or sixhash")
  String coin = "btc";

  @Option(names = "--network", defaultValue = "regtest", description = "regtest or main")
  String network = "regtest";

  @Option(names = "--datadir", description = "the node's folder, for its cookie")
  @Nullable Path folder;

  @Option(names = "--rpcconnect", defaultValue = "127.0.0.1", description = "the node's host")
  String host = "127.0.0.1";

  @Option(
      names = "--rpcport",
      description = "the node's port (default: what the node says in its folder)")
  @Nullable Integer port;

  @Option(names = "--rpcuser", description = "instead of the cookie")
  @Nullable String user;

  @Option(names = "--rpcpassword", defaultValue = "${env:FONDACO_NODE_RPCPASSWORD}")
  @Nullable String password;

  @Option(names = "--named", description = "parameters are name=value")
  boolean named;

  @Parameters(index = "0", paramLabel = "METHOD", description = "help lists them")
  String method = "help";

  @Parameters(
      index = "1..*",
      paramLabel = "PARAMETER",
      description = "JSON, or text where it is none")
  List<String> parameters = List.of();

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new CliCommand());
    // A negative number is a parameter, not an option.
    line.setUnmatchedOptionsArePositionalParams(true);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      return print(ask());
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      return 1;
    }
  }

  private JsonNode ask() throws IOException, InterruptedException {
    int at = port == null ? port() : port;
    ObjectNode request = MAPPER.createObjectNode();
    request.put("id", "cli").put("method", method).set("params", params());
    HttpRequest post =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + at + "/"))
            .timeout(TIME_MAX)
            .header("Authorization", "Basic " + credential())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(request)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(post, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() == FORBIDDEN) {
        throw new IOException("Authorization failed: Incorrect rpcuser or rpcpassword");
      }
      return MAPPER.readTree(response.body());
    } catch (java.net.ConnectException e) {
      throw new IOException("Could not connect to the server " + host + ":" + at, e);
    } catch (JacksonException e) {
      throw new IOException("the server's answer is not JSON", e);
    }
  }

  /** What the node wrote when it began to serve, else the network's. */
  private int port() throws IOException {
    Path file = UtxoNode.portFile(UtxoNodeCommand.folder(folder, coin, network));
    return Files.exists(file)
        ? Integer.parseInt(Files.readString(file).strip())
        : UtxoNetwork.of(coin, network).profile().rpcPort();
  }

  private String credential() throws IOException {
    String plain = user != null ? user + ":" + password : cookie();
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private String cookie() throws IOException {
    Path own = UtxoNodeCommand.folder(folder, coin, network);
    try {
      return Files.readString(UtxoNode.cookieFile(own));
    } catch (NoSuchFileException e) {
      throw new IOException("no node runs in " + own + ": it has no cookie", e);
    }
  }

  private JsonNode params() {
    if (named) {
      ObjectNode object = MAPPER.createObjectNode();
      for (String each : parameters) {
        int equals = each.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException(
              "No '=' in named argument '" + each + "', this needs to be present");
        }
        object.set(each.substring(0, equals), value(each.substring(equals + 1)));
      }
      return object;
    }
    ArrayNode array = MAPPER.createArrayNode();
    parameters.forEach(each -> array.add(value(each)));
    return array;
  }

  /** JSON where it is some; but a hash of digits only is text. */
  private static JsonNode value(String text) {
    boolean isNumber = text.matches("-?\\d{1,18}(\\.\\d{1,18})?");
    boolean isWord = text.equals("true") || text.equals("false") || text.equals("null");
    if (isNumber || isWord || text.startsWith("[") || text.startsWith("{")) {
      return MAPPER.readTree(text);
    }
    return StringNode.valueOf(text);
  }

  private static int print(JsonNode answer) {
    JsonNode error = answer.path("error");
    if (!error.isMissingNode() && !error.isNull()) {
      System.err.println("error code: " + error.path("code").asInt());
      System.err.println("error message:\n" + error.path("message").asString(""));
      return Math.abs(error.path("code").asInt());
    }
    JsonNode result = answer.path("result");
    if (result.isString()) {
      System.out.println(result.stringValue());
    } else if (!result.isNull()) {
      System.out.println(MAPPER.writeValueAsString(result));
    }
    return 0;
  }
}
