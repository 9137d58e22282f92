package org.fondaco.chain.utxo.wallet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of addresses that a wallet hands out. */
public enum AddressType {
  LEGACY("legacy", 44),
  P2SH_SEGWIT("p2sh-segwit", 49),
  BECH32("bech32", 84),
  BECH32M("bech32m", 86);

  private final String word;
  private final int purpose;

  AddressType(String word, int purpose) {
    this.word = word;
    this.purpose = purpose;
  }

  /** As Bitcoin Core calls it. */
  public String word() {
    return word;
  }

  /** The first number of its path: BIP-44, 49, 84, 86. */
  int purpose() {
    return purpose;
  }

  /** The type of a word; null if it is none. */
  public static @Nullable AddressType of(String word) {
    for (AddressType type : values()) {
      if (type.word.equals(word.toLowerCase(Locale.ROOT))) {
        return type;
      }
    }
    return null;
  }

  /** The descriptor of a key expression. */
  String descriptor(String key) {
    return switch (this) {
      case LEGACY -> "pkh(" + key + ")";
      case P2SH_SEGWIT -> "sh(wpkh(" + key + "))";
      case BECH32 -> "wpkh(" + key + ")";
      case BECH32M -> "tr(" + key + ")";
    };
  }
}
