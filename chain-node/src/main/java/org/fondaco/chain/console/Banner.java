package org.fondaco.chain.console;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a person reads first: which node this is, and how far it has come. */
final class Banner {
  /** As JavaScript writes dates, and geth's console with it. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd yyyy HH:mm:ss 'GMT'xx (zzz)", Locale.ROOT);

  private final Remote remote;
  private final ZoneId zone;

  Banner(Remote remote, ZoneId zone) {
    this.remote = remote;
    this.zone = zone;
  }

  /** Lines that a node does not answer are left out; a lost connection is an error. */
  String text() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder("Welcome to the Fondaco JavaScript console!\n\n");
    line(text, "instance", ask("web3_clientVersion").asString(""));
    line(text, "coinbase", ask("eth_coinbase").asString(""));
    line(text, "at block", block(ask("eth_getBlockByNumber", "latest", false)));
    line(text, " datadir", ask("admin_datadir").asString(""));
    line(text, " modules", modules(ask("rpc_modules")));
    return text + "\nTo exit, press ctrl-d or type exit";
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append(name).append(": ").append(value.replaceAll("\\p{Cntrl}", " ")).append('\n');
    }
  }

  private String block(JsonNode block) {
    try {
      long number = Long.decode(block.path("number").asString(""));
      Instant time = Instant.ofEpochSecond(Long.decode(block.path("timestamp").asString("")));
      return number + " (" + DATE.format(time.atZone(zone)) + ")";
    } catch (NumberFormatException e) {
      return "";
    }
  }

  private static String modules(JsonNode modules) {
    return modules.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, module -> module.getValue().asString("")))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(module -> module.getKey() + ":" + module.getValue())
        .collect(Collectors.joining(" "));
  }

  private JsonNode ask(String method, Object... arguments)
      throws IOException, InterruptedException {
    var params = JsonNodeFactory.instance.arrayNode();
    for (Object argument : arguments) {
      params.addPOJO(argument);
    }
    try {
      return remote.call(method, params);
    } catch (RemoteException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }
}
