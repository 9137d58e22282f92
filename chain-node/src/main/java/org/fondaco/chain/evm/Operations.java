package org.fondaco.chain.evm;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;

/**
 * What the interpreter checks before each operation, by its byte: the gas that is the same every
 * time, and between which heights the stack must be. An operation that the fork lacks needs a stack
 * that cannot be.
 */
final class Operations {
  private static final Map<Fork, Operations> TABLE = new EnumMap<>(Fork.class);
  private static final int JUMPDEST = 0x5b;

  final int[] gas = new int[256];

  /** Least and most limbs on the stack. */
  final int[] least = new int[256];

  final int[] most = new int[256];

  /** The three in one word, which is all that the interpreter's loop reads of an operation. */
  final long[] checks = new long[256];

  private final Operations everyStep;
  private final Operations everyLoop;

  static {
    for (Fork fork : Fork.values()) {
      TABLE.put(fork, new Operations(Rules.of(fork)));
    }
  }

  static Operations of(Fork fork) {
    return Objects.requireNonNull(TABLE.get(fork));
  }

  /**
   * A table that lets no operation pass, or no JUMPDEST, which every loop must: the interpreter
   * then looks closer. So a run that nothing watches has no check for it.
   */
  Operations halting(boolean everywhere) {
    return everywhere ? everyStep : everyLoop;
  }

  private Operations(Operations other, int from, int to) {
    System.arraycopy(other.gas, 0, gas, 0, gas.length);
    System.arraycopy(other.least, 0, least, 0, least.length);
    System.arraycopy(other.most, 0, most, 0, most.length);
    Arrays.fill(gas, from, to, 0);
    Arrays.fill(least, from, to, Integer.MAX_VALUE);
    pack();
    everyStep = this;
    everyLoop = this;
  }

  private Operations(Rules rules) {
    Arrays.fill(least, Integer.MAX_VALUE);
    frontier(rules);
    for (int i = 0; i < 32; i++) {
      define(0x60 + i, 3, 0, 1);
    }
    for (int i = 1; i <= 16; i++) {
      define(0x7f + i, 3, i, i + 1);
      define(0x8f + i, 3, i + 1, i + 1);
    }
    for (int topics = 0; topics <= 4; topics++) {
      define(0xa0 + topics, (int) Rules.LOG_TOPIC * (topics + 1), topics + 2, 0);
    }
    later(rules);
    pack();
    everyStep = new Operations(this, 0, 256);
    everyLoop = new Operations(this, JUMPDEST, JUMPDEST + 1);
  }

  /** Gas in the upper half, then 16 bits each for the most and the least limbs. */
  private void pack() {
    for (int i = 0; i < 256; i++) {
      checks[i] = (long) gas[i] << 32 | (long) most[i] << 16 | Math.min(least[i], 0xffff);
    }
  }

  private void frontier(Rules rules) {
    define(0x00, 0, 0, 0); // STOP
    define(0x01, 3, 2, 1); // ADD
    define(0x02, 5, 2, 1); // MUL
    define(0x03, 3, 2, 1); // SUB
    for (int operation = 0x04; operation <= 0x07; operation++) {
      define(operation, 5, 2, 1); // DIV, SDIV, MOD, SMOD
    }
    define(0x08, 8, 3, 1); // ADDMOD
    define(0x09, 8, 3, 1); // MULMOD
    define(0x0a, 10, 2, 1); // EXP
    define(0x0b, 5, 2, 1); // SIGNEXTEND
    for (int operation = 0x10; operation <= 0x1a; operation++) {
      define(operation, 3, operation == 0x15 || operation == 0x19 ? 1 : 2, 1); // LT to BYTE
    }
    define(0x20, 30, 2, 1); // KECCAK256
    define(0x30, 2, 0, 1); // ADDRESS
    define(0x31, (int) rules.balance(), 1, 1); // BALANCE
    define(0x32, 2, 0, 1); // ORIGIN
    define(0x33, 2, 0, 1); // CALLER
    define(0x34, 2, 0, 1); // CALLVALUE
    define(0x35, 3, 1, 1); // CALLDATALOAD
    define(0x36, 2, 0, 1); // CALLDATASIZE
    define(0x37, 3, 3, 0); // CALLDATACOPY
    define(0x38, 2, 0, 1); // CODESIZE
    define(0x39, 3, 3, 0); // CODECOPY
    define(0x3a, 2, 0, 1); // GASPRICE
    define(0x3b, (int) rules.externalCode(), 1, 1); // EXTCODESIZE
    define(0x3c, (int) rules.externalCode(), 4, 0); // EXTCODECOPY
    define(0x40, 20, 1, 1); // BLOCKHASH
    for (int operation = 0x41; operation <= 0x45; operation++) {
      define(operation, 2, 0, 1); // COINBASE to GASLIMIT
    }
    define(0x50, 2, 1, 0); // POP
    define(0x51, 3, 1, 1); // MLOAD
    define(0x52, 3, 2, 0); // MSTORE
    define(0x53, 3, 2, 0); // MSTORE8
    define(0x54, (int) rules.storageLoad(), 1, 1); // SLOAD
    define(0x55, 0, 2, 0); // SSTORE
    define(0x56, 8, 1, 0); // JUMP
    define(0x57, 10, 2, 0); // JUMPI
    define(0x58, 2, 0, 1); // PC
    define(0x59, 2, 0, 1); // MSIZE
    define(0x5a, 2, 0, 1); // GAS
    define(0x5b, 1, 0, 0); // JUMPDEST
    define(0xf0, 32_000, 3, 1); // CREATE
    define(0xf1, (int) rules.call(), 7, 1); // CALL
    define(0xf2, (int) rules.call(), 7, 1); // CALLCODE
    define(0xf3, 0, 2, 0); // RETURN
    define(0xfe, 0, 0, 0); // INVALID
    define(0xff, (int) rules.selfDestruct(), 1, 0); // SELFDESTRUCT
  }

  private void later(Rules rules) {
    if (rules.atLeast(Fork.HOMESTEAD)) {
      define(0xf4, (int) rules.call(), 6, 1); // DELEGATECALL, EIP-7
    }
    if (rules.atLeast(Fork.BYZANTIUM)) {
      define(0x3d, 2, 0, 1); // RETURNDATASIZE, EIP-211
      define(0x3e, 3, 3, 0); // RETURNDATACOPY, EIP-211
      define(0xfa, (int) rules.call(), 6, 1); // STATICCALL, EIP-214
      define(0xfd, 0, 2, 0); // REVERT, EIP-140
    }
    if (rules.atLeast(Fork.CONSTANTINOPLE)) {
      define(0x1b, 3, 2, 1); // SHL, EIP-145
      define(0x1c, 3, 2, 1); // SHR, EIP-145
      define(0x1d, 3, 2, 1); // SAR, EIP-145
      define(0x3f, (int) rules.externalCodeHash(), 1, 1); // EXTCODEHASH, EIP-1052
      define(0xf5, 32_000, 4, 1); // CREATE2, EIP-1014
    }
    if (rules.atLeast(Fork.ISTANBUL)) {
      define(0x46, 2, 0, 1); // CHAINID, EIP-1344
      define(0x47, 5, 0, 1); // SELFBALANCE, EIP-1884
    }
    if (rules.atLeast(Fork.LONDON)) {
      define(0x48, 2, 0, 1); // BASEFEE, EIP-3198
    }
    if (rules.atLeast(Fork.SHANGHAI)) {
      define(0x5f, 2, 0, 1); // PUSH0, EIP-3855
    }
    if (rules.atLeast(Fork.CANCUN)) {
      define(0x49, 3, 1, 1); // BLOBHASH, EIP-4844
      define(0x4a, 2, 0, 1); // BLOBBASEFEE, EIP-7516
      define(0x5c, 100, 1, 1); // TLOAD, EIP-1153
      define(0x5d, 100, 2, 0); // TSTORE, EIP-1153
      define(0x5e, 3, 3, 0); // MCOPY, EIP-5656
    }
  }

  private void define(int operation, int cost, int taken, int given) {
    gas[operation] = cost;
    least[operation] = 4 * taken;
    most[operation] = 4 * (Frame.STACK_WORDS_MAX + taken - given);
  }
}
