package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.fondaco.chain.utxo.token.Token;
import org.fondaco.chain.utxo.token.TokenScript;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** Bitcoin Cash: what scripts may ask of their transaction (CHIP-2021-02, CHIP-2022-02). */
final class IntrospectionGroup {
  private static final byte[] EMPTY = {};

  private IntrospectionGroup() {}

  static void install(@Nullable Operation[] table) {
    table[Opcodes.OP_INPUTINDEX] = number(machine -> (long) machine.checker().index());
    table[Opcodes.OP_ACTIVEBYTECODE] = item(Machine::code);
    table[Opcodes.OP_TXVERSION] = number(machine -> (long) transaction(machine).version());
    table[Opcodes.OP_TXINPUTCOUNT] = number(machine -> (long) transaction(machine).inputs().size());
    table[Opcodes.OP_TXOUTPUTCOUNT] =
        number(machine -> (long) transaction(machine).outputs().size());
    table[Opcodes.OP_TXLOCKTIME] = number(machine -> transaction(machine).lockTime());

    table[Opcodes.OP_UTXOVALUE] = number(machine -> spent(machine).value());
    table[Opcodes.OP_UTXOBYTECODE] = item(machine -> bytecode(machine, spent(machine)));
    table[Opcodes.OP_OUTPOINTTXHASH] = item(machine -> input(machine).outPoint().txid().toBytes());
    table[Opcodes.OP_OUTPOINTINDEX] = number(machine -> input(machine).outPoint().index());
    table[Opcodes.OP_INPUTBYTECODE] = item(machine -> input(machine).scriptSig());
    table[Opcodes.OP_INPUTSEQUENCENUMBER] = number(machine -> input(machine).sequence());
    table[Opcodes.OP_OUTPUTVALUE] = number(machine -> output(machine).value());
    table[Opcodes.OP_OUTPUTBYTECODE] = item(machine -> bytecode(machine, output(machine)));

    table[Opcodes.OP_UTXOTOKENCATEGORY] = token(true, IntrospectionGroup::category);
    table[Opcodes.OP_UTXOTOKENCOMMITMENT] = token(true, IntrospectionGroup::commitment);
    table[Opcodes.OP_UTXOTOKENAMOUNT] = token(true, IntrospectionGroup::amount);
    table[Opcodes.OP_OUTPUTTOKENCATEGORY] = token(false, IntrospectionGroup::category);
    table[Opcodes.OP_OUTPUTTOKENCOMMITMENT] = token(false, IntrospectionGroup::commitment);
    table[Opcodes.OP_OUTPUTTOKENAMOUNT] = token(false, IntrospectionGroup::amount);
  }

  private static Operation item(Function<Machine, byte[]> function) {
    return machine -> {
      require(machine.has(ScriptFlag.NATIVE_INTROSPECTION), ScriptError.DISABLED_OPCODE);
      machine.pushChecked(function.apply(machine));
    };
  }

  private static Operation number(Function<Machine, Long> function) {
    return item(machine -> ScriptNumber.encode(function.apply(machine)));
  }

  private static Operation token(boolean spent, Function<Token, byte[]> function) {
    Operation operation =
        item(machine -> {
          Output output = spent ? spent(machine) : output(machine);
          Token token = TokenScript.of(output.script()).token();
          return token == null ? EMPTY : function.apply(token);
        });
    return machine -> {
      require(machine.has(ScriptFlag.TOKENS), ScriptError.BAD_OPCODE);
      operation.run(machine);
    };
  }

  private static Transaction transaction(Machine machine) {
    return machine.checker().spending().transaction();
  }

  private static Input input(Machine machine) {
    return indexed(machine, transaction(machine).inputs(), ScriptError.INVALID_TX_INPUT_INDEX);
  }

  private static Output spent(Machine machine) {
    List<Output> spent = machine.checker().spending().spent();
    return indexed(machine, spent, ScriptError.INVALID_TX_INPUT_INDEX);
  }

  private static Output output(Machine machine) {
    return indexed(machine, transaction(machine).outputs(), ScriptError.INVALID_TX_OUTPUT_INDEX);
  }

  /** The element whose index is on the stack, and then no longer. */
  private static <T> T indexed(Machine machine, List<T> list, ScriptError outside) {
    machine.need(1);
    long index = machine.number(0);
    require(index >= 0 && index < list.size(), outside);
    machine.stack().pop();
    return list.get((int) index);
  }

  /** Since there are tokens, a script is what follows them. */
  private static byte[] bytecode(Machine machine, Output output) {
    return machine.has(ScriptFlag.TOKENS)
        ? TokenScript.of(output.script()).script()
        : output.script();
  }

  /** With a byte for what may be made of an NFT, if anything. */
  private static byte[] category(Token token) {
    byte[] category = token.category().toBytes();
    if (token.nft() == null || token.nft().capability() == Token.Capability.NONE) {
      return category;
    }
    byte[] extended = Arrays.copyOf(category, Hash.BYTES + 1);
    extended[Hash.BYTES] = (byte) token.nft().capability().ordinal();
    return extended;
  }

  private static byte[] commitment(Token token) {
    return token.nft() == null ? EMPTY : token.nft().commitment();
  }

  private static byte[] amount(Token token) {
    return ScriptNumber.encode(token.amount());
  }
}
