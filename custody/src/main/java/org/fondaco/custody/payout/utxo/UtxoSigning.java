package org.fondaco.custody.payout.utxo;

import fr.acinq.bitcoin.ByteVector;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.ScriptWitness;
import fr.acinq.bitcoin.SigHash;
import fr.acinq.bitcoin.SigVersion;
import fr.acinq.bitcoin.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.signer.Signature;
import org.fondaco.custody.signer.Signer;

/** Signature hashes and signatures of one transaction. */
public final class UtxoSigning {
  /** SIGHASH_ALL and SIGHASH_FORKID (Bitcoin Cash, replay-protected-sighash.md). */
  private static final int ALL_FORKID = 0x41;

  private final UnsignedUtxo unsigned;
  private final Signer signer;
  private final Transaction transaction;

  UtxoSigning(UnsignedUtxo unsigned, Signer signer) {
    this.unsigned = unsigned;
    this.signer = signer;
    this.transaction = unsigned.transaction();
  }

  /** A transaction as it goes out; the id is printed. */
  public record Signed(byte[] raw, String txid) {
    public Signed {
      raw = raw.clone();
    }

    @Override
    public byte[] raw() {
      return raw.clone();
    }
  }

  /** Whether all keys are the signer's. */
  public boolean isOurs() {
    return unsigned.inputs().stream().allMatch(input -> signer.knows(KeyRef.parse(input.key())));
  }

  /** One an input, in their order. */
  public List<Digest> digests() {
    List<Digest> digests = new ArrayList<>();
    for (int i = 0; i < unsigned.inputs().size(); i++) {
      digests.add(digest(i));
    }
    return digests;
  }

  private Digest digest(int index) {
    OwnInput input = unsigned.inputs().get(index);
    Satoshi atoms = new Satoshi(input.atoms());
    return Digest.of(
        switch (input.kind()) {
          case P2PKH ->
              unsigned.forkId()
                  ? transaction.hashForSigning(
                      index,
                      input.script(),
                      ALL_FORKID,
                      atoms,
                      // BIP-143 over the scriptPubKey itself, with the type's sixth bit set.
                      SigVersion.SIGVERSION_WITNESS_V0)
                  : transaction.hashForSigning(
                      index,
                      input.script(),
                      SigHash.SIGHASH_ALL,
                      atoms,
                      SigVersion.SIGVERSION_BASE);
          case P2WPKH ->
              segregated(index, payToHash(Arrays.copyOfRange(input.script(), 2, 22)), atoms);
          case P2SH_P2WPKH -> segregated(index, payToHash(Crypto.hash160(publicKey(input))), atoms);
          case P2TR ->
              transaction
                  .hashForSigningTaprootKeyPath(
                      index, unsigned.spent(), SigHash.SIGHASH_DEFAULT, null)
                  .toByteArray();
        });
  }

  private byte[] segregated(int index, byte[] script, Satoshi atoms) {
    return transaction.hashForSigning(
        index, script, SigHash.SIGHASH_ALL, atoms, SigVersion.SIGVERSION_WITNESS_V0);
  }

  private static byte[] payToHash(byte[] hash) {
    byte[] script = new byte[25];
    script[0] = 0x76;
    script[1] = (byte) 0xa9;
    script[2] = 20;
    System.arraycopy(hash, 0, script, 3, 20);
    script[23] = (byte) 0x88;
    script[24] = (byte) 0xac;
    return script;
  }

  private byte[] publicKey(OwnInput input) {
    return signer.publicKey(KeyRef.parse(input.key()));
  }

  /** Signs each input; the guard must have the digests. */
  public Signed sign() {
    Transaction signed = transaction;
    for (int i = 0; i < unsigned.inputs().size(); i++) {
      OwnInput input = unsigned.inputs().get(i);
      Signature signature =
          signer.sign(KeyRef.parse(input.key()), digest(i), input.kind().scheme());
      signed = with(signed, i, input, signature);
    }
    return new Signed(Transaction.write(signed), signed.txid.toString());
  }

  private Transaction with(Transaction to, int index, OwnInput input, Signature signature) {
    return switch (input.kind()) {
      case P2PKH ->
          to.updateSigScript(
              index,
              pushes(
                  typed(signature, unsigned.forkId() ? ALL_FORKID : SigHash.SIGHASH_ALL),
                  publicKey(input)));
      case P2WPKH -> to.updateWitness(index, witness(input, signature));
      case P2SH_P2WPKH -> {
        byte[] redeem = new byte[22];
        redeem[1] = 20;
        System.arraycopy(Crypto.hash160(publicKey(input)), 0, redeem, 2, 20);
        yield to.updateSigScript(index, pushes(redeem))
            .updateWitness(index, witness(input, signature));
      }
      case P2TR ->
          to.updateWitness(index, new ScriptWitness(List.of(new ByteVector(signature.toBytes()))));
    };
  }

  private ScriptWitness witness(OwnInput input, Signature signature) {
    return new ScriptWitness(
        List.of(
            new ByteVector(typed(signature, SigHash.SIGHASH_ALL)),
            new ByteVector(publicKey(input))));
  }

  private static byte[] typed(Signature signature, int type) {
    byte[] der = signature.der();
    byte[] typed = Arrays.copyOf(der, der.length + 1);
    typed[der.length] = (byte) type;
    return typed;
  }

  /** Each with its length before it; none is longer than 75 bytes. */
  private static byte[] pushes(byte[]... items) {
    int length = Arrays.stream(items).mapToInt(item -> 1 + item.length).sum();
    byte[] script = new byte[length];
    int at = 0;
    for (byte[] item : items) {
      script[at] = (byte) item.length;
      System.arraycopy(item, 0, script, at + 1, item.length);
      at += 1 + item.length;
    }
    return script;
  }

  /**
   * Takes signatures that were made elsewhere.
   *
   * @param bytes a raw transaction, or BIP-174
   * @throws IllegalArgumentException unless it is this one, and every input is signed
   */
  public Signed imported(byte[] bytes) {
    Transaction signed = new SignedElsewhere(unsigned, digests()).check(bytes);
    return new Signed(Transaction.write(signed), signed.txid.toString());
  }
}
