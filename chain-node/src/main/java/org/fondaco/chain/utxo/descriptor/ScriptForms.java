package org.fondaco.chain.utxo.descriptor;

import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.crypto.Schnorr;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.script.Opcodes;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.script.Taproot;
import org.fondaco.chain.utxo.wire.WireWriter;

/** The usual scripts made from keys. */
public final class ScriptForms {
  private ScriptForms() {}

  public static byte[] key(byte[] publicKey) {
    return new WireWriter().bytes(Scripts.push(publicKey)).uint8(Opcodes.OP_CHECKSIG).toBytes();
  }

  public static byte[] keyHash(byte[] publicKey) {
    return ofKeyHash(ShortHash.hash160(publicKey));
  }

  /** Pays the key with this hash of 20 bytes. */
  public static byte[] ofKeyHash(byte[] hash) {
    return new WireWriter()
        .uint8(Opcodes.OP_DUP)
        .uint8(Opcodes.OP_HASH160)
        .bytes(Scripts.push(hash))
        .uint8(Opcodes.OP_EQUALVERIFY)
        .uint8(Opcodes.OP_CHECKSIG)
        .toBytes();
  }

  public static byte[] witnessKeyHash(byte[] publicKey) {
    return witness(0, ShortHash.hash160(publicKey));
  }

  public static byte[] scriptHash(byte[] redeem) {
    return new WireWriter()
        .uint8(Opcodes.OP_HASH160)
        .bytes(Scripts.push(ShortHash.hash160(redeem)))
        .uint8(Opcodes.OP_EQUAL)
        .toBytes();
  }

  public static byte[] witnessScriptHash(byte[] script) {
    return witness(0, Sha256.hash(script));
  }

  /**
   * Taproot without scripts.
   *
   * @param internal 33 bytes, of which the first does not matter
   */
  static byte[] taproot(byte[] internal) {
    byte[] x = Arrays.copyOfRange(internal, 1, 33);
    byte[] output = Schnorr.tweaked(x, Taproot.tweak(x, null));
    if (output == null) {
      throw new DescriptorException("a key that cannot be tweaked"); // one of 2^128
    }
    return witness(1, Arrays.copyOfRange(output, 1, 33));
  }

  static byte[] witness(int version, byte[] program) {
    int opcode = version == 0 ? Opcodes.OP_0 : Opcodes.OP_1 - 1 + version;
    return new WireWriter().uint8(opcode).bytes(Scripts.push(program)).toBytes();
  }

  /**
   * Bare multisig.
   *
   * @param threshold from 1 to 16, or more as a number that is pushed
   */
  public static byte[] multisig(int threshold, List<byte[]> keys) {
    WireWriter writer = new WireWriter();
    number(threshold, writer);
    keys.forEach(key -> writer.bytes(Scripts.push(key)));
    number(keys.size(), writer);
    return writer.uint8(Opcodes.OP_CHECKMULTISIG).toBytes();
  }

  private static void number(int value, WireWriter writer) {
    if (value <= 16) {
      writer.uint8(Opcodes.OP_1 - 1 + value);
    } else {
      writer.uint8(1).uint8(value);
    }
  }
}
