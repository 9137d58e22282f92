package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs one script on a stack: Bitcoin Core's EvalScript. */
final class Machine {
  static final int SCRIPT_BYTES_MAX = 10_000;
  static final int ITEM_BYTES_MAX = 520;
  static final int OPERATIONS_MAX = 201;
  static final int ITEMS_MAX = 1000;
  static final int KEYS_MAX = 20;
  static final int NUMBER_BYTES_MAX = 4;

  /** What a script may reach beside its stack. */
  record Environment(
      Dialect dialect,
      ScriptFlags flags,
      SignatureVersion version,
      SignatureChecker checker,
      @Nullable TapscriptBudget tapscript,
      CostMeter costs) {}

  private final Environment environment;
  private final byte[] script;
  private final ScriptReader reader;
  private final ItemStack stack;
  private final ItemStack alternative = new ItemStack();
  private final Conditions conditions = new Conditions();
  private int operations;
  private int operationIndex = -1;
  private int codeFrom;

  Machine(Environment environment, byte[] script, ItemStack stack) {
    this.environment = environment;
    this.script = script;
    this.reader = new ScriptReader(script);
    this.stack = stack;
  }

  /** Runs the script to its end. */
  void run() {
    boolean limited = version() != SignatureVersion.TAPSCRIPT;
    require(!limited || script.length <= SCRIPT_BYTES_MAX, ScriptError.SCRIPT_SIZE);
    while (!reader.atEnd()) {
      step(limited);
    }
    require(conditions.isEmpty(), ScriptError.UNBALANCED_CONDITIONAL);
  }

  private void step(boolean limited) {
    require(reader.next(), ScriptError.BAD_OPCODE);
    operationIndex++;
    int opcode = reader.opcode();
    require(reader.dataLength() <= ITEM_BYTES_MAX, ScriptError.PUSH_SIZE);
    if (limited && opcode > Opcodes.OP_16) {
      countOperations(1);
    }
    require(!environment.dialect.isDisabled(opcode), ScriptError.DISABLED_OPCODE);
    require(
        opcode != Opcodes.OP_CODESEPARATOR
            || version() != SignatureVersion.BASE
            || !has(ScriptFlag.CONST_SCRIPTCODE),
        ScriptError.OP_CODESEPARATOR);
    boolean executing = conditions.allTrue();
    if (opcode <= Opcodes.OP_PUSHDATA4) {
      if (executing) {
        require(!has(ScriptFlag.MINIMALDATA) || reader.isMinimalPush(), ScriptError.MINIMALDATA);
        stack.push(reader.data());
      }
    } else if (executing || opcode >= Opcodes.OP_IF && opcode <= Opcodes.OP_ENDIF) {
      Operation operation = environment.dialect.at(opcode);
      if (operation == null) {
        throw new ScriptException(ScriptError.BAD_OPCODE);
      }
      operation.run(this);
    }
    require(stack.size() + alternative.size() <= ITEMS_MAX, ScriptError.STACK_SIZE);
  }

  void countOperations(int count) {
    operations += count;
    require(operations <= OPERATIONS_MAX, ScriptError.OP_COUNT);
  }

  boolean has(ScriptFlag flag) {
    return environment.flags.has(flag);
  }

  Dialect dialect() {
    return environment.dialect;
  }

  ScriptFlags flags() {
    return environment.flags;
  }

  SignatureVersion version() {
    return environment.version;
  }

  SignatureChecker checker() {
    return environment.checker;
  }

  /** What a tapscript has left to verify; only for tapscripts. */
  TapscriptBudget tapscript() {
    TapscriptBudget budget = environment.tapscript;
    if (budget == null) {
      throw new IllegalStateException("not a tapscript");
    }
    return budget;
  }

  int opcode() {
    return reader.opcode();
  }

  ItemStack stack() {
    return stack;
  }

  /** What OP_TOALTSTACK puts aside. */
  ItemStack alternative() {
    return alternative;
  }

  Conditions conditions() {
    return conditions;
  }

  void openCondition(boolean taken) {
    conditions.open(taken);
  }

  /**
   * Ends the script if the flags ask for an argument of OP_IF that is empty or 1, and it is not.
   */
  void checkMinimalCondition(byte[] condition) {
    boolean minimal = condition.length == 0 || condition.length == 1 && condition[0] == 1;
    if (version() == SignatureVersion.TAPSCRIPT) {
      require(minimal, ScriptError.TAPSCRIPT_MINIMALIF);
    } else if (has(ScriptFlag.MINIMALIF) && version() == SignatureVersion.WITNESS_V0) {
      require(minimal, ScriptError.MINIMALIF);
    }
  }

  /** Counts operations from 0, pushes too; BIP-342 signs it. */
  int operationIndex() {
    return operationIndex;
  }

  /** The script from behind the last OP_CODESEPARATOR that was run: what signatures sign. */
  byte[] code() {
    return codeFrom == 0 ? script : Arrays.copyOfRange(script, codeFrom, script.length);
  }

  void separateCode() {
    codeFrom = reader.position();
  }

  /** OP_ROLL costs by how deep it reaches, where costs are counted. */
  void chargeMoved(int depth) {
    environment.costs.moved(depth);
  }

  /** A hash costs by the blocks that it digests, where costs are counted. */
  void chargeHash(int bytes, boolean twice) {
    environment.costs.hashed(bytes, twice);
  }

  /** Ends the script unless the stack has so many items. */
  void need(int items) {
    require(stack.size() >= items, ScriptError.INVALID_STACK_OPERATION);
  }

  void push(byte[] item) {
    stack.push(item);
  }

  void push(long number) {
    stack.push(ScriptNumber.encode(number));
  }

  void push(boolean value) {
    stack.push(ScriptNumber.ofBoolean(value));
  }

  /** The number at this depth, which stays where it is. */
  long number(int depth) {
    return number(depth, NUMBER_BYTES_MAX);
  }

  long number(int depth, int bytesMax) {
    return ScriptNumber.read(stack.at(depth), has(ScriptFlag.MINIMALDATA), bytesMax);
  }
}
