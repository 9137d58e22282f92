package org.fondaco.chain.word;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class U256Test {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  @Test
  void arithmeticWrapsAsModulo2To256() {
    Random random = new Random(4);
    for (int i = 0; i < 50_000; i++) {
      BigInteger a = new BigInteger(random.nextInt(257), random);
      BigInteger b = new BigInteger(random.nextInt(257), random);
      U256 x = U256.of(a);
      U256 y = U256.of(b);
      assertThat(x.add(y).toBigInteger()).isEqualTo(a.add(b).mod(MODULUS));
      assertThat(x.subtract(y).toBigInteger()).isEqualTo(a.subtract(b).mod(MODULUS));
      assertThat(x.multiply(y).toBigInteger()).isEqualTo(a.multiply(b).mod(MODULUS));
      assertThat(x.compareTo(y)).isEqualTo(a.compareTo(b));
      assertThat(x.bitLength()).isEqualTo(a.bitLength());
      if (b.signum() != 0) {
        assertThat(x.divide(y).toBigInteger()).isEqualTo(a.divide(b));
        assertThat(x.remainder(y).toBigInteger()).isEqualTo(a.mod(b));
      }
      assertThat(U256.fromBytes(x.toMinimalBytes())).isEqualTo(x);
      assertThat(U256.parse(x.toString())).isEqualTo(x);
      assertThat(U256.parse(a.toString())).isEqualTo(x).hasSameHashCodeAs(x);
    }
  }

  @Test
  void whatIsNoWordIsRefused() {
    assertThatThrownBy(() -> U256.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> U256.of(MODULUS)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> U256.parse("0x-1")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> U256.parse("12z")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> U256.fromBytes(new byte[33]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAddressIsTheLow160BitsOfAWord() {
    Address address = Address.parse("0xd4e56740f876aef8c010b86a40d5f56745a118d0");
    assertThat(address.toWord().toAddress()).isEqualTo(address).hasSameHashCodeAs(address);
    assertThat(address).hasToString("0xd4e56740f876aef8c010b86a40d5f56745a118d0");
    assertThat(Address.of(9).numberUpTo(10)).isEqualTo(9);
    assertThat(address.numberUpTo(10)).isEqualTo(-1);
    assertThat(Address.of(9)).isLessThan(address);
  }
}
