package org.fondaco.chain.evm;

import org.fondaco.chain.state.Log;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * Watches the machine. Called on the machine's thread; what it is given is valid during the call
 * only and must not be changed. An operation that calls is told as {@code step}, {@code executed},
 * {@code enter}, whatever the callee does, {@code exit}.
 */
public interface Tracer {
  /**
   * Whether {@link #step} and {@link #executed} are to be called; asked once, when the machine is
   * made. A run without them is as fast as one without a tracer.
   */
  default boolean wantsSteps() {
    return true;
  }

  /** A call or creation begins; also one of a precompile and one that fails at once. */
  default void enter(Message message, int depth) {}

  /** The call or creation that began last and has not ended ends. */
  default void exit(Result result, int depth) {}

  /** An operation is about to run, or to fail; its gas is not yet paid. */
  default void step(Step step) {}

  /**
   * The operation of the last step is paid, and done but for a call that it makes.
   *
   * @param gas what it cost, with the gas handed to a callee; where it failed for lack of gas, what
   *     it asked for until then
   * @param halt why it failed, or null
   */
  default void executed(long gas, @Nullable Halt halt) {}

  /** A LOG operation left this; a later revert takes it back without a word. */
  default void log(Log log, int depth) {}

  /** A SELFDESTRUCT sends {@code balance} on; it is the last operation of its frame. */
  default void selfDestruct(Address contract, Address heir, U256 balance, int depth) {}

  /** What can be seen before an operation. */
  interface Step {
    int position();

    /** The byte of the code. */
    int operation();

    long gas();

    /** Starting at 0. */
    int depth();

    Message message();

    int stackSize();

    /** From the top, 0. */
    U256 stack(int fromTop);

    /** In bytes, a multiple of 32. */
    int memorySize();

    /** A copy. */
    byte[] memory();

    /** A copy: what the last call returned. */
    byte[] returnData();
  }
}
