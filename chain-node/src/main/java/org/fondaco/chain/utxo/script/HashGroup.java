package org.fondaco.chain.utxo.script;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.crypto.ShortHash;
import org.jspecify.annotations.Nullable;

/** Hashes, and whether items are equal. */
final class HashGroup {
  private HashGroup() {}

  static void install(@Nullable Operation[] table) {
    table[Opcodes.OP_RIPEMD160] = hash(false, ShortHash::ripemd160);
    table[Opcodes.OP_SHA1] = hash(false, ShortHash::sha1);
    table[Opcodes.OP_SHA256] = hash(false, Sha256::hash);
    table[Opcodes.OP_HASH160] = hash(true, ShortHash::hash160);
    table[Opcodes.OP_HASH256] = hash(true, Sha256::twice);
    table[Opcodes.OP_EQUAL] = machine -> machine.push(equal(machine));
    table[Opcodes.OP_EQUALVERIFY] =
        machine -> machine.verify(equal(machine), ScriptError.EQUALVERIFY);
  }

  private static Operation hash(boolean twice, UnaryOperator<byte[]> function) {
    return machine -> {
      machine.need(1);
      byte[] message = machine.stack().pop();
      machine.costs().hashed(message.length, twice);
      machine.push(function.apply(message));
    };
  }

  private static boolean equal(Machine machine) {
    machine.need(2);
    return Arrays.equals(machine.stack().pop(), machine.stack().pop());
  }
}
