package org.fondaco.chain.conformance;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.fondaco.chain.conformance.UtxoSuite.Cases;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.address.Base58;
import org.fondaco.chain.utxo.profile.NetworkProfile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Base58, and the addresses and keys of {@code key_io_valid.json} and its counterpart. */
final class KeyCases {
  private static final HexFormat HEX = HexFormat.of();

  private KeyCases() {}

  static void readBase58(JsonNode json, Cases cases) {
    for (JsonNode test : json) {
      String hex = test.get(0).asString();
      String text = test.get(1).asString();
      cases.same("encode", hex, text, () -> Base58.encode(HEX.parseHex(hex)));
      cases.same("decode", text, hex, () -> HEX.formatHex(Base58.decode(text)));
    }
  }

  /** Each coin's node has such a file without saying whose it is; the witness prefixes tell. */
  private static String coin(JsonNode json) {
    long litecoin = count(json, List.of("ltc1", "tltc1", "rltc1"));
    return litecoin > count(json, List.of("bc1", "tb1", "bcrt1")) ? "ltc" : "btc";
  }

  private static long count(JsonNode json, List<String> prefixes) {
    return json.valueStream()
        .map(test -> test.get(0).asString().toLowerCase(Locale.ROOT))
        .filter(text -> prefixes.stream().anyMatch(text::startsWith))
        .count();
  }

  private static Stream<AddressFormat> formats(String coin) {
    return Stream.of(NetworkProfile.values())
        .filter(profile -> profile.coin().equals(coin))
        .map(NetworkProfile::addresses);
  }

  static void readValid(JsonNode json, Cases cases) {
    String coin = coin(json);
    for (JsonNode test : json) {
      String text = test.get(0).asString();
      String hex = test.get(1).asString();
      JsonNode about = test.get(2);
      // Signet writes what testnet writes.
      String network = about.path("chain").asString().replace("signet", "test");
      NetworkProfile profile = NetworkProfile.of(coin, network);
      cases.check(
          network,
          text,
          () -> {
            if (profile == null) {
              return "no network " + network;
            }
            AddressFormat format = profile.addresses();
            return about.path("isPrivkey").asBoolean()
                ? checkKey(format, text, hex, about.path("isCompressed").asBoolean())
                : checkAddress(format, text, hex, about.path("tryCaseFlip").asBoolean(false));
          });
    }
  }

  private static @Nullable String checkKey(
      AddressFormat format, String text, String hex, boolean compressed) {
    AddressFormat.PrivateKey key = format.privateKey(text);
    if (key.compressed() != compressed || isAddress(format, text)) {
      return "taken for something else";
    }
    return Cases.difference(
        List.of(hex, text), List.of(HEX.formatHex(key.bytes()), format.text(key)));
  }

  private static @Nullable String checkAddress(
      AddressFormat format, String text, String hex, boolean flip) {
    byte[] script = format.script(text);
    if (isKey(format, text)) {
      return "taken for a key";
    }
    if (flip && !HEX.formatHex(format.script(text.toUpperCase(Locale.ROOT))).equals(hex)) {
      return "refused in upper case";
    }
    return Cases.difference(
        List.of(hex, text), List.of(HEX.formatHex(script), String.valueOf(format.address(script))));
  }

  static void readInvalid(JsonNode json, Cases cases) {
    String coin = coin(json);
    for (JsonNode test : json) {
      String text = test.get(0).asString();
      cases.check(
          "invalid",
          text,
          () ->
              formats(coin).anyMatch(format -> isAddress(format, text) || isKey(format, text))
                  ? "taken"
                  : null);
    }
  }

  private static boolean isAddress(AddressFormat format, String text) {
    try {
      format.script(text);
      return true;
    } catch (AddressException e) {
      return false;
    }
  }

  private static boolean isKey(AddressFormat format, String text) {
    try {
      format.privateKey(text);
      return true;
    } catch (AddressException e) {
      return false;
    }
  }
}
