package org.fondaco.chain.evm;

import java.util.Arrays;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Alu;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * One activation of code: stack, memory and gas. Frames are kept a depth and used again, so a call
 * allocates neither stack nor memory. The stack's words are four limbs each; {@code sp} is the limb
 * after the top.
 */
final class Frame {
  static final int STACK_WORDS_MAX = 1_024;
  private static final int MEMORY_BYTES_FIRST = 4_096;

  /**
   * A larger memory is given back, or a thousand frames would each keep the largest they ever had.
   */
  private static final int MEMORY_BYTES_KEPT = 1 << 18;

  final long[] stack = new long[4 * STACK_WORDS_MAX];
  int sp;
  int pc;
  long gas;

  byte[] memory = new byte[MEMORY_BYTES_FIRST];

  /** How much of {@link #memory} the program has touched: a multiple of 32. */
  int memoryBytes;

  /** Of calls within calls, from 0. */
  final int depth;

  @Nullable Message message;
  Code code = Code.EMPTY;
  Address self = Address.ZERO;
  Address caller = Address.ZERO;
  U256 value = U256.ZERO;
  byte[] input = Result.NOTHING;
  boolean readOnly;
  boolean creation;
  int snapshot;

  /** RETURNDATA: what the last call left. */
  byte[] returned = Result.NOTHING;

  /** What RETURN or REVERT gave. */
  byte[] output = Result.NOTHING;

  /** The call that waits for its result, and where in memory that goes. */
  @Nullable Message calling;

  int outputOffset;
  int outputLength;

  /** The gas before the operation that a tracer was told of last; negative if there is none. */
  long gasBefore;

  Frame(int depth) {
    this.depth = depth;
  }

  void begin(Message begun, Code program, int stateSnapshot) {
    if (memory.length > MEMORY_BYTES_KEPT) {
      memory = new byte[MEMORY_BYTES_FIRST];
    } else {
      Arrays.fill(memory, 0, memoryBytes, (byte) 0);
    }
    memoryBytes = 0;
    message = begun;
    sp = 0;
    pc = 0;
    gas = begun.gas();
    code = program;
    self = begun.self();
    caller = begun.caller();
    value = begun.value();
    creation = begun.kind().creates();
    input = creation ? Result.NOTHING : begun.input();
    readOnly = begun.readOnly();
    snapshot = stateSnapshot;
    returned = Result.NOTHING;
    output = Result.NOTHING;
    calling = null;
    gasBefore = -1;
  }

  void charge(long amount) {
    gas -= amount;
    if (gas < 0) {
      throw Halt.OUT_OF_GAS;
    }
  }

  /**
   * Charges for every word of 32 bytes; more bytes than an array holds cost more gas than there is.
   */
  void chargeWords(long bytes, long each) {
    charge((bytes + 31 >>> 5) * each);
  }

  /** The number at a place of the stack, or {@code Long.MAX_VALUE} where it is greater. */
  long number(int at) {
    return Alu.fitsLong(stack, at) && stack[at] >= 0 ? stack[at] : Long.MAX_VALUE;
  }

  U256 word(int at) {
    return U256.ofLimbs(stack, at);
  }

  Address address(int at) {
    return Address.ofLimbs(stack[at], stack[at + 1], stack[at + 2]);
  }

  void push(U256 word) {
    word.copyTo(stack, sp);
    sp += 4;
  }

  void push(long number) {
    Alu.set(stack, sp, number, 0, 0, 0);
    sp += 4;
  }

  /**
   * Charges for memory up to the end of a range and makes it there.
   *
   * @return where the range begins; 0 if it is empty, wherever it claims to begin
   */
  int touch(int offsetAt, int lengthAt) {
    long length = number(lengthAt);
    return length == 0 ? 0 : touch(number(offsetAt), length);
  }

  int touch(long offset, long length) {
    if (offset > Integer.MAX_VALUE - 64 || length > Integer.MAX_VALUE - 64) {
      throw Halt.OUT_OF_GAS;
    }
    long end = offset + length;
    if (end > memoryBytes) {
      expand(end);
    }
    return (int) offset;
  }

  private void expand(long end) {
    long words = end + 31 >>> 5;
    if (words << 5 > Integer.MAX_VALUE - 64) {
      throw Halt.OUT_OF_GAS;
    }
    charge(memoryCost(words) - memoryCost(memoryBytes >>> 5));
    int bytes = (int) (words << 5);
    if (bytes > memory.length) {
      memory =
          Arrays.copyOf(
              memory, (int) Math.min(Integer.MAX_VALUE - 64, Math.max(bytes, 2L * memory.length)));
    }
    memoryBytes = bytes;
  }

  /** C_mem of the yellow paper. */
  private static long memoryCost(long words) {
    return Rules.MEMORY_WORD * words + words * words / 512;
  }

  /** Copies out of {@code source} into memory, zeros beyond its end. */
  void copyToMemory(byte[] source, int sourceLength, long sourceOffset, int offset, int length) {
    int available = (int) Math.max(0, Math.min(length, sourceLength - sourceOffset));
    if (available > 0) {
      System.arraycopy(source, (int) sourceOffset, memory, offset, available);
    }
    if (length > available) {
      Arrays.fill(memory, offset + available, offset + length, (byte) 0);
    }
  }

  byte[] memory(int offset, int length) {
    return length == 0 ? Result.NOTHING : Arrays.copyOfRange(memory, offset, offset + length);
  }
}
