package org.fondaco.custody.guard;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.custody.key.Digest;

/**
 * Who gets what from a payout.
 *
 * @param asset the chain's coin or a token's contract, as the caller names them, always alike
 * @param target scriptPubKey, or the 20 bytes of an account, in lower-case hexadecimal
 * @param atoms not below zero
 */
public record Payee(String asset, String target, BigInteger atoms) {
  public Payee {
    if (atoms.signum() < 0) {
      throw new IllegalArgumentException("nobody gets less than nothing");
    }
  }

  public static Payee of(String asset, byte[] target, BigInteger atoms) {
    return new Payee(asset, HexFormat.of().formatHex(target), atoms);
  }

  /**
   * One digest for a set of payees, whatever their order; two equal payees are two. Of no payees it
   * is {@link GuardEntry#NOBODY}.
   */
  public static Digest digest(Collection<Payee> payees) {
    List<byte[]> encoded =
        payees.stream().map(Payee::encoded).sorted(Arrays::compareUnsigned).toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    encoded.forEach(bytes::writeBytes);
    return Digest.sha256(bytes.toByteArray());
  }

  /** Every field with its length, so that no two sets have the same bytes. */
  private byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (byte[] field :
          List.of(
              asset.getBytes(StandardCharsets.UTF_8),
              HexFormat.of().parseHex(target),
              atoms.toByteArray())) {
        out.writeInt(field.length);
        out.write(field);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
