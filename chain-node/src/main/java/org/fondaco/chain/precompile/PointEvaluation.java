package org.fondaco.chain.precompile;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2;
import supranational.blst.P2_Affine;
import supranational.blst.PT;
import supranational.blst.Scalar;

/**
 * EIP-4844's check that a polynomial committed to has the value y at z, by blst. Checking needs one
 * point of the ceremony's setup only, so the other 8 192 are not shipped.
 */
final class PointEvaluation implements Precompile {
  private static final int INPUT_BYTES = 192;
  private static final BigInteger MODULUS =
      new BigInteger(
          "52435875175126190479447740508185965837690552500527637822603658699938581184513");

  /** FIELD_ELEMENTS_PER_BLOB and BLS_MODULUS. */
  private static final byte[] OUTPUT =
      Hex.decode(
          "0000000000000000000000000000000000000000000000000000000000001000"
              + "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");

  /** The second generator times the secret of the KZG ceremony. */
  private static final byte[] TAU_G2 =
      Hex.decode(
          "b5bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d"
              + "2914e5870cb452d2afaaab24f3499f72185cbfee53492714734429b7b38608e2"
              + "3926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2");

  @Override
  public long gas(byte[] input) {
    return 50_000;
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    if (input.length != INPUT_BYTES) {
      return null;
    }
    byte[] commitment = Arrays.copyOfRange(input, 96, 144);
    if (!Arrays.equals(versionedHash(commitment), Arrays.copyOf(input, 32))) {
      return null;
    }
    BigInteger z = U256.fromBytes32(input, 32).toBigInteger();
    BigInteger y = U256.fromBytes32(input, 64).toBigInteger();
    if (z.compareTo(MODULUS) >= 0 || y.compareTo(MODULUS) >= 0) {
      return null;
    }
    return verify(commitment, z, y, Arrays.copyOfRange(input, 144, 192)) ? OUTPUT.clone() : null;
  }

  /** Whether e(C - [y], G2) = e(proof, [τ]G2 - [z]G2). */
  private static boolean verify(byte[] commitment, BigInteger z, BigInteger y, byte[] proof) {
    try {
      P1_Affine c = new P1_Affine(commitment);
      P1_Affine pi = new P1_Affine(proof);
      if (!c.in_group() || !pi.in_group()) {
        return false;
      }
      P1 left = P1.generator().mult(scalar(MODULUS.subtract(y).mod(MODULUS))).add(c);
      P2 right =
          P2.generator().mult(scalar(MODULUS.subtract(z).mod(MODULUS))).add(new P2_Affine(TAU_G2));
      PT product =
          new PT(left.neg().to_affine(), P2.generator().to_affine())
              .mul(new PT(pi, right.to_affine()))
              .final_exp();
      return product.is_one();
    } catch (RuntimeException e) { // blst's own, for bytes that are no point
      return false;
    }
  }

  private static Scalar scalar(BigInteger value) {
    return new Scalar().from_bendian(U256.of(value).toBytes32());
  }

  private static byte[] versionedHash(byte[] commitment) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(commitment);
      hash[0] = 1;
      return hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
