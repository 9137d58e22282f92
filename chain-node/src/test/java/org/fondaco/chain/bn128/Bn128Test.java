package org.fondaco.chain.bn128;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What makes a pairing one; the official vectors come with the state tests. */
class Bn128Test {
  private static final Point<Fp> G1 = new Point<>(Fp.ONE, fp("2"), Fp.ONE);

  /** EIP-197's generator of the second group. */
  private static final Point<Fp2> G2 =
      new Point<>(
          new Fp2(
              fp("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
              fp("11559732032986387107991004021392285783925812861821192530917403151452391805634")),
          new Fp2(
              fp("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
              fp("4082367875863433681332203403145435568316851327593401208105741076214120093531")),
          Fp2.ONE);

  @Test
  void theFieldIsThatOfBigInteger() {
    Random random = new Random(128);
    for (int i = 0; i < 20_000; i++) {
      BigInteger a = new BigInteger(300, random).mod(Fp.P);
      BigInteger b =
          i % 50 == 0 ? Fp.P.subtract(BigInteger.ONE) : new BigInteger(300, random).mod(Fp.P);
      Fp x = Fp.of(a);
      Fp y = Fp.of(b);
      assertThat(x.multiply(y).toBigInteger()).isEqualTo(a.multiply(b).mod(Fp.P));
      assertThat(x.add(y).toBigInteger()).isEqualTo(a.add(b).mod(Fp.P));
      assertThat(x.subtract(y).toBigInteger()).isEqualTo(a.subtract(b).mod(Fp.P));
    }
  }

  @Test
  void towersInvert() {
    Fp6 six = new Fp6(G2.x(), G2.y(), Fp2.XI);
    Fp12 twelve = new Fp12(six, six.add(Fp6.ONE));
    assertThat(six.multiply(six.inverse())).isEqualTo(Fp6.ONE);
    assertThat(twelve.multiply(twelve.inverse())).isEqualTo(Fp12.ONE);
    assertThat(twelve.square()).isEqualTo(twelve.multiply(twelve));
    assertThat(twelve.frobeniusSquared()).isEqualTo(twelve.power(Fp.P.multiply(Fp.P)));
  }

  @Test
  void thePairingIsBilinear() {
    BigInteger a = new BigInteger("123456789012345678901234567890");
    BigInteger b = new BigInteger("98765432109876543210");
    Fp12 left = Pairing.miller(G1.multiply(a), G2.multiply(b));
    Fp12 right = Pairing.miller(G1.multiply(a.multiply(b).mod(Pairing.ORDER)).negate(), G2);
    assertThat(Pairing.isOne(left.multiply(right))).isTrue();
    assertThat(Pairing.isOne(left)).isFalse();
    Fp12 other = Pairing.miller(G1.multiply(a.add(BigInteger.ONE)).negate(), G2.multiply(b));
    assertThat(Pairing.isOne(left.multiply(other))).isFalse();
  }

  @Test
  void theOrderTakesBothGeneratorsToInfinity() {
    assertThat(G1.multiply(Pairing.ORDER).isInfinite()).isTrue();
    assertThat(G2.multiply(Pairing.ORDER).isInfinite()).isTrue();
    assertThat(G1.add(G1.negate()).isInfinite()).isTrue();
    assertThat(G1.add(G1).affine()).isEqualTo(G1.twice().affine());
  }

  private static Fp fp(String decimal) {
    return Fp.of(new BigInteger(decimal));
  }
}
