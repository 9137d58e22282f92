package org.fondaco.chain.typed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;

/** EIP-191, version 0x45: the prefix keeps a signed text from ever being a transaction. */
public final class SignedText {
  private static final int SIGNATURE_BYTES = 65;

  private SignedText() {}

  /** The 32 bytes that are signed for a text. */
  public static byte[] hash(byte[] text) {
    byte[] prefix =
        ("\u0019Ethereum Signed Message:\n" + text.length).getBytes(StandardCharsets.US_ASCII);
    byte[] message = Arrays.copyOf(prefix, prefix.length + text.length);
    System.arraycopy(text, 0, message, prefix.length, text.length);
    return Keccak.hash256(message);
  }

  /**
   * Who signed a text; null if nobody could have.
   *
   * @param signature r, s and 27 or 28
   * @throws IllegalArgumentException in geth's words if it has another form
   */
  public static @Nullable Address signer(byte[] text, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      throw new IllegalArgumentException("signature must be 65 bytes long");
    }
    if (signature[64] != 27 && signature[64] != 28) {
      throw new IllegalArgumentException("invalid Ethereum signature (V is not 27 or 28)");
    }
    return Secp256k1.recover(hash(text), Arrays.copyOf(signature, 64), signature[64] - 27);
  }
}
