package org.fondaco.custody.payout.utxo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.acinq.bitcoin.ByteVector;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.ScriptWitness;
import fr.acinq.bitcoin.Transaction;
import fr.acinq.secp256k1.Secp256k1;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.custody.key.Digest;
import org.junit.jupiter.api.Test;

/** What comes back from a key elsewhere. */
class SignedElsewhereTest {
  private static final Secp256k1 CURVE = Secp256k1.Companion.get();
  private static final byte[] SECRET = HexFormat.of().parseHex("c01d".repeat(16));
  private static final byte[] KEY = CURVE.pubKeyCompress(CURVE.pubkeyCreate(SECRET));
  private static final String HASH = HexFormat.of().formatHex(Crypto.hash160(KEY));
  private static final byte[] P2PKH = HexFormat.of().parseHex("76a914" + HASH + "88ac");
  private static final byte[] P2WPKH = HexFormat.of().parseHex("0014" + HASH);
  private static final byte[] P2TR =
      HexFormat.of().parseHex("5120" + HexFormat.of().formatHex(KEY).substring(2));

  private static UnsignedUtxo unsigned(boolean forkId, byte[] script) {
    return new UnsignedUtxo(
        forkId,
        false,
        List.of(
            new OwnInput("aa".repeat(32), 1, 5_000, script, "watched:m"),
            new OwnInput("bb".repeat(32), 0, 7_000, script, "watched:m")),
        List.of(new Paid(script, 11_000)));
  }

  private static byte[] typed(Digest digest, int type) {
    byte[] der = CURVE.compact2der(CURVE.sign(digest.toBytes(), SECRET, null));
    byte[] typed = Arrays.copyOf(der, der.length + 1);
    typed[der.length] = (byte) type;
    return typed;
  }

  /** Signs all inputs with a type of signature hash. */
  private static byte[] signed(UnsignedUtxo unsigned, int type) {
    List<Digest> digests = unsigned.signing(new NoSigner()).digests();
    Transaction transaction = unsigned.transaction();
    for (int i = 0; i < digests.size(); i++) {
      byte[] script = unsigned.inputs().get(i).script();
      byte[] signature = typed(digests.get(i), type);
      if (script.length == P2PKH.length) {
        byte[] pushes = new byte[2 + signature.length + KEY.length];
        pushes[0] = (byte) signature.length;
        System.arraycopy(signature, 0, pushes, 1, signature.length);
        pushes[1 + signature.length] = (byte) KEY.length;
        System.arraycopy(KEY, 0, pushes, 2 + signature.length, KEY.length);
        transaction = transaction.updateSigScript(i, pushes);
      } else {
        transaction =
            transaction.updateWitness(
                i, new ScriptWitness(List.of(new ByteVector(signature), new ByteVector(KEY))));
      }
    }
    return Transaction.write(transaction);
  }

  private static byte[] imported(UnsignedUtxo unsigned, byte[] bytes) {
    return unsigned.signing(new NoSigner()).imported(bytes).raw();
  }

  @Test
  void theSameTransactionIsTakenWhenEveryInputIsSigned() {
    for (UnsignedUtxo unsigned : List.of(unsigned(false, P2PKH), unsigned(false, P2WPKH))) {
      byte[] raw = signed(unsigned, 1);
      assertThat(imported(unsigned, raw)).isEqualTo(raw);
    }
    UnsignedUtxo cash = unsigned(true, P2PKH);
    byte[] raw = signed(cash, 0x41);
    assertThat(imported(cash, raw)).isEqualTo(raw);
    assertThatThrownBy(() -> imported(cash, signed(cash, 1))).hasMessage("input 0 is not signed");
  }

  @Test
  void outputsOfTaprootAreSignedByTheirKey() {
    UnsignedUtxo unsigned = unsigned(false, P2TR);
    List<Digest> digests = unsigned.signing(new NoSigner()).digests();
    byte[] even = KEY[0] == 2 ? SECRET : CURVE.privKeyNegate(SECRET.clone());
    Transaction transaction = unsigned.transaction();
    for (int i = 0; i < digests.size(); i++) {
      byte[] signature = CURVE.signSchnorr(digests.get(i).toBytes(), even, null);
      transaction =
          transaction.updateWitness(i, new ScriptWitness(List.of(new ByteVector(signature))));
    }
    byte[] raw = Transaction.write(transaction);
    assertThat(imported(unsigned, raw)).isEqualTo(raw);
  }

  @Test
  void anotherTransactionAndAnotherSignatureAreRefused() {
    UnsignedUtxo unsigned = unsigned(false, P2WPKH);
    byte[] raw = signed(unsigned, 1);
    UnsignedUtxo other =
        new UnsignedUtxo(false, false, unsigned.inputs(), List.of(new Paid(P2WPKH, 10_999)));
    assertThatThrownBy(() -> imported(other, raw)).hasMessageContaining("another transaction");
    assertThatThrownBy(() -> imported(unsigned, signed(other, 1)))
        .hasMessageContaining("another transaction");
    assertThatThrownBy(() -> imported(unsigned, signed(unsigned, 2)))
        .as("SIGHASH_NONE")
        .hasMessage("input 0 is not signed");
    assertThatThrownBy(() -> imported(unsigned, unsigned.serialize()))
        .hasMessage("input 0 is not signed");
    assertThatThrownBy(() -> imported(unsigned, unsigned.partiallySigned().orElseThrow()))
        .hasMessage("input 0 is not signed");
    for (int at = 0; at < raw.length; at++) {
      byte[] changed = raw.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> imported(unsigned, changed))
          .as("byte " + at)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsNoSegregatedWitnessHasNoPartiallySignedForm() {
    assertThat(unsigned(false, P2PKH).partiallySigned()).isEmpty();
    assertThat(unsigned(false, P2TR).partiallySigned()).isPresent();
  }
}
