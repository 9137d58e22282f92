package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs one script on a stack: Bitcoin Core's EvalScript. */
final class Machine {
  static final int SCRIPT_BYTES_MAX = 10_000;
  static final int ITEM_BYTES_MAX = 520;

  /** Bitcoin Cash since 2025. */
  static final int LONG_ITEM_BYTES_MAX = 10_000;

  static final int OPERATIONS_MAX = 201;
  static final int ITEMS_MAX = 1000;
  static final int KEYS_MAX = 20;
  static final int NUMBER_BYTES_MAX = 4;

  /** Bitcoin Cash since 2022. */
  static final int LONG_NUMBER_BYTES_MAX = 8;

  private static final int CONDITIONS_MAX = 100;

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
  private final int itemBytesMax;
  private int operations;
  private int operationIndex = -1;
  private int codeFrom;

  Machine(Environment environment, byte[] script, ItemStack stack) {
    this.environment = environment;
    this.script = script;
    this.reader = new ScriptReader(script);
    this.stack = stack;
    this.itemBytesMax = has(ScriptFlag.VM_LIMITS) ? LONG_ITEM_BYTES_MAX : ITEM_BYTES_MAX;
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
    environment.costs.met();
    require(reader.dataLength() <= itemBytesMax, ScriptError.PUSH_SIZE);
    if (limited && opcode > Opcodes.OP_16) {
      countOperations(1);
    }
    require(!environment.dialect.isDisabled(opcode, flags()), ScriptError.DISABLED_OPCODE);
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
    environment.costs.requireWithinLimits();
  }

  /** Bitcoin Cash has limited costs instead of counts since 2025. */
  void countOperations(int count) {
    operations += has(ScriptFlag.VM_LIMITS) ? 0 : count;
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

  int itemBytesMax() {
    return itemBytesMax;
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
    require(
        !has(ScriptFlag.VM_LIMITS) || conditions.depth() <= CONDITIONS_MAX,
        ScriptError.CONDITIONAL_STACK_DEPTH);
  }

  /**
   * Ends the script if the flags ask for an argument of OP_IF that is empty or 1, and it is not.
   */
  void checkMinimalCondition(byte[] condition) {
    boolean minimal = condition.length == 0 || condition.length == 1 && condition[0] == 1;
    if (version() == SignatureVersion.TAPSCRIPT) {
      require(minimal, ScriptError.TAPSCRIPT_MINIMALIF);
    } else if (has(ScriptFlag.MINIMALIF)
        && (version() == SignatureVersion.WITNESS_V0 || dialect() == Dialect.BITCOIN_CASH)) {
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

  CostMeter costs() {
    return environment.costs;
  }

  /** Ends the script unless the stack has so many items. */
  void need(int items) {
    require(stack.size() >= items, ScriptError.INVALID_STACK_OPERATION);
  }

  /** Pushes and charges an item. */
  void push(byte[] item) {
    stack.push(item);
    environment.costs.pushed(item.length);
  }

  /** Pushes an item unless it is too long. */
  void pushChecked(byte[] item) {
    require(item.length <= itemBytesMax, ScriptError.PUSH_SIZE);
    push(item);
  }

  void push(long number) {
    push(ScriptNumber.encode(number));
  }

  void push(boolean value) {
    push(ScriptNumber.ofBoolean(value));
  }

  /** What an operation with VERIFY in its name does last: pushes whether it is so, and insists. */
  void verify(boolean value, ScriptError error) {
    push(value);
    require(value, error);
    stack.pop();
  }

  /** The number at this depth, which stays where it is. */
  long number(int depth) {
    return number(
        depth, has(ScriptFlag.INTEGERS_64_BIT) ? LONG_NUMBER_BYTES_MAX : NUMBER_BYTES_MAX);
  }

  /** {@link #number(int)} of at most so many bytes, which are at most 8. */
  long number(int depth, int bytesMax) {
    return ScriptNumber.value(numberBytes(depth, bytesMax));
  }

  /** The item at this depth, of any length up to {@code bytesMax}, if it is a number. */
  byte[] numberBytes(int depth, int bytesMax) {
    byte[] item = stack.at(depth);
    require(
        item.length <= bytesMax && (!has(ScriptFlag.MINIMALDATA) || ScriptNumber.isMinimal(item)),
        dialect().numberError());
    return item;
  }
}
