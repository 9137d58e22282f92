package org.fondaco.api.custody;

import java.util.function.LongToIntFunction;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.scan.AssetSettings;

/**
 * An asset that custody serves.
 *
 * @param depositMinimum ledger units below which a deposit is not credited
 * @param confirmations that a deposit of so many ledger units waits for
 */
public record ServedAsset(Asset asset, long depositMinimum, LongToIntFunction confirmations) {

  /** What a deposit's settings say of it. */
  public static ServedAsset of(AssetSettings settings) {
    return new ServedAsset(
        settings.asset(),
        settings.asset().unitsCovering(settings.minimum()),
        settings::confirmations);
  }

  /** Confirmations that are enough for any amount. */
  int confirmationsMax() {
    return confirmations.applyAsInt(Long.MAX_VALUE);
  }

  /** Least difference between two amounts that the chain can pay, in ledger units. */
  long step() {
    long step = 1;
    for (int digit = asset.decimals(); digit < asset.scale(); digit++) {
      step *= 10;
    }
    return step;
  }

  /** A transaction's id as the chain's own explorers print it. */
  String printed(String txid) {
    return asset.chain().hasOutputs() ? txid : "0x" + txid;
  }
}
