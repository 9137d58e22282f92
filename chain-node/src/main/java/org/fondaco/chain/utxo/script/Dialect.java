package org.fondaco.chain.utxo.script;

import org.jspecify.annotations.Nullable;

/** Whose operations a script is written in: a table of them by opcode. */
enum Dialect {
  BITCOIN {
    @Override
    void install(@Nullable Operation[] table) {
      NumberGroup.install(table);
      SignatureGroup.install(table);
    }

    @Override
    ScriptError conditionMissing() {
      return ScriptError.INVALID_STACK_OPERATION;
    }
  };

  private static final int OPCODES = 256;

  private final @Nullable Operation[] table = new @Nullable Operation[OPCODES];

  Dialect() {
    FlowGroup.install(table);
    StackGroup.install(table);
    HashGroup.install(table);
    install(table);
  }

  /** Adds what the dialects do not share. */
  abstract void install(@Nullable Operation[] table);

  /** How OP_IF on an empty stack ends, which their nodes name differently. */
  abstract ScriptError conditionMissing();

  /** Null where the opcode has no meaning, which matters only if it is run. */
  @Nullable Operation at(int opcode) {
    return table[opcode];
  }

  /** Opcodes that end a script even where they are not run (CVE-2010-5137 and its kin). */
  boolean isDisabled(int opcode) {
    return switch (opcode) {
      case Opcodes.OP_CAT,
          Opcodes.OP_SUBSTR,
          Opcodes.OP_LEFT,
          Opcodes.OP_RIGHT,
          Opcodes.OP_INVERT,
          Opcodes.OP_AND,
          Opcodes.OP_OR,
          Opcodes.OP_XOR,
          Opcodes.OP_2MUL,
          Opcodes.OP_2DIV,
          Opcodes.OP_MUL,
          Opcodes.OP_DIV,
          Opcodes.OP_MOD,
          Opcodes.OP_LSHIFT,
          Opcodes.OP_RSHIFT ->
          true;
      default -> false;
    };
  }
}
