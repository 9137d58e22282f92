package org.fondaco.custody.payout.utxo;

import org.fondaco.custody.signer.Scheme;

/**
 * Own outputs that can be spent, by the form of their scriptPubKey, with what spending one weighs.
 * A signature is counted with the most that DER with a low s takes: 71 bytes and its type.
 */
public enum InputKind {
  /** BIP-16's predecessor, and all of Bitcoin Cash. */
  P2PKH(4 * (41 + 107), Scheme.ECDSA),
  /** BIP-141. */
  P2WPKH(4 * 41 + 108, Scheme.ECDSA),
  /** BIP-141 inside BIP-16. */
  P2SH_P2WPKH(4 * (41 + 23) + 108, Scheme.ECDSA),
  /** BIP-341 by its key. */
  P2TR(4 * 41 + 66, Scheme.SCHNORR_BIP340);

  private final int weight;
  private final Scheme scheme;

  InputKind(int weight, Scheme scheme) {
    this.weight = weight;
    this.scheme = scheme;
  }

  /** Weight units of BIP-141. */
  int weight() {
    return weight;
  }

  Scheme scheme() {
    return scheme;
  }

  boolean hasWitness() {
    return this != P2PKH;
  }

  /**
   * The form of a script.
   *
   * @throws IllegalArgumentException when custody issues no such addresses
   */
  public static InputKind of(byte[] script) {
    if (script.length == 25 && script[0] == 0x76 && script[1] == (byte) 0xa9) {
      return P2PKH;
    }
    if (script.length == 22 && script[0] == 0 && script[1] == 20) {
      return P2WPKH;
    }
    if (script.length == 23 && script[0] == (byte) 0xa9 && script[1] == 20) {
      return P2SH_P2WPKH;
    }
    if (script.length == 34 && script[0] == 0x51 && script[1] == 32) {
      return P2TR;
    }
    throw new IllegalArgumentException("custody spends no outputs of this form");
  }
}
