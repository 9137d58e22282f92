package org.fondaco.chain.utxo.script;

import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Bitcoin's arithmetic: operands of four bytes at most, so that no result overflows. */
final class NumberGroup {
  private NumberGroup() {}

  static void install(@Nullable Operation[] table) {
    table[Opcodes.OP_1ADD] = unary(a -> a + 1);
    table[Opcodes.OP_1SUB] = unary(a -> a - 1);
    table[Opcodes.OP_NEGATE] = unary(a -> -a);
    table[Opcodes.OP_ABS] = unary(Math::abs);
    table[Opcodes.OP_NOT] = unary(a -> a == 0 ? 1 : 0);
    table[Opcodes.OP_0NOTEQUAL] = unary(a -> a == 0 ? 0 : 1);
    table[Opcodes.OP_ADD] = binary(Long::sum);
    table[Opcodes.OP_SUB] = binary((a, b) -> a - b);
    table[Opcodes.OP_BOOLAND] = binary((a, b) -> a != 0 && b != 0 ? 1 : 0);
    table[Opcodes.OP_BOOLOR] = binary((a, b) -> a != 0 || b != 0 ? 1 : 0);
    table[Opcodes.OP_NUMEQUAL] = binary((a, b) -> a == b ? 1 : 0);
    table[Opcodes.OP_NUMEQUALVERIFY] = NumberGroup::equalVerify;
    table[Opcodes.OP_NUMNOTEQUAL] = binary((a, b) -> a == b ? 0 : 1);
    table[Opcodes.OP_LESSTHAN] = binary((a, b) -> a < b ? 1 : 0);
    table[Opcodes.OP_GREATERTHAN] = binary((a, b) -> a > b ? 1 : 0);
    table[Opcodes.OP_LESSTHANOREQUAL] = binary((a, b) -> a <= b ? 1 : 0);
    table[Opcodes.OP_GREATERTHANOREQUAL] = binary((a, b) -> a >= b ? 1 : 0);
    table[Opcodes.OP_MIN] = binary(Math::min);
    table[Opcodes.OP_MAX] = binary(Math::max);
    table[Opcodes.OP_WITHIN] = NumberGroup::within;
  }

  private static Operation unary(LongUnaryOperator operator) {
    return machine -> {
      machine.need(1);
      long a = machine.number(0);
      machine.stack().drop(1);
      machine.push(operator.applyAsLong(a));
    };
  }

  private static Operation binary(LongBinaryOperator operator) {
    return machine -> {
      machine.need(2);
      long a = machine.number(1);
      long b = machine.number(0);
      machine.stack().drop(2);
      machine.push(operator.applyAsLong(a, b));
    };
  }

  private static void equalVerify(Machine machine) {
    machine.need(2);
    boolean equal = machine.number(1) == machine.number(0);
    machine.stack().drop(2);
    machine.verify(equal, ScriptError.NUMEQUALVERIFY);
  }

  private static void within(Machine machine) {
    machine.need(3);
    long value = machine.number(2);
    boolean within = machine.number(1) <= value & value < machine.number(0);
    machine.stack().drop(3);
    machine.push(within);
  }
}
