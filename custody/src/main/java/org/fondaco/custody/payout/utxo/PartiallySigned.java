package org.fondaco.custody.payout.utxo;

import fr.acinq.bitcoin.ByteVector;
import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.PublicKey;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.Script;
import fr.acinq.bitcoin.ScriptElt;
import fr.acinq.bitcoin.ScriptWitness;
import fr.acinq.bitcoin.Transaction;
import fr.acinq.bitcoin.TxId;
import fr.acinq.bitcoin.TxOut;
import fr.acinq.bitcoin.psbt.Input;
import fr.acinq.bitcoin.psbt.ParseFailure;
import fr.acinq.bitcoin.psbt.Psbt;
import fr.acinq.bitcoin.psbt.UpdateFailure;
import fr.acinq.bitcoin.utils.Either;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The way to a wallet that has the keys, and back: BIP-174. */
final class PartiallySigned {
  private static final byte[] MAGIC = {'p', 's', 'b', 't', (byte) 0xff};

  private PartiallySigned() {}

  /**
   * An unsigned transaction with what it spends.
   *
   * @throws IllegalArgumentException when an input is no segregated witness: then the wallet wants
   *     the whole transaction before
   */
  static byte[] write(UnsignedUtxo unsigned) {
    Psbt psbt = new Psbt(unsigned.transaction());
    for (OwnInput input : unsigned.inputs()) {
      if (!input.kind().hasWitness()) {
        throw new IllegalArgumentException(input.outpoint() + " is no segregated witness");
      }
      Either<UpdateFailure, Psbt> updated =
          psbt.updateWitnessInput(
              new OutPoint(new TxId(input.txid()), input.vout()),
              new TxOut(new Satoshi(input.atoms()), input.script()),
              null,
              null,
              null,
              Map.of(),
              null,
              null,
              Map.of());
      if (updated.isLeft()) {
        throw new IllegalArgumentException("no BIP-174: " + updated.getLeft());
      }
      psbt = Objects.requireNonNull(updated.getRight());
    }
    return Psbt.write(psbt).toByteArray();
  }

  static boolean isOne(byte[] bytes) {
    return bytes.length > MAGIC.length && Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length));
  }

  /**
   * The transaction in it, with the signatures that it brings, finalized or not.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  static Transaction transaction(byte[] bytes) {
    Either<ParseFailure, Psbt> read = Psbt.read(bytes);
    if (read.isLeft()) {
      throw new IllegalArgumentException("no BIP-174: " + read.getLeft());
    }
    Psbt psbt = Objects.requireNonNull(read.getRight());
    Transaction transaction = psbt.global.tx;
    for (int i = 0; i < psbt.inputs.size(); i++) {
      transaction = signed(transaction, i, psbt.inputs.get(i));
    }
    return transaction;
  }

  private static Transaction signed(Transaction transaction, int index, Input input) {
    List<ScriptElt> script = input.getScriptSig();
    ScriptWitness witness = input.getScriptWitness();
    if (script != null || witness != null) {
      Transaction with = witness == null ? transaction : transaction.updateWitness(index, witness);
      return script == null ? with : with.updateSigScript(index, Script.write(script));
    }
    ByteVector taproot = input.getTaprootKeySignature();
    if (taproot != null) {
      return transaction.updateWitness(index, new ScriptWitness(List.of(taproot)));
    }
    if (input.getPartialSigs().size() != 1) {
      return transaction;
    }
    Map.Entry<PublicKey, ByteVector> only = input.getPartialSigs().entrySet().iterator().next();
    return transaction.updateWitness(
        index, new ScriptWitness(List.of(only.getValue(), only.getKey().value)));
  }
}
