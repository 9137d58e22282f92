package org.fondaco.api.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.fondaco.api.custody.CustodySettings;
import org.fondaco.api.custody.CustodySettings.AssetTerms;
import org.fondaco.api.custody.CustodySettings.ChainTerms;
import org.fondaco.api.custody.CustodySettings.ConfirmationTier;
import org.fondaco.api.custody.CustodySettings.HotRange;
import org.fondaco.custody.address.Address;
import org.fondaco.custody.address.AddressException;
import org.fondaco.custody.address.Addresses;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeAddress;
import org.jspecify.annotations.Nullable;

/** Custody's part of the environment. */
final class CustodyValues {
  private static final Set<String> ASSETS = Set.of("BTC", "BCH", "LTC", "ETH", "USDT");
  private static final Set<String> CHAINS = Set.of("BTC", "BCH", "LTC", "ETH");

  private CustodyValues() {}

  static CustodySettings read(Values values) {
    values.oneOf(Setting.FONDACO_CUSTODY, "auto", "on", "off");
    values.oneOf(Setting.FONDACO_CHAIN_NETWORK, "main", "test", "regtest");
    return new CustodySettings(
        CustodySettings.Mode.valueOf(values.text(Setting.FONDACO_CUSTODY).toUpperCase(Locale.ROOT)),
        Network.parse(values.text(Setting.FONDACO_CHAIN_NETWORK)),
        nodes(values),
        dollar(values),
        given(values, Setting.FONDACO_CUSTODY_PASSPHRASE),
        given(values, Setting.FONDACO_CUSTODY_PASSPHRASE_FILE).map(Path::of),
        module(values),
        chains(values),
        assets(values),
        hot(values),
        cold(values));
  }

  private static Optional<String> given(Values values, Setting setting) {
    return Optional.of(values.text(setting)).filter(text -> !text.isEmpty());
  }

  private static Optional<CustodySettings.Module> module(Values values) {
    Optional<Path> library = given(values, Setting.FONDACO_PKCS11_MODULE).map(Path::of);
    Optional<Path> pin = given(values, Setting.FONDACO_PKCS11_PIN_FILE).map(Path::of);
    String slot = values.text(Setting.FONDACO_PKCS11_SLOT);
    if (!slot.matches("[0-9]{1,4}")) {
      throw new Settings.InvalidSetting(
          Setting.FONDACO_PKCS11_SLOT + " is a number from 0 on, not " + slot);
    }
    if (library.isPresent() != pin.isPresent()) {
      throw new Settings.InvalidSetting(
          "%s and %s come together"
              .formatted(Setting.FONDACO_PKCS11_MODULE, Setting.FONDACO_PKCS11_PIN_FILE));
    }
    return library.map(
        file -> new CustodySettings.Module(file, Integer.parseInt(slot), pin.orElseThrow()));
  }

  private static Map<ChainName, NodeAddress> nodes(Values values) {
    Map<ChainName, NodeAddress> nodes = new EnumMap<>(ChainName.class);
    Map<ChainName, Setting> settings =
        Map.of(
            ChainName.BTC, Setting.FONDACO_BTC_URL,
            ChainName.BCH, Setting.FONDACO_BCH_URL,
            ChainName.LTC, Setting.FONDACO_LTC_URL,
            ChainName.ETH, Setting.FONDACO_ETH_URL);
    settings.forEach((chain, setting) ->
        given(values, setting)
            .ifPresent(url -> {
              try {
                nodes.put(chain, NodeAddress.of(url, null));
              } catch (IllegalArgumentException e) {
                throw new Settings.InvalidSetting(
                    setting + " must be http://user:password@host:port or the like");
              }
            }));
    return Map.copyOf(nodes);
  }

  private static Optional<String> dollar(Values values) {
    Optional<String> contract = given(values, Setting.FONDACO_USDT_CONTRACT);
    contract.ifPresent(text -> {
      if (!text.matches("0x[0-9a-fA-F]{40}")) {
        throw new Settings.InvalidSetting(
            Setting.FONDACO_USDT_CONTRACT + " must be 0x and 40 digits, not " + text);
      }
    });
    return contract.map(text -> text.substring(2).toLowerCase(Locale.ROOT));
  }

  private static Map<ChainName, ChainTerms> chains(Values values) {
    Map<String, String> depths = table(values, Setting.FONDACO_FINAL_DEPTH, CHAINS);
    Map<String, String> reorganisations = table(values, Setting.FONDACO_MAX_REORG, CHAINS);
    Map<String, String> starts =
        given(values, Setting.FONDACO_SCAN_FROM, CHAINS, "BTC=0; LTC=2700000");
    Map<ChainName, ChainTerms> chains = new EnumMap<>(ChainName.class);
    for (String chain : CHAINS) {
      int depth = blocks(Setting.FONDACO_FINAL_DEPTH, depths.getOrDefault(chain, ""));
      int deepest = blocks(Setting.FONDACO_MAX_REORG, reorganisations.getOrDefault(chain, ""));
      if (depth > deepest) {
        throw new Settings.InvalidSetting(
            Setting.FONDACO_FINAL_DEPTH + " of " + chain + " is above its FONDACO_MAX_REORG");
      }
      chains.put(
          ChainName.valueOf(chain), new ChainTerms(depth, deepest, start(starts.get(chain))));
    }
    return Map.copyOf(chains);
  }

  private static OptionalLong start(@Nullable String height) {
    if (height == null) {
      return OptionalLong.empty();
    }
    if (!height.matches("[0-9]{1,12}")) {
      throw new Settings.InvalidSetting(
          Setting.FONDACO_SCAN_FROM + ": " + height + " is no height of a block");
    }
    return OptionalLong.of(Long.parseLong(height));
  }

  private static Map<String, AssetTerms> assets(Values values) {
    Map<String, String> confirmations = table(values, Setting.FONDACO_CONFIRMATIONS, ASSETS);
    Map<String, String> deposits = table(values, Setting.FONDACO_DEPOSIT_MINIMUM, ASSETS);
    Map<String, String> withdrawals = table(values, Setting.FONDACO_WITHDRAWAL_MINIMUM, ASSETS);
    Map<String, String> fees = table(values, Setting.FONDACO_WITHDRAWAL_FEE, ASSETS);
    Map<String, AssetTerms> assets = new LinkedHashMap<>();
    for (String asset : ASSETS) {
      assets.put(
          asset,
          new AssetTerms(
              tiers(confirmations.getOrDefault(asset, "")),
              coins(Setting.FONDACO_DEPOSIT_MINIMUM, deposits.getOrDefault(asset, "")),
              coins(Setting.FONDACO_WITHDRAWAL_MINIMUM, withdrawals.getOrDefault(asset, "")),
              coins(Setting.FONDACO_WITHDRAWAL_FEE, fees.getOrDefault(asset, ""))));
    }
    return Map.copyOf(assets);
  }

  private static Map<String, HotRange> hot(Values values) {
    Map<String, String> maxima =
        given(values, Setting.FONDACO_HOT_MAXIMUM, ASSETS, "BTC=5; ETH=100");
    Map<String, String> minima =
        given(values, Setting.FONDACO_HOT_MINIMUM, ASSETS, "BTC=1; ETH=10");
    Map<String, HotRange> ranges = new LinkedHashMap<>();
    maxima.forEach((asset, text) ->
        ranges.put(
            asset,
            new HotRange(
                coins(Setting.FONDACO_HOT_MINIMUM, minima.getOrDefault(asset, "0")),
                coins(Setting.FONDACO_HOT_MAXIMUM, text))));
    for (String asset : minima.keySet()) {
      HotRange range = ranges.get(asset);
      if (range == null || range.minimum().compareTo(range.maximum()) >= 0) {
        throw new Settings.InvalidSetting(
            Setting.FONDACO_HOT_MINIMUM + " of " + asset + " needs a FONDACO_HOT_MAXIMUM above it");
      }
    }
    return Map.copyOf(ranges);
  }

  private static Map<ChainName, Address> cold(Values values) {
    Network network = Network.parse(values.text(Setting.FONDACO_CHAIN_NETWORK));
    Map<ChainName, Address> addresses = new EnumMap<>(ChainName.class);
    given(values, Setting.FONDACO_COLD_ADDRESS, CHAINS, "BTC=address; ETH=0xaddress")
        .forEach((chain, text) -> {
          try {
            ChainName name = ChainName.valueOf(chain);
            addresses.put(name, Addresses.parse(name, network, text));
          } catch (AddressException e) {
            throw new Settings.InvalidSetting(
                Setting.FONDACO_COLD_ADDRESS + " of " + chain + ": " + e.getMessage());
          }
        });
    return Map.copyOf(addresses);
  }

  /** As {@link #table} of a setting that has no default. */
  private static Map<String, String> given(
      Values values, Setting setting, Set<String> names, String example) {
    return given(values, setting)
        .map(text -> entries(setting, text, names, example))
        .orElse(Map.of());
  }

  /** {@code 2,3@1,6@10}: 2, from 1 coin on 3, from 10 coins on 6. */
  private static List<ConfirmationTier> tiers(String text) {
    List<ConfirmationTier> tiers = new ArrayList<>();
    for (String tier : text.split(",", -1)) {
      String[] parts = tier.strip().split("@", 2);
      tiers.add(
          new ConfirmationTier(
              parts.length == 1
                  ? BigDecimal.ZERO
                  : coins(Setting.FONDACO_CONFIRMATIONS, parts[1].strip()),
              blocks(Setting.FONDACO_CONFIRMATIONS, parts[0].strip())));
    }
    return List.copyOf(tiers);
  }

  /** {@code BTC=2; ETH=12}: what the operator leaves out has its default. */
  private static Map<String, String> table(Values values, Setting setting, Set<String> names) {
    Map<String, String> table = new LinkedHashMap<>();
    for (String text : List.of(setting.initial(), values.text(setting))) {
      table.putAll(entries(setting, text, names, setting.initial()));
    }
    return table;
  }

  private static Map<String, String> entries(
      Setting setting, String text, Set<String> names, String example) {
    Map<String, String> table = new LinkedHashMap<>();
    for (String entry : text.split(";", -1)) {
      String[] parts = entry.strip().split("=", 2);
      if (parts.length != 2 || !names.contains(parts[0].strip())) {
        throw new Settings.InvalidSetting(setting + " must look like " + example + ", not " + text);
      }
      table.put(parts[0].strip(), parts[1].strip());
    }
    return table;
  }

  private static int blocks(Setting setting, String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new Settings.InvalidSetting(setting + ": " + text + " is no number of blocks");
    }
    return Integer.parseInt(text);
  }

  private static BigDecimal coins(Setting setting, String text) {
    if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,18})?")) {
      throw new Settings.InvalidSetting(setting + ": " + text + " is no amount of coins");
    }
    return new BigDecimal(text);
  }
}
