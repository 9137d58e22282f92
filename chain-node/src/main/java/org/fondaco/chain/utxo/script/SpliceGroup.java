package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bitcoin Cash: items joined, split, reversed and combined bit by bit. */
final class SpliceGroup {
  private SpliceGroup() {}

  private interface Bits {
    int combine(int a, int b);
  }

  static void install(@Nullable Operation[] table) {
    table[Opcodes.OP_CAT] = SpliceGroup::join;
    table[Opcodes.OP_SPLIT] = SpliceGroup::split;
    table[Opcodes.OP_REVERSEBYTES] = SpliceGroup::reverse;
    table[Opcodes.OP_AND] = bitwise((a, b) -> a & b);
    table[Opcodes.OP_OR] = bitwise((a, b) -> a | b);
    table[Opcodes.OP_XOR] = bitwise((a, b) -> a ^ b);
  }

  private static void join(Machine machine) {
    machine.need(2);
    byte[] second = machine.stack().pop();
    byte[] first = machine.stack().pop();
    require(first.length + second.length <= machine.itemBytesMax(), ScriptError.PUSH_SIZE);
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    machine.push(joined);
  }

  private static void split(Machine machine) {
    machine.need(2);
    long at = machine.number(0);
    byte[] item = machine.stack().at(1);
    require(at >= 0 && at <= item.length, ScriptError.SPLIT_RANGE);
    machine.stack().drop(2);
    machine.push(Arrays.copyOf(item, (int) at));
    machine.push(Arrays.copyOfRange(item, (int) at, item.length));
  }

  private static void reverse(Machine machine) {
    require(machine.has(ScriptFlag.REVERSEBYTES), ScriptError.DISABLED_OPCODE);
    machine.need(1);
    byte[] item = machine.stack().pop().clone();
    for (int i = 0; i < item.length / 2; i++) {
      byte swapped = item[i];
      item[i] = item[item.length - 1 - i];
      item[item.length - 1 - i] = swapped;
    }
    machine.push(item);
  }

  private static Operation bitwise(Bits bits) {
    return machine -> {
      machine.need(2);
      byte[] second = machine.stack().at(0);
      byte[] combined = machine.stack().at(1).clone();
      require(combined.length == second.length, ScriptError.OPERAND_SIZE);
      for (int i = 0; i < combined.length; i++) {
        combined[i] = (byte) bits.combine(combined[i], second[i]);
      }
      machine.stack().drop(2);
      machine.push(combined);
    };
  }
}
