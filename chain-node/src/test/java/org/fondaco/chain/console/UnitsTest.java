package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** web3's conversions and BigNumber, as scripts see them. */
class UnitsTest extends Offline {
  private static final long SEED = 20261128;

  @Override
  void answers(FakeNode fake) {
    fake.answer("eth_blockNumber", "'0x0'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web3.toWei(10,'ether') | \"10000000000000000000\"",
        "web3.toWei('1.5') | \"1500000000000000000\"",
        "web3.toWei(0.1, 'gwei') | \"100000000\"",
        "web3.toWei('123456789.123456789123456789', 'ETHER') | \"123456789123456789123456789\"",
        "web3.toWei(new BigNumber(2), 'wei') | 2",
        "web3.fromWei('1', 'ether') | \"0.000000000000000001\"",
        "web3.fromWei(new BigNumber('5000000000000000000'), 'ether') | 5",
        "web3.fromWei(new BigNumber('123456789012345678901234567890')) | 123456789012.34567890123456789",
        "web3.fromWei('1', 'tether') | \"0.000000000000000000000000000001\"",
        "web3.toHex(255) | \"0xff\"",
        "web3.toHex('255') | \"0xff\"",
        "web3.toHex('0x0ff') | \"0x0ff\"",
        "web3.toHex('dog') | \"0x646f67\"",
        "web3.toHex(true) | \"0x1\"",
        "web3.toHex(new BigNumber('1e18')) | \"0xde0b6b3a7640000\"",
        "web3.toHex(10n) | \"0xa\"",
        "web3.toHex({a: 1}) | \"0x7b2261223a317d\"",
        "web3.fromDecimal(-255) | \"-0xff\"",
        "web3.toDecimal('0x15') | 21",
        "web3.fromAscii('ethereum') | \"0x657468657265756d\"",
        "web3.toAscii('0x657468657265756d000000') | \"ethereum\\u0000\\u0000\\u0000\"",
        "web3.toUtf8('0x657468657265756d000000') | \"ethereum\"",
        "web3.fromUtf8('Ξ') | \"0xce9e\"",
        "web3.toUtf8('0xce9e') | \"Ξ\"",
        "web3.sha3('') | \"0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470\"",
        "web3.sha3('0x80', {encoding: 'hex'}) | \"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421\"",
        "web3.isAddress('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed') | true",
        "web3.isAddress('0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed') | false",
        "web3.isAddress('5aaeb6053f3e94c9b9a09f33669435e7ef1beaed') | true",
        "web3.isAddress('0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae') | false",
        "web3.toChecksumAddress('0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359') | \"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359\"",
        "web3.padLeft('0xa', 4) | \"0x000a\"",
        "web3.padRight('a', 3, '.') | \"a..\"",
        "web3.toBigNumber('0x10').plus(1).times('2').minus(4n) | 30",
        "web3.toBigNumber('1e24') | 1e+24",
        "web3.toBigNumber('1e24').toString(10) | \"1000000000000000000000000\"",
        "web3.toBigNumber(undefined) | 0",
        "new BigNumber('ff', 16) | 255",
        "BigNumber(10).div(4).toFixed(0) | \"3\"",
        "new BigNumber(10).mod(4).eq(2) && new BigNumber(1).lt(2) && new BigNumber(2).gte(2) | true",
        "new BigNumber('1e30') > 5 && new BigNumber(7) - 2 === 5 | true",
        "JSON.stringify({value: new BigNumber('12')}) | \"{\\\"value\\\":\\\"12\\\"}\"",
        "new BigNumber('1.25').round(1, 1).toString() + new BigNumber(9).sqrt() | \"1.23\"",
        "[new BigNumber(1).isZero(), new BigNumber('1.5').isInt(), new BigNumber(-1).isNeg()] | [false, false, true]",
      })
  void conversions(String script, String shown) {
    assertThat(run(script)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new BigNumber('12x') | not a number",
        "new BigNumber(0.1 + 0.2) | 15 significant",
        "new BigNumber({}) | not a number",
        "new BigNumber(1).div(0) | division by zero",
        "new BigNumber('1.5').toString(16) | not an integer",
        "BigNumber.prototype.plus.call({}, 1) | TypeError",
        "web3.toWei(1, 'pound') | no unit pound",
        "web3.toHex(1.5) | not an integer",
      })
  void mistakes(String script, String message) {
    assertThat(fail(script)).contains(message);
  }

  @Test
  void anAmountIsAsExactAsAnInteger() {
    Random random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      BigInteger a = new BigInteger(256, random);
      BigInteger b = new BigInteger(1 + random.nextInt(200), random).add(BigInteger.ONE);
      String script =
          "(function (a, b) { return [a.plus(b), a.minus(b), a.times(b), a.divToInt(b), a.mod(b)]"
              + ".map(function (x) { return x.toString(10); }).join(' '); })(new BigNumber('%s'), new BigNumber('%s'))"
                  .formatted(a, b);
      assertThat(run(script))
          .as("seed " + SEED)
          .isEqualTo(
              "\"%s %s %s %s %s\""
                  .formatted(a.add(b), a.subtract(b), a.multiply(b), a.divide(b), a.mod(b)));
    }
  }
}
