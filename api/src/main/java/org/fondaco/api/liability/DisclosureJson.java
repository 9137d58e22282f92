package org.fondaco.api.liability;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.liability.Disclosure;
import org.fondaco.custody.liability.Disclosures;

/** A disclosure as it is published. */
public final class DisclosureJson {
  private DisclosureJson() {}

  /** What everybody may know of it. */
  public static JsonWriter of(Disclosures disclosures, Disclosure disclosure) {
    Map<Integer, Asset> assets = disclosures.assets();
    JsonWriter json = new JsonWriter(4_096).beginObject();
    json.field("epoch", disclosure.epoch());
    json.field("madeAt", disclosure.madeAt().toString());
    json.name("assets").beginArray();
    for (Disclosure.Owed owed : disclosure.owed()) {
      Asset asset = assets.get(owed.asset());
      if (asset != null) {
        asset(json, asset, owed, disclosure);
      }
    }
    json.endArray().name("reserves").beginArray();
    disclosure.reserves().forEach(reserve -> reserve(json, assets, reserve));
    return json.endArray().endObject();
  }

  private static void asset(
      JsonWriter json, Asset asset, Disclosure.Owed owed, Disclosure disclosure) {
    BigInteger named =
        disclosure.reserves().stream()
            .map(reserve -> reserve.atoms().getOrDefault(asset.id(), BigInteger.ZERO))
            .reduce(BigInteger.ZERO, BigInteger::add);
    json.beginObject();
    json.field("asset", asset.code());
    json.field("root", owed.root());
    json.field("total", owed.total(), asset.scale());
    json.field("totalUnits", Long.toString(owed.total()));
    json.field("testFunds", owed.testFunds(), asset.scale());
    json.field("onReserveAddresses", named, asset.decimals());
    json.field("onDepositAddresses", owed.unswept(), asset.decimals());
    json.endObject();
  }

  private static void reserve(
      JsonWriter json, Map<Integer, Asset> assets, Disclosure.Reserve reserve) {
    json.beginObject();
    json.field("network", reserve.chain().name());
    json.field("address", reserve.address());
    json.field("height", reserve.height());
    json.field("blockHash", reserve.blockHash());
    json.name("holdings").beginArray();
    new TreeMap<>(reserve.atoms())
        .forEach((id, atoms) -> {
          Asset asset = assets.get(id);
          if (asset != null) {
            json.beginObject();
            json.field("asset", asset.code());
            json.field("amount", atoms, asset.decimals());
            json.endObject();
          }
        });
    json.endArray();
    json.field("message", reserve.message());
    String signature = reserve.signature();
    if (signature != null) {
      json.field("signature", signature);
    }
    json.endObject();
  }
}
