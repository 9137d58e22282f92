package org.fondaco.chain.utxo.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;

class TransactionTest {
  private static final HexFormat HEX = HexFormat.of();

  /** BIP-143's first example, signed. */
  private static final String SIGNED =
      "01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f00000000"
          + "494830450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a55d114c8e5cdd30be02"
          + "2040529b194ba3f9281a99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51"
          + "e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02"
          + "202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d0000"
          + "00001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac000247304402203609e17b84"
          + "f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366d7f01cc44a0220573a954c4518331561406f"
          + "90300e8f3358f51928d43c212a8caed02de67eebee0121025476c2e83188368da1ff3e292e7acafc"
          + "db3566bb0ad253f62fc70f07aeee635711000000";

  private static Transaction decode(String hex) {
    return Transaction.decode(HEX.parseHex(hex));
  }

  @Test
  void aTransactionWithWitnessesComesBack() {
    Transaction transaction = decode(SIGNED);
    assertThat(HEX.formatHex(transaction.encode())).isEqualTo(SIGNED);
    assertThat(transaction.hasWitness()).isTrue();
    assertThat(transaction.size()).isEqualTo(SIGNED.length() / 2);
    assertThat(transaction.weight())
        .isEqualTo(3 * transaction.encodeWithoutWitness().length + transaction.encode().length);
    assertThat(transaction.virtualSize()).isEqualTo((transaction.weight() + 3) / 4);
    assertThat(transaction.wtxid()).isNotEqualTo(transaction.txid());
    assertThat(Transaction.decode(transaction.encodeWithoutWitness(), false).txid())
        .isEqualTo(transaction.txid());
  }

  @Test
  void everyTruncationAndEveryTrailingByteIsRefused() {
    byte[] bytes = HEX.parseHex(SIGNED);
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Transaction.decode(part)).isInstanceOf(WireException.class);
    }
    assertThatThrownBy(() -> decode(SIGNED + "00")).hasMessage("1 bytes too many");
  }

  @Test
  void flagsThatNoOneKnowsAreRefused() {
    String empty = "0100000000";
    assertThatThrownBy(() -> decode(empty + "02" + "00" + "00" + "00000000"))
        .hasMessage("Unknown transaction optional data");
    assertThatThrownBy(() -> decode(empty + "08" + "00" + "00" + "00000000"))
        .hasMessage("MWEB transactions are not supported");
    String input = "01" + "00".repeat(36) + "00" + "ffffffff";
    assertThatThrownBy(() -> decode(empty + "01" + input + "00" + "00" + "00000000"))
        .hasMessage("Superfluous witness record");
  }

  @Test
  void rulesThatNeedNoChainHaveBitcoinCoresWords() {
    TransactionRules rules = new TransactionRules(1_000);
    OutPoint one = new OutPoint(Hash.of(filled(1)), 0);
    Input input = new Input(one, new byte[0], 0);
    Output output = new Output(1_000, new byte[0]);
    assertThat(rules.check(transaction(List.of(input), List.of(output)))).isNull();
    assertThat(rules.check(transaction(List.of(), List.of(output))))
        .isEqualTo("bad-txns-vin-empty");
    assertThat(rules.check(transaction(List.of(input), List.of())))
        .isEqualTo("bad-txns-vout-empty");
    assertThat(rules.check(transaction(List.of(input), List.of(new Output(-1, new byte[0])))))
        .isEqualTo("bad-txns-vout-negative");
    assertThat(rules.check(transaction(List.of(input), List.of(new Output(1_001, new byte[0])))))
        .isEqualTo("bad-txns-vout-toolarge");
    assertThat(rules.check(transaction(List.of(input), List.of(output, output))))
        .isEqualTo("bad-txns-txouttotal-toolarge");
    assertThat(rules.check(transaction(List.of(input, input), List.of(output))))
        .isEqualTo("bad-txns-inputs-duplicate");
    Input nothing = new Input(OutPoint.NULL, new byte[0], 0);
    assertThat(rules.check(transaction(List.of(input, nothing), List.of(output))))
        .isEqualTo("bad-txns-prevout-null");
    for (int length : new int[] {1, 101}) {
      Input coinbase = new Input(OutPoint.NULL, new byte[length], 0);
      assertThat(rules.check(transaction(List.of(coinbase), List.of(output))))
          .isEqualTo("bad-cb-length");
    }
    Input coinbase = new Input(OutPoint.NULL, new byte[100], 0);
    assertThat(rules.check(transaction(List.of(coinbase), List.of(output)))).isNull();
    Output large = new Output(0, new byte[1_000_000]);
    assertThat(rules.check(transaction(List.of(input), List.of(large))))
        .isEqualTo("bad-txns-oversize");
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static Transaction transaction(List<Input> inputs, List<Output> outputs) {
    return new Transaction(1, inputs, outputs, 0);
  }
}
