package org.fondaco.chain.trace;

import org.jspecify.annotations.Nullable;

/** What geth calls the operations, by their byte. */
final class OperationNames {
  private static final @Nullable String[] NAMES = new String[256];

  static {
    range(0x00, "STOP ADD MUL SUB DIV SDIV MOD SMOD ADDMOD MULMOD EXP SIGNEXTEND");
    range(0x10, "LT GT SLT SGT EQ ISZERO AND OR XOR NOT BYTE SHL SHR SAR");
    range(0x20, "KECCAK256");
    range(0x30, "ADDRESS BALANCE ORIGIN CALLER CALLVALUE CALLDATALOAD CALLDATASIZE CALLDATACOPY");
    range(0x38, "CODESIZE CODECOPY GASPRICE EXTCODESIZE EXTCODECOPY RETURNDATASIZE RETURNDATACOPY");
    range(0x3f, "EXTCODEHASH BLOCKHASH COINBASE TIMESTAMP NUMBER DIFFICULTY GASLIMIT CHAINID");
    range(0x47, "SELFBALANCE BASEFEE BLOBHASH BLOBBASEFEE");
    range(0x50, "POP MLOAD MSTORE MSTORE8 SLOAD SSTORE JUMP JUMPI PC MSIZE GAS JUMPDEST TLOAD");
    range(0x5d, "TSTORE MCOPY");
    for (int i = 0; i <= 32; i++) {
      NAMES[0x5f + i] = "PUSH" + i;
    }
    for (int i = 1; i <= 16; i++) {
      NAMES[0x7f + i] = "DUP" + i;
      NAMES[0x8f + i] = "SWAP" + i;
    }
    for (int i = 0; i <= 4; i++) {
      NAMES[0xa0 + i] = "LOG" + i;
    }
    range(0xf0, "CREATE CALL CALLCODE RETURN DELEGATECALL CREATE2");
    range(0xfa, "STATICCALL");
    range(0xfd, "REVERT INVALID SELFDESTRUCT");
  }

  private OperationNames() {}

  private static void range(int from, String names) {
    int at = from;
    for (String name : names.split(" ")) {
      NAMES[at++] = name;
    }
  }

  static String of(int operation) {
    String name = NAMES[operation];
    return name == null ? "opcode 0x" + Integer.toHexString(operation) + " not defined" : name;
  }
}
