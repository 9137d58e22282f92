package org.fondaco.chain.utxo.script;

import java.util.Arrays;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** What the bytes of a script say without running them. */
public final class Scripts {
  private Scripts() {}

  /**
   * BIP-141.
   *
   * @param version 0 to 16
   * @param program 2 to 40 bytes
   */
  public record WitnessProgram(int version, byte[] program) {}

  /** BIP-16's form, which is recognised by its bytes alone. */
  public static boolean isScriptHash(byte[] script) {
    return script.length == 23
        && script[0] == (byte) Opcodes.OP_HASH160
        && script[1] == 20
        && script[22] == (byte) Opcodes.OP_EQUAL;
  }

  /** Bitcoin Cash since 2023: a script hash of 32 bytes. */
  public static boolean isLongScriptHash(byte[] script) {
    return script.length == 35
        && script[0] == (byte) Opcodes.OP_HASH256
        && script[1] == 32
        && script[34] == (byte) Opcodes.OP_EQUAL;
  }

  /** The witness program that the script is, or null. */
  public static @Nullable WitnessProgram witnessProgram(byte[] script) {
    if (script.length < 4 || script.length > 42 || script[1] + 2 != script.length) {
      return null;
    }
    int version = Opcodes.smallNumber(script[0] & 0xff);
    return version < 0
        ? null
        : new WitnessProgram(version, Arrays.copyOfRange(script, 2, script.length));
  }

  /** Whether every operation is up to OP_16 (OP_RESERVED counts) and every push is whole. */
  public static boolean isPushOnly(byte[] script) {
    ScriptReader reader = new ScriptReader(script);
    while (!reader.atEnd()) {
      if (!reader.next() || reader.opcode() > Opcodes.OP_16) {
        return false;
      }
    }
    return true;
  }

  /** Whether no one can ever spend it: it begins with OP_RETURN or is too long. */
  public static boolean isUnspendable(byte[] script) {
    return script.length > 0 && script[0] == (byte) Opcodes.OP_RETURN
        || script.length > Machine.SCRIPT_BYTES_MAX;
  }

  /** The push of these bytes by length; small numbers are bytes like any others. */
  public static byte[] push(byte[] data) {
    WireWriter writer = new WireWriter(data.length + 5);
    if (data.length < Opcodes.OP_PUSHDATA1) {
      writer.uint8(data.length);
    } else if (data.length <= 0xff) {
      writer.uint8(Opcodes.OP_PUSHDATA1).uint8(data.length);
    } else if (data.length <= 0xffff) {
      writer.uint8(Opcodes.OP_PUSHDATA2).uint16(data.length);
    } else {
      writer.uint8(Opcodes.OP_PUSHDATA4).int32(data.length);
    }
    return writer.bytes(data).toBytes();
  }

  /**
   * Signature operations by the rough count of old: of a script that cannot be read, those before.
   *
   * @param accurate whether OP_CHECKMULTISIG counts as many as the number of keys before it says,
   *     as in BIP-16, and not as 20
   */
  public static int signatureOperations(byte[] script, boolean accurate) {
    ScriptReader reader = new ScriptReader(script);
    int count = 0;
    int before = -1;
    while (reader.next()) {
      int opcode = reader.opcode();
      count +=
          switch (opcode) {
            case Opcodes.OP_CHECKSIG, Opcodes.OP_CHECKSIGVERIFY -> 1;
            case Opcodes.OP_CHECKMULTISIG, Opcodes.OP_CHECKMULTISIGVERIFY ->
                accurate && before >= Opcodes.OP_1 && before <= Opcodes.OP_16
                    ? Opcodes.smallNumber(before)
                    : Machine.KEYS_MAX;
            default -> 0;
          };
      before = opcode;
    }
    return count;
  }

  /** What the last push of a script of pushes pushes; nothing if it is not one. */
  public static byte[] lastPush(byte[] script) {
    byte[] last = new byte[0];
    if (isPushOnly(script)) {
      ScriptReader reader = new ScriptReader(script);
      while (reader.next()) {
        last = reader.data();
      }
    }
    return last;
  }

  /** Core's FindAndDelete: without {@code part} wherever an operation would begin with it. */
  static byte[] without(byte[] script, byte[] part) {
    if (part.length == 0 || !contains(script, part)) {
      return script;
    }
    WireWriter kept = new WireWriter(script.length);
    int from = 0;
    int at = 0;
    boolean found = false;
    while (true) {
      kept.bytes(Arrays.copyOfRange(script, from, at));
      while (startsWith(script, at, part)) {
        at += part.length;
        found = true;
      }
      from = at;
      int next = after(script, at);
      if (next < 0) {
        break;
      }
      at = next;
    }
    return found ? kept.bytes(Arrays.copyOfRange(script, from, script.length)).toBytes() : script;
  }

  /** Whether the bytes are there at all, which a signature's hardly ever are. */
  private static boolean contains(byte[] script, byte[] part) {
    for (int at = 0; at <= script.length - part.length; at++) {
      if (script[at] == part[0] && startsWith(script, at, part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] script, int at, byte[] part) {
    return script.length - at >= part.length
        && Arrays.equals(script, at, at + part.length, part, 0, part.length);
  }

  /** Where the operation at {@code at} ends; negative if there is none. */
  private static int after(byte[] script, int at) {
    ScriptReader reader = new ScriptReader(script);
    reader.seek(at);
    return reader.next() ? reader.position() : -1;
  }
}
