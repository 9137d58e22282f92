package org.fondaco.chain.utxo.script;

import fr.acinq.secp256k1.Secp256k1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.fondaco.chain.crypto.Schnorr;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;

/** Makes transactions with an input of each usual kind, and signs them. */
final class Signer {
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();
  private static final int[] HASH_TYPES = {1, 2, 3, 0x81, 0x82, 0x83};

  /** What an input spends. */
  enum Kind {
    KEY,
    KEY_HASH,
    MULTISIG,
    SCRIPT_HASH,
    WITNESS_KEY_HASH,
    NESTED_WITNESS_KEY_HASH,
    WITNESS_SCRIPT_HASH,
    TAPROOT_KEY,
    TAPROOT_SCRIPT
  }

  private final RandomGenerator random;
  private final byte[][] secrets = new byte[3][];

  Signer(RandomGenerator random) {
    this.random = random;
    for (int i = 0; i < secrets.length; i++) {
      secrets[i] = bytes(32);
      // Below the order, whatever the other bytes are.
      secrets[i][0] = 1;
    }
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] key(int i) {
    return LIBRARY.pubKeyCompress(LIBRARY.pubkeyCreate(secrets[i]));
  }

  private byte[] xonly(int i) {
    return Schnorr.publicKey(secrets[i]);
  }

  /** A signed transaction with these kinds of inputs. */
  Spending spending(List<Kind> kinds) {
    List<Input> inputs = new ArrayList<>();
    List<Output> spent = new ArrayList<>();
    for (Kind kind : kinds) {
      OutPoint outPoint = new OutPoint(Hash.of(bytes(32)), random.nextInt(4));
      inputs.add(new Input(outPoint, new byte[0], random.nextInt(100)));
      spent.add(new Output(random.nextInt(1_000_000), script(kind)));
    }
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      outputs.add(new Output(random.nextInt(1_000), bytes(random.nextInt(1, 30))));
    }
    Transaction unsigned = new Transaction(2, inputs, outputs, 500);
    for (int i = 0; i < kinds.size(); i++) {
      inputs.set(i, sign(new Spending(unsigned, spent), i, kinds.get(i)));
    }
    Transaction signed = new Transaction(2, inputs, outputs, 500);
    return new Spending(signed, spent);
  }

  private byte[] script(Kind kind) {
    return switch (kind) {
      case KEY -> concat(Scripts.push(key(0)), op(Opcodes.OP_CHECKSIG));
      case KEY_HASH -> keyHash();
      case MULTISIG -> multisig();
      case SCRIPT_HASH -> scriptHash(multisig());
      case WITNESS_KEY_HASH -> concat(op(0), Scripts.push(ShortHash.hash160(key(0))));
      case NESTED_WITNESS_KEY_HASH -> scriptHash(script(Kind.WITNESS_KEY_HASH));
      case WITNESS_SCRIPT_HASH -> concat(op(0), Scripts.push(Sha256.hash(locked())));
      case TAPROOT_KEY, TAPROOT_SCRIPT ->
          concat(op(Opcodes.OP_1), Scripts.push(Arrays.copyOfRange(outputKey(), 1, 33)));
    };
  }

  private byte[] keyHash() {
    return concat(
        op(Opcodes.OP_DUP),
        op(Opcodes.OP_HASH160),
        Scripts.push(ShortHash.hash160(key(0))),
        op(Opcodes.OP_EQUALVERIFY),
        op(Opcodes.OP_CHECKSIG));
  }

  private byte[] multisig() {
    return concat(
        op(Opcodes.OP_2),
        Scripts.push(key(0)),
        Scripts.push(key(1)),
        Scripts.push(key(2)),
        op(Opcodes.OP_3),
        op(Opcodes.OP_CHECKMULTISIG));
  }

  /** With both lock times before the signatures. */
  private byte[] locked() {
    return concat(
        Scripts.push(ScriptNumber.encode(400)),
        op(Opcodes.OP_CHECKLOCKTIMEVERIFY),
        op(Opcodes.OP_DROP),
        op(Opcodes.OP_0),
        op(Opcodes.OP_CHECKSEQUENCEVERIFY),
        op(Opcodes.OP_DROP),
        multisig());
  }

  /** Two of two by OP_CHECKSIGADD. */
  private byte[] leaf() {
    return concat(
        Scripts.push(xonly(0)),
        op(Opcodes.OP_CHECKSIG),
        Scripts.push(xonly(1)),
        op(Opcodes.OP_CHECKSIGADD),
        op(Opcodes.OP_2),
        op(Opcodes.OP_NUMEQUAL));
  }

  private byte[] leafHash() {
    return Taproot.leafHash(Taproot.LEAF_TAPSCRIPT, leaf());
  }

  private byte[] outputKey() {
    byte[] key = Schnorr.tweaked(xonly(2), Taproot.tweak(xonly(2), leafHash()));
    if (key == null) {
      throw new IllegalStateException("no key");
    }
    return key;
  }

  private static byte[] scriptHash(byte[] redeem) {
    return concat(
        op(Opcodes.OP_HASH160), Scripts.push(ShortHash.hash160(redeem)), op(Opcodes.OP_EQUAL));
  }

  private Input sign(Spending spending, int index, Kind kind) {
    Input input = spending.transaction().inputs().get(index);
    byte[] script = spending.spent().get(index).script();
    byte[] empty = {};
    return switch (kind) {
      case KEY -> input.withScript(Scripts.push(ecdsa(spending, index, script, 0, false)));
      case KEY_HASH ->
          input.withScript(
              concat(Scripts.push(ecdsa(spending, index, script, 0, false)), Scripts.push(key(0))));
      case MULTISIG -> input.withScript(two(spending, index, script));
      case SCRIPT_HASH ->
          input.withScript(concat(two(spending, index, multisig()), Scripts.push(multisig())));
      case WITNESS_KEY_HASH ->
          input.withWitness(List.of(ecdsa(spending, index, keyHash(), 0, true), key(0)));
      case NESTED_WITNESS_KEY_HASH ->
          input
              .withScript(Scripts.push(script(Kind.WITNESS_KEY_HASH)))
              .withWitness(List.of(ecdsa(spending, index, keyHash(), 0, true), key(0)));
      case WITNESS_SCRIPT_HASH ->
          input.withWitness(
              List.of(
                  empty,
                  ecdsa(spending, index, locked(), 0, true),
                  ecdsa(spending, index, locked(), 2, true),
                  locked()));
      case TAPROOT_KEY -> {
        byte[] secret = Schnorr.tweakedSecret(secrets[2], Taproot.tweak(xonly(2), leafHash()));
        yield input.withWitness(List.of(schnorr(spending, index, secret, Taproot.Path.KEY)));
      }
      case TAPROOT_SCRIPT -> {
        Taproot.Path path = new Taproot.Path(null, leafHash(), 0xffff_ffffL);
        yield input.withWitness(
            List.of(
                schnorr(spending, index, secrets[1], path),
                schnorr(spending, index, secrets[0], path),
                leaf(),
                concat(op(Taproot.LEAF_TAPSCRIPT | outputKey()[0] & 1), xonly(2))));
      }
    };
  }

  private byte[] two(Spending spending, int index, byte[] code) {
    return concat(
        op(Opcodes.OP_0),
        Scripts.push(ecdsa(spending, index, code, 0, false)),
        Scripts.push(ecdsa(spending, index, code, 1, false)));
  }

  private byte[] ecdsa(Spending spending, int index, byte[] code, int key, boolean witness) {
    int hashType = HASH_TYPES[random.nextInt(HASH_TYPES.length)];
    byte[] hash =
        witness
            ? SignatureHash.segregated(spending, index, code, hashType)
            : SignatureHash.legacy(spending.transaction(), index, code, hashType);
    byte[] der = LIBRARY.compact2der(LIBRARY.sign(hash, secrets[key], null));
    return concat(der, op(hashType));
  }

  private byte[] schnorr(Spending spending, int index, byte[] secret, Taproot.Path path) {
    int hashType = random.nextBoolean() ? 0 : HASH_TYPES[random.nextInt(HASH_TYPES.length)];
    byte[] hash = Taproot.signatureHash(spending, index, hashType, path);
    if (hash == null) {
      throw new IllegalStateException("nothing to sign");
    }
    byte[] signature = Schnorr.sign(hash, secret, new byte[32]);
    return hashType == 0 ? signature : concat(signature, op(hashType));
  }

  static byte[] op(int opcode) {
    return new byte[] {(byte) opcode};
  }

  static byte[] concat(byte[]... parts) {
    WireWriter writer = new WireWriter();
    for (byte[] part : parts) {
      writer.bytes(part);
    }
    return writer.toBytes();
  }
}
