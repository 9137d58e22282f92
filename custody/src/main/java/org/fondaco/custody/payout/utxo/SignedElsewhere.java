package org.fondaco.custody.payout.utxo;

import fr.acinq.bitcoin.ByteVector;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.OP_PUSHDATA;
import fr.acinq.bitcoin.Script;
import fr.acinq.bitcoin.ScriptElt;
import fr.acinq.bitcoin.ScriptWitness;
import fr.acinq.bitcoin.SigHash;
import fr.acinq.bitcoin.Transaction;
import fr.acinq.bitcoin.TxIn;
import fr.acinq.secp256k1.Secp256k1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.custody.key.Digest;

/**
 * A transaction that somebody else has signed, compared with the one that he was given. Every
 * signature is checked: what a node would refuse must not take the place of what it would take.
 */
final class SignedElsewhere {
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();
  private static final int ALL_FORKID = 0x41;
  private static final int SCHNORR_BYTES = 64;

  private final UnsignedUtxo unsigned;
  private final List<Digest> digests;

  /**
   * @param digests what is signed, one an input
   */
  SignedElsewhere(UnsignedUtxo unsigned, List<Digest> digests) {
    this.unsigned = unsigned;
    this.digests = digests;
  }

  /**
   * The transaction as it goes out.
   *
   * @param bytes as the chain writes it, or BIP-174
   * @throws IllegalArgumentException unless it is this one, and every input is signed
   */
  Transaction check(byte[] bytes) {
    Transaction signed;
    try {
      signed =
          PartiallySigned.isOne(bytes)
              ? PartiallySigned.transaction(bytes)
              : Transaction.read(bytes);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("this is no transaction", e);
    }
    Transaction bare = signed;
    for (int i = 0; i < signed.txIn.size(); i++) {
      bare = bare.updateSigScript(i, new byte[0]).updateWitness(i, new ScriptWitness());
    }
    if (!Arrays.equals(Transaction.write(bare), unsigned.serialize())) {
      throw new IllegalArgumentException("this is another transaction than the exported one");
    }
    for (int i = 0; i < signed.txIn.size(); i++) {
      if (!isSigned(i, signed.txIn.get(i))) {
        throw new IllegalArgumentException("input " + i + " is not signed");
      }
    }
    return signed;
  }

  private boolean isSigned(int index, TxIn in) {
    OwnInput input = unsigned.inputs().get(index);
    byte[] digest = digests.get(index).toBytes();
    List<byte[]> pushed = pushes(in);
    List<byte[]> witness = in.witness.stack.stream().map(ByteVector::toByteArray).toList();
    try {
      return switch (input.kind()) {
        case P2PKH ->
            witness.isEmpty()
                && byKeyHash(Arrays.copyOfRange(input.script(), 3, 23), pushed, digest);
        case P2WPKH ->
            in.signatureScript.isEmpty()
                && byKeyHash(Arrays.copyOfRange(input.script(), 2, 22), witness, digest);
        case P2SH_P2WPKH -> byScriptHash(input, pushed, witness, digest);
        case P2TR ->
            witness.size() == 1
                && witness.getFirst().length == SCHNORR_BYTES
                && LIBRARY.verifySchnorr(
                    witness.getFirst(), digest, Arrays.copyOfRange(input.script(), 2, 34));
      };
    } catch (RuntimeException e) {
      return false; // No signature, or no key.
    }
  }

  private boolean byScriptHash(
      OwnInput input, List<byte[]> pushed, List<byte[]> witness, byte[] digest) {
    if (pushed.size() != 1 || witness.size() != 2) {
      return false;
    }
    byte[] redeem = pushed.getFirst();
    return redeem.length == 22
        && Arrays.equals(Crypto.hash160(redeem), Arrays.copyOfRange(input.script(), 2, 22))
        && byKeyHash(Arrays.copyOfRange(redeem, 2, 22), witness, digest);
  }

  /** Signature with its type, and the key behind the hash. */
  private boolean byKeyHash(byte[] hash, List<byte[]> items, byte[] digest) {
    if (items.size() != 2 || !Arrays.equals(Crypto.hash160(items.get(1)), hash)) {
      return false;
    }
    byte[] typed = items.getFirst();
    int type = typed[typed.length - 1] & 0xff;
    byte[] compact = LIBRARY.der2compact(Arrays.copyOf(typed, typed.length - 1));
    return type == (unsigned.forkId() ? ALL_FORKID : SigHash.SIGHASH_ALL)
        && LIBRARY.verify(compact, digest, items.get(1));
  }

  private static List<byte[]> pushes(TxIn in) {
    List<byte[]> pushes = new ArrayList<>();
    for (ScriptElt element : Script.parse(in.signatureScript)) {
      if (!(element instanceof OP_PUSHDATA push)) {
        throw new IllegalArgumentException("an input's script does more than push");
      }
      pushes.add(push.data.toByteArray());
    }
    return pushes;
  }
}
