package org.fondaco.chain.evm;

/**
 * Watches the machine. Called on the machine's thread; what it is given is valid during the call
 * only and must not be changed.
 */
public interface Tracer {
  /** A call or creation begins; also one of a precompile and one that fails at once. */
  void enter(Message message, int depth);

  /** The call or creation that began last and has not ended ends. */
  void exit(Result result, int depth);

  /** An operation is about to run; its gas is not yet paid. */
  void step(Step step);

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
    org.fondaco.chain.word.U256 stack(int fromTop);

    /** A copy. */
    byte[] memory();

    /** A copy: what the last call returned. */
    byte[] returnData();
  }
}
