package org.fondaco.chain.utxo.script;

import org.jspecify.annotations.Nullable;

/** Whose operations a script is written in: a table of them by opcode. */
enum Dialect {
  BITCOIN {
    @Override
    void install(@Nullable Operation[] operations) {
      NumberGroup.install(operations);
      SignatureGroup.install(operations);
    }

    @Override
    boolean isDisabled(int opcode, ScriptFlags flags) {
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

    @Override
    ScriptError conditionMissing() {
      return ScriptError.INVALID_STACK_OPERATION;
    }

    @Override
    ScriptError numberError() {
      return ScriptError.SCRIPTNUM;
    }
  },
  BITCOIN_CASH {
    @Override
    void install(@Nullable Operation[] operations) {
      CashNumberGroup.install(operations);
      CashSignatureGroup.install(operations);
      SpliceGroup.install(operations);
      IntrospectionGroup.install(operations);
    }

    @Override
    boolean isDisabled(int opcode, ScriptFlags flags) {
      return switch (opcode) {
        case Opcodes.OP_INVERT,
            Opcodes.OP_2MUL,
            Opcodes.OP_2DIV,
            Opcodes.OP_LSHIFT,
            Opcodes.OP_RSHIFT ->
            true;
        case Opcodes.OP_MUL -> !flags.has(ScriptFlag.INTEGERS_64_BIT);
        default -> false;
      };
    }

    @Override
    ScriptError conditionMissing() {
      return ScriptError.UNBALANCED_CONDITIONAL;
    }

    @Override
    ScriptError numberError() {
      return ScriptError.UNKNOWN_ERROR;
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
  abstract void install(@Nullable Operation[] operations);

  /** Whether the opcode ends a script even where it is not run. */
  abstract boolean isDisabled(int opcode, ScriptFlags flags);

  /** How OP_IF on an empty stack ends, which their nodes name differently. */
  abstract ScriptError conditionMissing();

  /** How a number ends that is too long or longer than it has to be. */
  abstract ScriptError numberError();

  /** Null where the opcode has no meaning, which matters only if it is run. */
  @Nullable Operation at(int opcode) {
    return table[opcode];
  }
}
