package org.fondaco.chain.utxo.wallet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.descriptor.Descriptor;
import org.fondaco.chain.utxo.descriptor.ExtendedKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys of a wallet: lines that come from its seed, lines that were imported, how far each is
 * used, and what people call the addresses. Under the lock of the wallet.
 */
final class WalletKeys {
  private static final int VERSION = 1;

  private final WalletLog log;
  private final AddressFormat format;
  private final ExtendedKey master;
  private final long bornSeconds;
  private final List<KeyLine> lines = new ArrayList<>();
  private final Map<ByteBuffer, Owned> byScript = new HashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();

  /**
   * Reads a wallet's keys.
   *
   * @param fresh the seed for a file that is empty
   * @throws IllegalArgumentException if the file is another network's or no wallet's
   */
  WalletKeys(
      WalletLog log, Consensus consensus, AddressFormat format, byte[] fresh, long nowSeconds) {
    this.log = log;
    this.format = format;
    String network = consensus.coin() + " " + consensus.name();
    if (log.entries().isEmpty()) {
      ObjectNode first = object();
      first.put("wallet", VERSION).put("network", network);
      first.put("seed", HexFormat.of().formatHex(fresh)).put("born", nowSeconds);
      log.append(first);
      log.entries().add(first);
    }
    JsonNode first = log.entries().getFirst();
    if (first.path("wallet").asInt() != VERSION
        || !first.path("network").asString().equals(network)) {
      throw new IllegalArgumentException(
          "the wallet is of network " + first.path("network") + ", not " + network);
    }
    master = ExtendedKey.master(HexFormat.of().parseHex(first.path("seed").asString()));
    bornSeconds = first.path("born").asLong();
    addOwnLines(consensus);
    log.entries().forEach(this::replay);
    lines.forEach(this::fill);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** SLIP-44's number of the coin on its main network; 1 on all others. */
  private static int coinType(Consensus consensus) {
    if (!consensus.name().equals("main")) {
      return 1;
    }
    return switch (consensus.coin()) {
      case BTC, SIX -> 0;
      case LTC -> 2;
      case BCH -> 145;
    };
  }

  private void addOwnLines(Consensus consensus) {
    String key = master.text(!consensus.name().equals("main"));
    for (AddressType type : AddressType.values()) {
      if (type != AddressType.LEGACY && format.bech32() == null) {
        continue;
      }
      for (int change = 0; change < 2; change++) {
        String path = "/" + type.purpose() + "h/" + coinType(consensus) + "h/0h/" + change + "/*";
        Descriptor descriptor = Descriptor.parse(type.descriptor(key + path), format, false);
        lines.add(new KeyLine(lines.size(), descriptor, type, change == 1, true, bornSeconds, 0));
      }
    }
  }

  private void replay(JsonNode entry) {
    if (entry.has("next")) {
      lines.get(entry.path("next").get(0).asInt()).use(entry.path("next").get(1).asInt() - 1);
    } else if (entry.has("label")) {
      labels.put(entry.path("label").get(0).asString(), entry.path("label").get(1).asString());
    } else if (entry.has("descriptor")) {
      lines.add(imported(entry));
    }
  }

  private KeyLine imported(JsonNode entry) {
    return new KeyLine(
        lines.size(),
        Descriptor.parse(entry.path("descriptor").asString(), format, false),
        null,
        entry.path("internal").asBoolean(),
        false,
        entry.path("timestamp").asLong(),
        entry.path("first").asInt());
  }

  private void fill(KeyLine line) {
    for (Owned owned : line.fill()) {
      byScript.putIfAbsent(ByteBuffer.wrap(owned.expanded().script()), owned);
    }
  }

  /** Takes a descriptor with its secrets; on disk when it returns. */
  void add(Descriptor descriptor, boolean internal, long timestampSeconds, int used) {
    ObjectNode entry = object();
    entry.put("descriptor", descriptor.privateText()).put("internal", internal);
    entry.put("timestamp", timestampSeconds).put("first", used);
    log.append(entry);
    KeyLine line = imported(entry);
    lines.add(line);
    fill(line);
  }

  List<KeyLine> lines() {
    return lines;
  }

  boolean hasType(AddressType type) {
    return lines.stream().anyMatch(line -> line.type() == type);
  }

  /** A script that nobody has seen; its index is on disk as used before this returns. */
  Owned next(AddressType type, boolean internal) {
    for (KeyLine line : lines) {
      if (line.type() == type && line.isInternal() == internal) {
        int index = line.next();
        ObjectNode entry = object();
        entry.putArray("next").add(line.number()).add(index + 1);
        log.append(entry);
        line.use(index);
        fill(line);
        return new Owned(line, index, line.expand(index).getFirst());
      }
    }
    throw new IllegalArgumentException("no keys for " + type);
  }

  /** The script is on the chain, so its index is used, whoever handed it out. */
  void used(Owned owned) {
    if (owned.line().source().isRange() && owned.line().use(owned.index())) {
      fill(owned.line());
    }
  }

  /**
   * Whose an output is by its script as on the wire; so one that carries tokens is nobody's, and
   * none are burned by mistake.
   */
  @Nullable Owned find(byte[] script) {
    return byScript.get(ByteBuffer.wrap(script));
  }

  void label(String address, String label) {
    ObjectNode entry = object();
    entry.putArray("label").add(address).add(label);
    log.append(entry);
    labels.put(address, label);
  }

  @Nullable String label(String address) {
    return labels.get(address);
  }

  Map<String, String> labels() {
    return labels;
  }

  ExtendedKey master() {
    return master;
  }

  long bornSeconds() {
    return bornSeconds;
  }
}
