package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import org.jspecify.annotations.Nullable;

/** Moves items about. */
final class StackGroup {
  private StackGroup() {}

  static void install(@Nullable Operation[] table) {
    table[Opcodes.OP_TOALTSTACK] =
        with(1, (machine, stack) -> machine.alternative().push(stack.pop()));
    table[Opcodes.OP_FROMALTSTACK] =
        machine -> {
          require(!machine.alternative().isEmpty(), ScriptError.INVALID_ALTSTACK_OPERATION);
          machine.push(machine.alternative().pop());
        };
    table[Opcodes.OP_DROP] = with(1, (_, stack) -> stack.drop(1));
    table[Opcodes.OP_2DROP] = with(2, (_, stack) -> stack.drop(2));
    table[Opcodes.OP_NIP] = with(2, (_, stack) -> stack.remove(1));
    table[Opcodes.OP_DUP] = copies(1, 0);
    table[Opcodes.OP_2DUP] = copies(2, 1);
    table[Opcodes.OP_3DUP] = copies(3, 2);
    table[Opcodes.OP_OVER] = copies(1, 1);
    table[Opcodes.OP_2OVER] = copies(2, 3);
    table[Opcodes.OP_ROT] = moves(1, 2, false);
    table[Opcodes.OP_2ROT] = moves(2, 5, true);
    table[Opcodes.OP_SWAP] = moves(1, 1, false);
    table[Opcodes.OP_2SWAP] = moves(2, 3, false);
    table[Opcodes.OP_TUCK] = with(2, StackGroup::tuck);
    table[Opcodes.OP_IFDUP] =
        with(
            1,
            (machine, stack) -> {
              if (ScriptNumber.isTrue(stack.top())) {
                machine.push(stack.top());
              }
            });
    table[Opcodes.OP_DEPTH] = machine -> machine.push(machine.stack().size());
    table[Opcodes.OP_PICK] =
        with(
            2,
            (machine, stack) -> {
              int depth = depth(machine);
              machine.push(stack.at(depth));
            });
    table[Opcodes.OP_ROLL] =
        with(
            2,
            (machine, stack) -> {
              int depth = depth(machine);
              machine.push(stack.remove(depth));
              machine.costs().pushed(depth);
            });
    table[Opcodes.OP_SIZE] = with(1, (machine, stack) -> machine.push(stack.top().length));
  }

  private interface Body {
    void run(Machine machine, ItemStack stack);
  }

  private static Operation with(int items, Body body) {
    return machine -> {
      machine.need(items);
      body.run(machine, machine.stack());
    };
  }

  /** Pushes so many items from this depth again. */
  private static Operation copies(int count, int depth) {
    return with(
        depth + 1,
        (machine, stack) -> {
          for (int i = 0; i < count; i++) {
            machine.push(stack.at(depth));
          }
        });
  }

  /** Moves so many items from this depth to the top; what is merely swapped costs nothing. */
  private static Operation moves(int count, int depth, boolean charged) {
    return with(
        depth + 1,
        (machine, stack) -> {
          for (int i = 0; i < count; i++) {
            byte[] item = stack.remove(depth);
            stack.push(item);
            machine.costs().pushed(charged ? item.length : 0);
          }
        });
  }

  private static void tuck(Machine machine, ItemStack stack) {
    byte[] item = stack.pop();
    byte[] below = stack.pop();
    machine.push(item);
    stack.push(below);
    stack.push(item);
  }

  private static int depth(Machine machine) {
    long depth = machine.number(0);
    machine.stack().pop();
    require(depth >= 0 && depth < machine.stack().size(), ScriptError.INVALID_STACK_OPERATION);
    return (int) depth;
  }
}
