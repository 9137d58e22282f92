package org.fondaco.chain.utxo.rpc;

import java.util.HexFormat;
import java.util.StringJoiner;
import org.fondaco.chain.utxo.script.ScriptReader;

/** Scripts as people read them: Bitcoin Core's ScriptToAsmStr. */
final class ScriptText {
  private static final int FIRST = 0x61;
  private static final int NUMBER_BYTES_MAX = 4;

  /** From OP_NOP on, as Bitcoin Core prints them. */
  private static final String[] NAMES =
      """
      OP_NOP OP_VER OP_IF OP_NOTIF OP_VERIF OP_VERNOTIF OP_ELSE OP_ENDIF OP_VERIFY OP_RETURN
      OP_TOALTSTACK OP_FROMALTSTACK OP_2DROP OP_2DUP OP_3DUP OP_2OVER OP_2ROT OP_2SWAP OP_IFDUP
      OP_DEPTH OP_DROP OP_DUP OP_NIP OP_OVER OP_PICK OP_ROLL OP_ROT OP_SWAP OP_TUCK OP_CAT OP_SUBSTR
      OP_LEFT OP_RIGHT OP_SIZE OP_INVERT OP_AND OP_OR OP_XOR OP_EQUAL OP_EQUALVERIFY OP_RESERVED1
      OP_RESERVED2 OP_1ADD OP_1SUB OP_2MUL OP_2DIV OP_NEGATE OP_ABS OP_NOT OP_0NOTEQUAL OP_ADD OP_SUB
      OP_MUL OP_DIV OP_MOD OP_LSHIFT OP_RSHIFT OP_BOOLAND OP_BOOLOR OP_NUMEQUAL OP_NUMEQUALVERIFY
      OP_NUMNOTEQUAL OP_LESSTHAN OP_GREATERTHAN OP_LESSTHANOREQUAL OP_GREATERTHANOREQUAL OP_MIN OP_MAX
      OP_WITHIN OP_RIPEMD160 OP_SHA1 OP_SHA256 OP_HASH160 OP_HASH256 OP_CODESEPARATOR OP_CHECKSIG
      OP_CHECKSIGVERIFY OP_CHECKMULTISIG OP_CHECKMULTISIGVERIFY OP_NOP1 OP_CHECKLOCKTIMEVERIFY
      OP_CHECKSEQUENCEVERIFY OP_NOP4 OP_NOP5 OP_NOP6 OP_NOP7 OP_NOP8 OP_NOP9 OP_NOP10 OP_CHECKSIGADD
      """
          .strip()
          .split("\\s+");

  private ScriptText() {}

  /**
   * The operations with spaces between; pushes of up to four bytes as numbers, others as bytes.
   *
   * @param signatures whether to print the hash type of what looks like a signature by name
   */
  static String of(byte[] script, boolean signatures) {
    StringJoiner text = new StringJoiner(" ");
    ScriptReader reader = new ScriptReader(script);
    while (!reader.atEnd()) {
      if (!reader.next()) {
        text.add("[error]");
        break;
      }
      text.add(operation(reader, signatures));
    }
    return text.toString();
  }

  private static String operation(ScriptReader reader, boolean signatures) {
    int opcode = reader.opcode();
    if (opcode <= 0x4e) {
      byte[] data = reader.data();
      return data.length <= NUMBER_BYTES_MAX ? number(data) : push(data, signatures);
    }
    if (opcode == 0x4f) {
      return "-1";
    }
    if (opcode == 0x50) {
      return "OP_RESERVED";
    }
    if (opcode <= 0x60) {
      return Integer.toString(opcode - 0x50);
    }
    return opcode - FIRST < NAMES.length ? NAMES[opcode - FIRST] : "OP_UNKNOWN";
  }

  private static String number(byte[] data) {
    long value = 0;
    for (int i = 0; i < data.length; i++) {
      value |= (data[i] & 0xffL) << 8 * i;
    }
    if (data.length > 0 && data[data.length - 1] < 0) {
      value = -(value & ~(0x80L << 8 * (data.length - 1)));
    }
    return Long.toString(value);
  }

  /** A DER signature is a sequence of nearly its own length with a hash type behind it. */
  private static String push(byte[] data, boolean signatures) {
    int last = data.length - 1;
    String type = signatures && data[0] == 0x30 && data[1] == last - 2 ? hashType(data[last]) : "";
    return type.isEmpty()
        ? HexFormat.of().formatHex(data)
        : HexFormat.of().formatHex(data, 0, last) + type;
  }

  private static String hashType(int type) {
    return switch (type & 0xff) {
      case 0x01 -> "[ALL]";
      case 0x02 -> "[NONE]";
      case 0x03 -> "[SINGLE]";
      case 0x81 -> "[ALL|ANYONECANPAY]";
      case 0x82 -> "[NONE|ANYONECANPAY]";
      case 0x83 -> "[SINGLE|ANYONECANPAY]";
      case 0x41 -> "[ALL|FORKID]";
      case 0xc1 -> "[ALL|FORKID|ANYONECANPAY]";
      default -> "";
    };
  }
}
