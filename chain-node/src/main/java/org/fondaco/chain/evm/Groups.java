package org.fondaco.chain.evm;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Alu;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** The operations that need more than the stack; each takes its operands off the frame's stack. */
final class Groups {
  private final Rules rules;
  private final WorldState state;
  private final Alu alu = new Alu();
  private final byte[] hash = new byte[32];
  private final EnvironmentGroup environment;
  private final StorageGroup storage;
  private final CallGroup calls;
  private final @Nullable Tracer tracer;

  Groups(
      Rules rules,
      WorldState state,
      BlockContext block,
      TransactionContext transaction,
      @Nullable Tracer tracer) {
    this.rules = rules;
    this.state = state;
    this.tracer = tracer;
    environment = new EnvironmentGroup(rules, state, block, transaction);
    storage = new StorageGroup(rules, state, tracer);
    calls = new CallGroup(rules, state);
  }

  /** Runs one operation; not null when the frame ends or calls. */
  Interpreter.@Nullable Exit run(int operation, Frame f) {
    switch (operation) {
      case 0x0a -> exponentiate(f);
      case 0x20 -> keccak(f);
      case 0x53 -> {
        int at = f.touch(f.number(f.sp - 4), 1);
        f.memory[at] = (byte) f.stack[f.sp - 8];
        f.sp -= 8;
      }
      case 0x54, 0x55, 0x5c, 0x5d -> storage.run(operation, f);
      case 0x58 -> f.push(f.pc - 1);
      case 0x59 -> f.push(f.memoryBytes);
      case 0x5a -> f.push(f.gas);
      case 0x5e -> memoryCopy(f);
      case 0xa0, 0xa1, 0xa2, 0xa3, 0xa4 -> log(f, operation - 0xa0);
      case 0xf0, 0xf5 -> {
        return calls.create(f, operation == 0xf5);
      }
      case 0xf1, 0xf2, 0xf4, 0xfa -> {
        return calls.call(operation, f);
      }
      case 0xf3, 0xfd -> {
        int offset = f.touch(f.sp - 4, f.sp - 8);
        f.output = f.memory(offset, (int) f.number(f.sp - 8));
        f.sp -= 8;
        return operation == 0xf3 ? Interpreter.Exit.RETURN : Interpreter.Exit.REVERT;
      }
      case 0xfe -> throw Halt.INVALID;
      case 0xff -> {
        storage.selfDestruct(f);
        return Interpreter.Exit.RETURN;
      }
      default -> environment.run(operation, f);
    }
    return null;
  }

  private void exponentiate(Frame f) {
    int b = f.sp - 8;
    f.charge(rules.exponentByte() * ((Alu.bitLength(f.stack, b) + 7) / 8));
    alu.exponentiate(f.stack, f.sp - 4, b, b);
    f.sp -= 4;
  }

  private void keccak(Frame f) {
    int offset = f.touch(f.sp - 4, f.sp - 8);
    int length = (int) f.number(f.sp - 8);
    f.chargeWords(length, Rules.KECCAK_WORD);
    Keccak.hash256(f.memory, offset, length, hash, 0);
    f.sp -= 8;
    f.push(U256.fromBytes32(hash, 0));
  }

  /** EIP-5656: the ranges may overlap. */
  private void memoryCopy(Frame f) {
    long length = f.number(f.sp - 12);
    if (length > 0) {
      long furthest = Math.max(f.number(f.sp - 4), f.number(f.sp - 8));
      f.touch(furthest, length);
      f.chargeWords(length, Rules.COPY_WORD);
      System.arraycopy(
          f.memory, (int) f.number(f.sp - 8), f.memory, (int) f.number(f.sp - 4), (int) length);
    }
    f.sp -= 12;
  }

  private void log(Frame f, int topicCount) {
    if (f.readOnly) {
      throw Halt.READ_ONLY;
    }
    int offset = f.touch(f.sp - 4, f.sp - 8);
    int length = (int) f.number(f.sp - 8);
    f.charge(Rules.LOG_BYTE * length);
    List<U256> topics = new ArrayList<>(topicCount);
    for (int i = 0; i < topicCount; i++) {
      topics.add(f.word(f.sp - 12 - 4 * i));
    }
    Log log = new Log(f.self, List.copyOf(topics), f.memory(offset, length));
    state.addLog(log);
    if (tracer != null) {
      tracer.log(log, f.depth);
    }
    f.sp -= 8 + 4 * topicCount;
  }
}
