package org.fondaco.chain.evm;

/**
 * An exceptional halt of section 9.4.2: the frame loses its gas and its changes. Has no stack trace
 * and is no accident.
 */
public final class Halt extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final Halt OUT_OF_GAS = new Halt("out of gas");
  static final Halt STACK = new Halt("stack underflow or overflow, or no such operation");
  static final Halt BAD_JUMP = new Halt("jump to no destination");
  static final Halt INVALID = new Halt("invalid operation");
  static final Halt READ_ONLY = new Halt("change within a static call");
  static final Halt RETURN_DATA = new Halt("read past the end of the return data");
  static final Halt COLLISION = new Halt("a contract is there already");
  static final Halt CODE_SIZE = new Halt("code longer than allowed");
  static final Halt CODE_PREFIX = new Halt("code begins with 0xEF");
  static final Halt PRECOMPILE = new Halt("precompiled contract refuses its input");

  private Halt(String message) {
    super(message, null, false, false);
  }
}
