package org.fondaco.custody.address;

import fr.acinq.bitcoin.Bech32;
import fr.acinq.bitcoin.ByteVector32;
import fr.acinq.bitcoin.XonlyPublicKey;

/** Addresses as the library makes them. */
final class OutputFormats {
  private OutputFormats() {}

  static String taproot(String prefix, byte[] program) {
    return Bech32.encodeWitnessAddress(prefix, (byte) 1, program);
  }

  static boolean isPoint(byte[] x) {
    return new XonlyPublicKey(new ByteVector32(x)).getPublicKey().isValid();
  }
}
