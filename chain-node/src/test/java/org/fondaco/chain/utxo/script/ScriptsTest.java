package org.fondaco.chain.utxo.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String KEY =
      "02" + "11111111111111111111111111111111" + "11111111111111111111111111111111";

  private static byte[] hex(String text) {
    return HEX.parseHex(text);
  }

  @ParameterizedTest
  @CsvSource({
    "21" + KEY + "ac, PUBKEY",
    "76a914" + "0000000000000000000000000000000000000000" + "88ac, PUBKEYHASH",
    "a914" + "0000000000000000000000000000000000000000" + "87, SCRIPTHASH",
    "5121" + KEY + "21" + KEY + "52ae, MULTISIG",
    "6a0401020304, NULLDATA",
    "51024e73, ANCHOR",
    "0014" + "0000000000000000000000000000000000000000" + ", WITNESS_V0_KEYHASH",
    "0020"
        + "00000000000000000000000000000000"
        + "00000000000000000000000000000000"
        + ", WITNESS_V0_SCRIPTHASH",
    "5120"
        + "00000000000000000000000000000000"
        + "00000000000000000000000000000000"
        + ", WITNESS_V1_TAPROOT",
    "5202beef, WITNESS_UNKNOWN",
    "0003010203, NONSTANDARD",
    "5321" + KEY + "21" + KEY + "52ae, NONSTANDARD",
    "5121" + KEY + "52ae, NONSTANDARD",
    "6aac, NONSTANDARD",
    "51, NONSTANDARD",
    "aa20"
        + "00000000000000000000000000000000"
        + "00000000000000000000000000000000"
        + "87, NONSTANDARD"
  })
  void formsAreRecognised(String script, ScriptPattern.Type type) {
    assertThat(ScriptPattern.of(hex(script)).type()).isEqualTo(type);
  }

  @Test
  void bitcoinCashHasLongScriptHashesAndNoWitnesses() {
    assertThat(ScriptPattern.ofCash(hex("aa20" + "00".repeat(32) + "87")).type())
        .isEqualTo(ScriptPattern.Type.LONG_SCRIPTHASH);
    assertThat(ScriptPattern.ofCash(hex("0014" + "00".repeat(20))).type())
        .isEqualTo(ScriptPattern.Type.NONSTANDARD);
  }

  @Test
  void aMultisigHasItsKeysAndHowManyMustSign() {
    ScriptPattern pattern = ScriptPattern.of(hex("5121" + KEY + "21" + KEY + "52ae"));
    assertThat(pattern.required()).isEqualTo(1);
    assertThat(pattern.parts()).hasSize(2).allMatch(key -> HEX.formatHex(key).equals(KEY));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 75, 76, 255, 256, 520, 65_535, 65_536})
  void aPushIsReadAsItWasWritten(int length) {
    byte[] data = new byte[length];
    new SplittableRandom(length).nextBytes(data);
    ScriptReader reader = new ScriptReader(Scripts.push(data));
    assertThat(reader.next()).isTrue();
    assertThat(reader.data()).isEqualTo(data);
    assertThat(reader.atEnd()).isTrue();
  }

  @Test
  void aPartIsFoundOnlyWhereAnOperationBegins() {
    // The second 51 is data of a push.
    assertThat(Scripts.without(hex("5101515151"), hex("51"))).isEqualTo(hex("0151"));
    byte[] untouched = hex("0251ac");
    assertThat(Scripts.without(untouched, hex("51"))).isSameAs(untouched);
    assertThat(Scripts.without(untouched, new byte[0])).isSameAs(untouched);
    // A push that is cut off stays.
    assertThat(Scripts.without(hex("ac514cff01"), hex("51"))).isEqualTo(hex("ac4cff01"));
  }

  @Test
  void signatureOperationsAreCountedRoughlyOrByTheNumberBefore() {
    byte[] multisig = hex("5121" + KEY + "21" + KEY + "52aeac");
    assertThat(Scripts.signatureOperations(multisig, false)).isEqualTo(21);
    assertThat(Scripts.signatureOperations(multisig, true)).isEqualTo(3);
    assertThat(Scripts.signatureOperations(hex("ac4c"), true)).isEqualTo(1);
  }

  @Test
  void numbersAreThoseOfBigInteger() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 20_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      byte[] item = ScriptNumber.encode(value);
      assertThat(ScriptNumber.isMinimal(item)).isTrue();
      assertThat(ScriptNumber.isTrue(item)).isEqualTo(value != 0);
      if (item.length <= 8) {
        assertThat(ScriptNumber.value(item)).isEqualTo(value);
      }
      BigInteger big = BigInteger.valueOf(value);
      if (value != 0) {
        assertThat(CashNumberGroup.encode(big)).isEqualTo(item);
        assertThat(CashNumberGroup.decode(item)).isEqualTo(big);
      }
    }
  }

  @Test
  void flagsAreReadByName() {
    ScriptFlags flags = ScriptFlags.parse("P2SH,WITNESS");
    assertThat(flags.list()).containsExactly(ScriptFlag.P2SH, ScriptFlag.WITNESS);
    assertThat(ScriptFlags.parse("NONE")).isEqualTo(ScriptFlags.NONE);
    assertThat(ScriptFlags.parse("")).isEqualTo(ScriptFlags.NONE);
    assertThat(flags).hasToString("P2SH,WITNESS");
    assertThatThrownBy(() -> ScriptFlags.parse("P2SH,NO_SUCH"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
