package org.fondaco.chain.evm;

import java.util.Locale;

/**
 * An exceptional halt of section 9.4.2: the frame loses its gas and its changes. Has no stack trace
 * and is no accident. The messages are geth's, because tools compare them.
 */
public final class Halt extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final Halt OUT_OF_GAS = new Halt("out of gas");
  static final Halt DEPOSIT = new Halt("contract creation code storage out of gas");
  static final Halt BAD_JUMP = new Halt("invalid jump destination");
  static final Halt INVALID = new Halt("invalid opcode: INVALID");
  static final Halt READ_ONLY = new Halt("write protection");
  static final Halt RETURN_DATA = new Halt("return data out of bounds");
  static final Halt INIT_CODE_SIZE = new Halt("max initcode size exceeded");
  static final Halt COLLISION = new Halt("contract address collision");
  static final Halt CODE_SIZE = new Halt("max code size exceeded");
  static final Halt CODE_PREFIX = new Halt("invalid code: must not begin with 0xef");
  static final Halt PRECOMPILE = new Halt("precompiled contract refuses its input");

  // --- the call did not begin, and its gas comes back ---

  static final Halt DEPTH = new Halt("max call depth exceeded");
  static final Halt BALANCE = new Halt("insufficient balance for transfer");
  static final Halt NONCE = new Halt("nonce uint64 overflow");

  private Halt(String message) {
    super(message, null, false, false);
  }

  static Halt underflow(int words, int wanted) {
    return new Halt("stack underflow (" + words + " <=> " + wanted + ")");
  }

  static Halt overflow(int words, int most) {
    return new Halt("stack limit reached " + words + " (" + most + ")");
  }

  static Halt undefined(int operation) {
    return new Halt(
        String.format(Locale.ROOT, "invalid opcode: opcode 0x%x not defined", operation));
  }
}
