package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import org.jspecify.annotations.Nullable;

/** Constants, branches, ends and lock times. */
final class FlowGroup {
  /** BIP-65 and BIP-112: beyond the year 2038. */
  private static final int LOCK_TIME_BYTES_MAX = 5;

  private FlowGroup() {}

  static void install(@Nullable Operation[] table) {
    for (int opcode = Opcodes.OP_1NEGATE; opcode <= Opcodes.OP_16; opcode++) {
      if (opcode != Opcodes.OP_RESERVED) {
        int number = Opcodes.smallNumber(opcode);
        table[opcode] = machine -> machine.push(number);
      }
    }
    table[Opcodes.OP_NOP] = _ -> {};
    table[Opcodes.OP_NOP1] = FlowGroup::upgradable;
    for (int opcode = Opcodes.OP_NOP4; opcode <= Opcodes.OP_NOP10; opcode++) {
      table[opcode] = FlowGroup::upgradable;
    }
    table[Opcodes.OP_IF] = machine -> branch(machine, true);
    table[Opcodes.OP_NOTIF] = machine -> branch(machine, false);
    table[Opcodes.OP_ELSE] =
        machine -> {
          requireOpen(machine);
          machine.conditions().toggle();
        };
    table[Opcodes.OP_ENDIF] =
        machine -> {
          requireOpen(machine);
          machine.conditions().close();
        };
    table[Opcodes.OP_VERIFY] =
        machine -> {
          machine.need(1);
          require(ScriptNumber.isTrue(machine.stack().top()), ScriptError.VERIFY);
          machine.stack().pop();
        };
    table[Opcodes.OP_RETURN] =
        _ -> {
          throw new ScriptException(ScriptError.OP_RETURN);
        };
    table[Opcodes.OP_CHECKLOCKTIMEVERIFY] = FlowGroup::checkLockTime;
    table[Opcodes.OP_CHECKSEQUENCEVERIFY] = FlowGroup::checkSequence;
  }

  private static void upgradable(Machine machine) {
    require(
        !machine.has(ScriptFlag.DISCOURAGE_UPGRADABLE_NOPS),
        ScriptError.DISCOURAGE_UPGRADABLE_NOPS);
  }

  private static void requireOpen(Machine machine) {
    require(!machine.conditions().isEmpty(), ScriptError.UNBALANCED_CONDITIONAL);
  }

  private static void branch(Machine machine, boolean onTrue) {
    boolean taken = false;
    if (machine.conditions().allTrue()) {
      require(!machine.stack().isEmpty(), machine.dialect().conditionMissing());
      byte[] condition = machine.stack().top();
      machine.checkMinimalCondition(condition);
      taken = ScriptNumber.isTrue(condition) == onTrue;
      machine.stack().pop();
    }
    machine.openCondition(taken);
  }

  private static void checkLockTime(Machine machine) {
    if (isActive(machine, ScriptFlag.CHECKLOCKTIMEVERIFY)) {
      long asked = lock(machine);
      require(machine.checker().lockTime(asked), ScriptError.UNSATISFIED_LOCKTIME);
    }
  }

  private static void checkSequence(Machine machine) {
    if (isActive(machine, ScriptFlag.CHECKSEQUENCEVERIFY)) {
      long asked = lock(machine);
      require(
          SignatureChecker.isSequenceDisabled(asked) || machine.checker().sequence(asked),
          ScriptError.UNSATISFIED_LOCKTIME);
    }
  }

  /** Before its upgrade an operation does nothing, which Bitcoin Cash's nodes still discourage. */
  private static boolean isActive(Machine machine, ScriptFlag flag) {
    boolean active = machine.has(flag);
    if (!active && machine.dialect() == Dialect.BITCOIN_CASH) {
      upgradable(machine);
    }
    return active;
  }

  private static long lock(Machine machine) {
    machine.need(1);
    long asked = machine.number(0, LOCK_TIME_BYTES_MAX);
    require(asked >= 0, ScriptError.NEGATIVE_LOCKTIME);
    return asked;
  }
}
