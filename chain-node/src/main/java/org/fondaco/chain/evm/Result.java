package org.fondaco.chain.evm;

import org.jspecify.annotations.Nullable;

/**
 * How a call or creation ended.
 *
 * @param gasLeft of the message's gas
 * @param output what was returned, of a creation its code, or the reason of a revert
 * @param halt why it failed, or did not begin; null on success and on a revert
 */
@SuppressWarnings("ArrayRecordComponent") // the machine's own copy, handed on
public record Result(boolean success, long gasLeft, byte[] output, @Nullable Halt halt) {
  static final byte[] NOTHING = new byte[0];

  static Result success(long gasLeft, byte[] output) {
    return new Result(true, gasLeft, output, null);
  }

  static Result reverted(long gasLeft, byte[] output) {
    return new Result(false, gasLeft, output, null);
  }

  static Result halted(Halt halt) {
    return new Result(false, 0, NOTHING, halt);
  }

  /** The call did not begin and costs its gas back. */
  static Result refused(long gas, Halt halt) {
    return new Result(false, gas, NOTHING, halt);
  }
}
