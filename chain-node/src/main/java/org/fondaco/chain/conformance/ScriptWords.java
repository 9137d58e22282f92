package org.fondaco.chain.conformance;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.fondaco.chain.utxo.script.Opcodes;
import org.fondaco.chain.utxo.script.ScriptNumber;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.wire.WireWriter;

/** Scripts as Bitcoin Core's vectors write them: numbers, 0x…, 'text' and names of operations. */
final class ScriptWords {
  private static final Map<String, Integer> OPCODES = opcodes();

  private ScriptWords() {}

  private static Map<String, Integer> opcodes() {
    Map<String, Integer> opcodes = new HashMap<>();
    try {
      for (Field field : Opcodes.class.getFields()) {
        int opcode = field.getInt(null);
        // Smaller ones are written as numbers.
        if (opcode >= Opcodes.OP_NOP || opcode == Opcodes.OP_RESERVED) {
          opcodes.put(field.getName(), opcode);
          opcodes.put(field.getName().substring(3), opcode);
        }
      }
      // Of Bitcoin Cash's vectors: how a push is written, and names from a later upgrade.
      opcodes.put("PUSHDATA1", Opcodes.OP_PUSHDATA1);
      opcodes.put("PUSHDATA2", Opcodes.OP_PUSHDATA2);
      opcodes.put("PUSHDATA4", Opcodes.OP_PUSHDATA4);
      opcodes.put("BEGIN", Opcodes.OP_VERIF);
      opcodes.put("UNTIL", Opcodes.OP_VERNOTIF);
      opcodes.put("DEFINE", Opcodes.OP_RESERVED1);
      opcodes.put("INVOKE", Opcodes.OP_RESERVED2);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    return opcodes;
  }

  static byte[] parse(String text) {
    WireWriter script = new WireWriter();
    for (String word : text.split("\\s+")) {
      if (!word.isEmpty()) {
        append(word, script);
      }
    }
    return script.toBytes();
  }

  private static void append(String word, WireWriter script) {
    if (word.matches("-?[0-9]+")) {
      long number = Long.parseLong(word);
      if (number == 0 || number >= -1 && number <= 16) {
        script.uint8((int) (number == 0 ? Opcodes.OP_0 : Opcodes.OP_1 - 1 + number));
      } else {
        script.bytes(Scripts.push(ScriptNumber.encode(number)));
      }
    } else if (word.startsWith("0x")) {
      script.bytes(HexFormat.of().parseHex(word, 2, word.length()));
    } else if (word.length() >= 2 && word.startsWith("'") && word.endsWith("'")) {
      String quoted = word.substring(1, word.length() - 1);
      script.bytes(Scripts.push(quoted.getBytes(StandardCharsets.UTF_8)));
    } else {
      Integer opcode = OPCODES.get(word);
      if (opcode == null) {
        throw new IllegalArgumentException("no word of a script: " + word);
      }
      script.uint8(opcode);
    }
  }
}
