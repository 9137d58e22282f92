package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Bitcoin Cash's arithmetic: numbers of four bytes, of eight since 2022, and as long as an item
 * since 2025 (CHIP-2024-07), with what they cost since then.
 */
final class CashNumberGroup {
  private CashNumberGroup() {}

  static void install(@Nullable Operation[] table) {
    table[Opcodes.OP_1ADD] = unary(a -> a.add(BigInteger.ONE));
    table[Opcodes.OP_1SUB] = unary(a -> a.subtract(BigInteger.ONE));
    table[Opcodes.OP_NEGATE] = unary(BigInteger::negate);
    table[Opcodes.OP_ABS] = unary(BigInteger::abs);
    table[Opcodes.OP_NOT] = test(true);
    table[Opcodes.OP_0NOTEQUAL] = test(false);
    table[Opcodes.OP_ADD] = binary(BigInteger::add);
    table[Opcodes.OP_SUB] = binary(BigInteger::subtract);
    table[Opcodes.OP_MUL] = product(BigInteger::multiply, null);
    table[Opcodes.OP_DIV] = product(BigInteger::divide, ScriptError.DIV_BY_ZERO);
    table[Opcodes.OP_MOD] = product(BigInteger::remainder, ScriptError.MOD_BY_ZERO);
    table[Opcodes.OP_MIN] = binary(BigInteger::min);
    table[Opcodes.OP_MAX] = binary(BigInteger::max);
    table[Opcodes.OP_BOOLAND] = compare((a, b) -> a.signum() != 0 && b.signum() != 0);
    table[Opcodes.OP_BOOLOR] = compare((a, b) -> a.signum() != 0 || b.signum() != 0);
    table[Opcodes.OP_NUMEQUAL] = compare(BigInteger::equals);
    table[Opcodes.OP_NUMNOTEQUAL] = compare((a, b) -> !a.equals(b));
    table[Opcodes.OP_LESSTHAN] = compare((a, b) -> a.compareTo(b) < 0);
    table[Opcodes.OP_GREATERTHAN] = compare((a, b) -> a.compareTo(b) > 0);
    table[Opcodes.OP_LESSTHANOREQUAL] = compare((a, b) -> a.compareTo(b) <= 0);
    table[Opcodes.OP_GREATERTHANOREQUAL] = compare((a, b) -> a.compareTo(b) >= 0);
    table[Opcodes.OP_NUMEQUALVERIFY] = CashNumberGroup::equalVerify;
    table[Opcodes.OP_WITHIN] = CashNumberGroup::within;
    table[Opcodes.OP_BIN2NUM] = CashNumberGroup::toNumber;
    table[Opcodes.OP_NUM2BIN] = CashNumberGroup::toBytes;
  }

  /** Bytes of the longest number. */
  private static int bytesMax(Machine machine) {
    if (machine.has(ScriptFlag.BIG_INTEGERS)) {
      return Machine.LONG_ITEM_BYTES_MAX;
    }
    return machine.has(ScriptFlag.INTEGERS_64_BIT)
        ? Machine.LONG_NUMBER_BYTES_MAX
        : Machine.NUMBER_BYTES_MAX;
  }

  private static ScriptError rangeError(Machine machine) {
    if (machine.has(ScriptFlag.BIG_INTEGERS)) {
      return ScriptError.INVALID_NUMBER_RANGE_BIG_INT;
    }
    return machine.has(ScriptFlag.INTEGERS_64_BIT)
        ? ScriptError.INVALID_NUMBER_RANGE_64_BIT
        : ScriptError.INVALID_NUMBER_RANGE;
  }

  private static BigInteger number(Machine machine, int depth) {
    byte[] item = machine.numberBytes(depth, bytesMax(machine));
    return item.length <= 8 ? BigInteger.valueOf(ScriptNumber.value(item)) : decode(item);
  }

  /** Arithmetic costs its result twice. */
  private static void pushResult(Machine machine, BigInteger value) {
    byte[] item = value.bitLength() < 64 ? ScriptNumber.encode(value.longValue()) : encode(value);
    // Results of four-byte numbers may have five, as on Bitcoin.
    boolean fits = item.length <= Math.max(bytesMax(machine), Machine.LONG_NUMBER_BYTES_MAX);
    require(fits, rangeError(machine));
    machine.push(item);
    machine.costs().pushed(item.length);
  }

  private static Operation unary(UnaryOperator<BigInteger> operator) {
    return machine -> {
      machine.need(1);
      BigInteger a = number(machine, 0);
      machine.stack().drop(1);
      pushResult(machine, operator.apply(a));
    };
  }

  private static Operation test(boolean zero) {
    return machine -> {
      machine.need(1);
      boolean isZero = number(machine, 0).signum() == 0;
      machine.stack().drop(1);
      machine.push(isZero == zero);
    };
  }

  private static Operation binary(BinaryOperator<BigInteger> operator) {
    return machine -> {
      machine.need(2);
      BigInteger a = number(machine, 1);
      BigInteger b = number(machine, 0);
      machine.stack().drop(2);
      pushResult(machine, operator.apply(a, b));
    };
  }

  /** What takes time by the product of the lengths. */
  private static Operation product(
      BinaryOperator<BigInteger> operator, @Nullable ScriptError byZero) {
    return machine -> {
      machine.need(2);
      long cost = (long) machine.stack().at(1).length * machine.stack().at(0).length;
      BigInteger a = number(machine, 1);
      BigInteger b = number(machine, 0);
      if (byZero != null) {
        require(b.signum() != 0, byZero);
      }
      machine.costs().pushed(cost);
      machine.stack().drop(2);
      pushResult(machine, operator.apply(a, b));
    };
  }

  private static boolean compared(Machine machine, BiPredicate<BigInteger, BigInteger> predicate) {
    machine.need(2);
    boolean result = predicate.test(number(machine, 1), number(machine, 0));
    machine.stack().drop(2);
    return result;
  }

  private static Operation compare(BiPredicate<BigInteger, BigInteger> predicate) {
    return machine -> machine.push(compared(machine, predicate));
  }

  private static void equalVerify(Machine machine) {
    machine.verify(compared(machine, BigInteger::equals), ScriptError.NUMEQUALVERIFY);
  }

  private static void within(Machine machine) {
    machine.need(3);
    BigInteger value = number(machine, 2);
    BigInteger from = number(machine, 1);
    BigInteger to = number(machine, 0);
    machine.stack().drop(3);
    machine.push(from.compareTo(value) <= 0 && value.compareTo(to) < 0);
  }

  private static void toNumber(Machine machine) {
    machine.need(1);
    byte[] item = shortened(machine.stack().pop());
    require(item.length <= bytesMax(machine), rangeError(machine));
    machine.push(item);
  }

  private static void toBytes(Machine machine) {
    machine.need(2);
    long size = machine.number(0);
    require(size >= 0 && size <= machine.itemBytesMax(), ScriptError.PUSH_SIZE);
    machine.stack().pop();
    byte[] number = shortened(machine.stack().pop());
    require(number.length <= size, ScriptError.IMPOSSIBLE_ENCODING);
    byte[] bytes = Arrays.copyOf(number, (int) size);
    int last = number.length - 1;
    if (last >= 0 && number.length < size) {
      // The sign moves to the last byte.
      bytes[last] = (byte) (number[last] & 0x7f);
      bytes[bytes.length - 1] = (byte) (number[last] & 0x80);
    }
    machine.push(bytes);
  }

  /** The shortest item of the same value. */
  private static byte[] shortened(byte[] item) {
    if (ScriptNumber.isMinimal(item)) {
      return item;
    }
    int last = item.length - 1;
    int sign = item[last] & 0x80;
    int top = last - 1;
    while (top >= 0 && item[top] == 0) {
      top--;
    }
    if (top < 0) {
      return new byte[0];
    }
    boolean roomForSign = item[top] >= 0;
    byte[] shorter = Arrays.copyOf(item, roomForSign ? top + 1 : top + 2);
    shorter[shorter.length - 1] = (byte) (roomForSign ? item[top] | sign : sign);
    return shorter;
  }

  static BigInteger decode(byte[] item) {
    byte[] magnitude = new byte[item.length];
    for (int i = 0; i < item.length; i++) {
      magnitude[i] = item[item.length - 1 - i];
    }
    boolean negative = magnitude[0] < 0;
    magnitude[0] &= 0x7f;
    BigInteger value = new BigInteger(1, magnitude);
    return negative ? value.negate() : value;
  }

  static byte[] encode(BigInteger value) {
    // The magnitude with room for the sign, which toByteArray leaves.
    byte[] magnitude = value.abs().toByteArray();
    byte[] item = new byte[magnitude.length];
    for (int i = 0; i < item.length; i++) {
      item[i] = magnitude[item.length - 1 - i];
    }
    if (value.signum() < 0) {
      item[item.length - 1] |= (byte) 0x80;
    }
    return item;
  }
}
