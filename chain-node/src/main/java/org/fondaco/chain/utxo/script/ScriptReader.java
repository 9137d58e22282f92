package org.fondaco.chain.utxo.script;

import java.util.Arrays;

/** Walks over the operations of a script. */
public final class ScriptReader {
  private static final byte[] EMPTY = {};

  private final byte[] script;
  private int position;
  private int opcode;
  private int dataFrom;
  private int dataTo;

  public ScriptReader(byte[] script) {
    this.script = script;
  }

  /** Where the next operation begins. */
  public int position() {
    return position;
  }

  void seek(int to) {
    position = to;
  }

  public boolean atEnd() {
    return position >= script.length;
  }

  /** Reads an operation; false if there is none, or a push whose bytes are not all there. */
  public boolean next() {
    if (position >= script.length) {
      return false;
    }
    int at = position;
    opcode = script[at++] & 0xff;
    long length = 0;
    if (opcode < Opcodes.OP_PUSHDATA1) {
      length = opcode;
    } else if (opcode <= Opcodes.OP_PUSHDATA4) {
      int bytes = 1 << opcode - Opcodes.OP_PUSHDATA1;
      if (script.length - at < bytes) {
        return false;
      }
      for (int i = 0; i < bytes; i++) {
        length |= (script[at++] & 0xffL) << 8 * i;
      }
    }
    if (length > script.length - at) {
      return false;
    }
    dataFrom = at;
    dataTo = at + (int) length;
    position = dataTo;
    return true;
  }

  /** The operation that {@link #next} read. */
  public int opcode() {
    return opcode;
  }

  public int dataLength() {
    return dataTo - dataFrom;
  }

  /** What the operation pushes; no bytes where it is not a push. */
  public byte[] data() {
    return dataFrom == dataTo ? EMPTY : Arrays.copyOfRange(script, dataFrom, dataTo);
  }

  /** Whether the push that was read is the shortest for its bytes (BIP-62, rule 3). */
  public boolean isMinimalPush() {
    int length = dataLength();
    if (length == 0) {
      return opcode == Opcodes.OP_0;
    }
    if (length == 1) {
      int value = script[dataFrom] & 0xff;
      if (value >= 1 && value <= 16 || value == 0x81) {
        return false;
      }
    }
    if (length < Opcodes.OP_PUSHDATA1) {
      return opcode == length;
    }
    return length > 255
        ? length > 65535 || opcode == Opcodes.OP_PUSHDATA2
        : opcode == Opcodes.OP_PUSHDATA1;
  }
}
