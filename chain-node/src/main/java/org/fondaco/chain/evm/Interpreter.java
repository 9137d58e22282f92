package org.fondaco.chain.evm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;
import org.fondaco.chain.word.Alu;
import org.fondaco.chain.word.Bits;
import org.jspecify.annotations.Nullable;

/**
 * Runs a frame until it ends or calls. What programs do most is done here on locals that the
 * compiler keeps in registers; the rest goes to the groups with the locals written back. Nothing
 * here allocates.
 */
final class Interpreter {
  /** Why a frame stopped running. */
  enum Exit {
    RETURN,
    REVERT,
    /** {@link Frame#calling} waits. */
    CALL
  }

  private static final int LOOKS_A_POLL = 1_000;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Operations rules;
  private final Operations operations;
  private final Alu alu = new Alu();
  private final Groups groups;

  private final @Nullable Tracer tracer;
  private final @Nullable BooleanSupplier cancelled;
  private int looksUntilPoll;

  Interpreter(Operations rules, Groups groups, Watch watch) {
    this.rules = rules;
    this.groups = groups;
    Tracer given = watch.tracer();
    tracer = given != null && given.wantsSteps() ? given : null;
    cancelled = watch.cancelled();
    operations = tracer == null && cancelled == null ? rules : rules.halting(tracer != null);
  }

  Exit run(Frame f) {
    byte[] code = f.code.padded();
    long[] checks = operations.checks;
    long[] s = f.stack;
    int sp = f.sp;
    int pc = f.pc;
    long gas = f.gas;
    while (true) {
      int operation = code[pc++] & 0xff;
      long check = checks[operation];
      gas -= check >>> 32;
      if (gas < 0) {
        throw Halt.OUT_OF_GAS;
      }
      if (sp < (check & 0xffff) || sp > (check >>> 16 & 0xffff)) {
        gas = look(f, operation, pc, sp, gas);
      }
      switch (operation) {
        case 0x00 -> {
          f.gas = gas;
          return Exit.RETURN;
        }
        case 0x01 -> Alu.add(s, sp - 4, sp - 8, sp -= 8);
        case 0x02 -> Alu.multiply(s, sp - 4, sp - 8, sp -= 8);
        case 0x03 -> Alu.subtract(s, sp - 4, sp - 8, sp -= 8);
        case 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0b -> sp = arithmetic(operation, s, sp);
        case 0x10 -> Alu.set(s, sp - 8, Alu.compare(s, sp - 4, sp -= 8) < 0);
        case 0x11 -> Alu.set(s, sp - 8, Alu.compare(s, sp - 4, sp -= 8) > 0);
        case 0x12 -> Alu.set(s, sp - 8, Alu.compareSigned(s, sp - 4, sp -= 8) < 0);
        case 0x13 -> Alu.set(s, sp - 8, Alu.compareSigned(s, sp - 4, sp -= 8) > 0);
        case 0x14 -> Alu.set(s, sp - 8, Alu.compare(s, sp - 4, sp -= 8) == 0);
        case 0x15 -> {
          Alu.set(s, sp - 4, Alu.isZero(s, sp - 4));
          continue;
        }
        case 0x16, 0x17, 0x18, 0x1a, 0x1b, 0x1c, 0x1d -> bitwise(operation, s, sp -= 8);
        case 0x19 -> {
          Alu.set(s, sp - 4, ~s[sp - 4], ~s[sp - 3], ~s[sp - 2], ~s[sp - 1]);
          continue;
        }
        case 0x50 -> {
          sp -= 4;
          continue;
        }
        case 0x51, 0x52 -> {
          f.gas = gas;
          sp = operation == 0x51 ? load(f, s, sp) : store(f, s, sp);
          gas = f.gas;
          continue;
        }
        case 0x56 -> {
          sp -= 4;
          pc = destination(f, s, sp);
          continue;
        }
        case 0x57 -> {
          sp -= 8;
          if (!Alu.isZero(s, sp)) {
            pc = destination(f, s, sp + 4);
          }
          continue;
        }
        case 0x5b -> {
          continue;
        }
        case 0x5f -> Alu.set(s, sp, 0, 0, 0, 0);
        case 0x60 -> Alu.set(s, sp, code[pc++] & 0xff, 0, 0, 0);
        case 0x61 -> {
          Alu.set(s, sp, (code[pc] & 0xff) << 8 | code[pc + 1] & 0xff, 0, 0, 0);
          pc += 2;
        }
        default -> {
          if (operation >= 0x62 && operation <= 0x7f) {
            pc = push(code, pc, operation - 0x5f, s, sp);
          } else if (operation >= 0x80 && operation <= 0x8f) {
            int from = sp - 4 * (operation - 0x7f);
            Alu.set(s, sp, s[from], s[from + 1], s[from + 2], s[from + 3]);
          } else if (operation >= 0x90 && operation <= 0x9f) {
            swap(s, sp - 4, sp - 4 * (operation - 0x8e));
            continue;
          } else {
            f.gas = gas;
            f.sp = sp;
            f.pc = pc;
            Exit exit = groups.run(operation, f);
            if (exit != null) {
              return exit;
            }
            gas = f.gas;
            sp = f.sp;
            continue;
          }
        }
      }
      sp += 4;
    }
  }

  private int arithmetic(int operation, long[] s, int sp) {
    int a = sp - 4;
    int b = sp - 8;
    switch (operation) {
      case 0x04 -> alu.divide(s, a, b, b);
      case 0x05 -> alu.signedDivide(s, a, b, b);
      case 0x06 -> alu.remainder(s, a, b, b);
      case 0x07 -> alu.signedRemainder(s, a, b, b);
      case 0x08 -> alu.addModulo(s, a, b, sp - 12, sp - 12);
      case 0x09 -> alu.multiplyModulo(s, a, b, sp - 12, sp - 12);
      default -> Bits.signExtend(s, a, b, b);
    }
    return operation == 0x08 || operation == 0x09 ? sp - 12 : sp - 8;
  }

  /**
   * An operation that may not run here, or one that something watches and whose gas is therefore
   * not yet paid.
   *
   * @param pc after the operation's byte
   * @return the gas left
   */
  private long look(Frame f, int operation, int pc, int sp, long gas) {
    f.pc = pc;
    f.sp = sp;
    f.gas = gas;
    if (cancelled != null && --looksUntilPoll < 0) {
      looksUntilPoll = LOOKS_A_POLL;
      if (cancelled.getAsBoolean()) {
        throw new CancelledException();
      }
    }
    if (tracer != null) {
      if (f.gasBefore >= 0) {
        tracer.executed(f.gasBefore - gas, null);
      }
      f.gasBefore = gas;
      tracer.step(new Look(f, operation));
    }
    int words = sp / 4;
    if (rules.least[operation] == Integer.MAX_VALUE) {
      throw Halt.undefined(operation);
    }
    if (sp < rules.least[operation]) {
      throw Halt.underflow(words, rules.least[operation] / 4);
    }
    if (sp > rules.most[operation]) {
      throw Halt.overflow(words, rules.most[operation] / 4);
    }
    f.charge(rules.gas[operation]);
    return f.gas;
  }

  /** On the two words at {@code r}: the upper one is the stack's top. */
  private static void bitwise(int operation, long[] s, int r) {
    int a = r + 4;
    switch (operation) {
      case 0x16 ->
          Alu.set(s, r, s[a] & s[r], s[a + 1] & s[r + 1], s[a + 2] & s[r + 2], s[a + 3] & s[r + 3]);
      case 0x17 ->
          Alu.set(s, r, s[a] | s[r], s[a + 1] | s[r + 1], s[a + 2] | s[r + 2], s[a + 3] | s[r + 3]);
      case 0x18 ->
          Alu.set(s, r, s[a] ^ s[r], s[a + 1] ^ s[r + 1], s[a + 2] ^ s[r + 2], s[a + 3] ^ s[r + 3]);
      case 0x1a -> Bits.byteAt(s, a, r, r);
      case 0x1b -> Bits.shiftLeft(s, a, r, r);
      case 0x1c -> Bits.shiftRight(s, a, r, r);
      default -> Bits.shiftRightSigned(s, a, r, r);
    }
  }

  private static int load(Frame f, long[] s, int sp) {
    int at = f.touch(f.number(sp - 4), 32);
    byte[] memory = f.memory;
    Alu.set(
        s,
        sp - 4,
        (long) LONG.get(memory, at + 24),
        (long) LONG.get(memory, at + 16),
        (long) LONG.get(memory, at + 8),
        (long) LONG.get(memory, at));
    return sp;
  }

  private static int store(Frame f, long[] s, int sp) {
    int at = f.touch(f.number(sp - 4), 32);
    byte[] memory = f.memory;
    LONG.set(memory, at, s[sp - 5]);
    LONG.set(memory, at + 8, s[sp - 6]);
    LONG.set(memory, at + 16, s[sp - 7]);
    LONG.set(memory, at + 24, s[sp - 8]);
    return sp - 8;
  }

  private static int destination(Frame f, long[] s, int at) {
    if (!Alu.fitsLong(s, at)
        || s[at] < 0
        || s[at] > Integer.MAX_VALUE
        || !f.code.isDestination((int) s[at])) {
      throw Halt.BAD_JUMP;
    }
    return (int) s[at];
  }

  /** Pushes the bytes at {@code pc}; those past the code's end are its padding, which is zero. */
  private static int push(byte[] code, int pc, int length, long[] s, int sp) {
    int end = pc + length;
    // Code shorter than 32 bytes has fewer than 32 before the end; the padding does not help at the
    // front.
    if (end < 32) {
      Alu.set(s, sp, 0, 0, 0, 0);
      for (int i = 0; i < length; i++) {
        s[sp + (i >> 3)] |= (code[end - 1 - i] & 0xffL) << 8 * (i & 7);
      }
      return end;
    }
    int limbs = length >> 3;
    for (int i = 0; i < 4; i++) {
      long limb = i <= limbs ? (long) LONG.get(code, end - 8 * i - 8) : 0;
      s[sp + i] = i == limbs ? keep(limb, length & 7) : limb;
    }
    return end;
  }

  private static long keep(long limb, int bytes) {
    return bytes == 0 ? 0 : limb & -1L >>> 64 - 8 * bytes;
  }

  private static void swap(long[] s, int a, int b) {
    for (int i = 0; i < 4; i++) {
      long limb = s[a + i];
      s[a + i] = s[b + i];
      s[b + i] = limb;
    }
  }
}
