package org.fondaco.chain.evm;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.precompile.Precompile;
import org.fondaco.chain.precompile.Precompiles;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * The machine for one transaction. Calls within calls are frames in a list, not Java's call stack,
 * so a program that calls itself 1024 deep needs no larger thread. One thread.
 */
public final class Evm {
  private final Rules rules;
  private final WorldState state;
  private final Precompiles precompiles;
  private final Interpreter interpreter;
  private final List<Frame> frames;
  private final Watch watch;
  private final @Nullable Tracer tracer;
  private int depth = -1;

  public Evm(Rules rules, WorldState state, BlockContext block, TransactionContext transaction) {
    this(rules, state, block, transaction, Watch.NONE);
  }

  public Evm(
      Rules rules,
      WorldState state,
      BlockContext block,
      TransactionContext transaction,
      Watch watch) {
    this(rules, state, block, transaction, watch, new ArrayList<>());
  }

  private Evm(
      Rules rules,
      WorldState state,
      BlockContext block,
      TransactionContext transaction,
      Watch watch,
      List<Frame> frames) {
    this.rules = rules;
    this.state = state;
    this.frames = frames;
    this.watch = watch;
    tracer = watch.tracer();
    precompiles = Precompiles.of(rules.fork());
    interpreter =
        new Interpreter(
            Operations.of(rules.fork()),
            new Groups(rules, state, block, transaction, tracer),
            watch);
  }

  /**
   * The machine for the next transaction; uses this one's frames again, so this one must not run
   * any more.
   */
  public Evm next(BlockContext block, TransactionContext transaction) {
    return new Evm(rules, state, block, transaction, watch, frames);
  }

  /** Where a creation by {@code creator} at {@code nonce} puts its contract. */
  public static Address contractAddress(Address creator, long nonce) {
    return CallGroup.address(creator, nonce);
  }

  /**
   * Runs a message to its end. Of a creation the caller's nonce is raised here when code creates,
   * and by the transaction when it creates. Changes of a failed message are undone.
   *
   * @throws CancelledException if whoever watches says so; this machine must not run again
   */
  public Result run(Message message) {
    tellEnter(message);
    Result result = enter(message);
    while (true) {
      if (result == null) {
        result = step(frames.get(depth));
        continue;
      }
      if (tracer != null) {
        tracer.exit(result, depth + 1);
      }
      if (depth < 0) {
        return result;
      }
      resume(frames.get(depth), result);
      result = null;
    }
  }

  /**
   * Runs the top frame until it ends, which gives its result, or calls, which gives the result only
   * if at once.
   */
  private @Nullable Result step(Frame frame) {
    Interpreter.Exit exit;
    try {
      exit = interpreter.run(frame);
    } catch (Halt halt) {
      tellExecuted(frame, halt);
      return fail(frame, halt);
    }
    tellExecuted(frame, null);
    return switch (exit) {
      case CALL -> enterFrom(frame, Objects.requireNonNull(frame.calling));
      case REVERT -> {
        state.revertTo(frame.snapshot);
        depth--;
        yield Result.reverted(frame.gas, frame.output);
      }
      case RETURN -> {
        Halt halt = frame.creation ? deposit(frame) : null;
        if (halt != null) {
          yield fail(frame, halt);
        }
        depth--;
        yield Result.success(frame.gas, frame.output);
      }
    };
  }

  /** A call or creation is where a program can stay long without a loop. */
  private void tellEnter(Message message) {
    if (watch.cancelled() != null && watch.cancelled().getAsBoolean()) {
      throw new CancelledException();
    }
    if (tracer != null) {
      tracer.enter(message, depth + 1);
    }
  }

  private void tellExecuted(Frame frame, @Nullable Halt halt) {
    if (tracer != null && frame.gasBefore >= 0) {
      tracer.executed(frame.gasBefore - frame.gas, halt);
      frame.gasBefore = -1;
    }
  }

  private Result fail(Frame frame, Halt halt) {
    state.revertTo(frame.snapshot);
    depth--;
    return Result.halted(halt);
  }

  private @Nullable Result enterFrom(Frame frame, Message message) {
    tellEnter(message);
    // A delegate call names its caller's value, which moves no more.
    boolean paysValue = message.kind() != Message.Kind.DELEGATECALL;
    if (depth + 1 > Rules.CALL_DEPTH_MAX) {
      return Result.refused(message.gas(), Halt.DEPTH);
    }
    if (paysValue && state.balance(frame.self).compareTo(message.value()) < 0) {
      return Result.refused(message.gas(), Halt.BALANCE);
    }
    if (message.kind().creates()) {
      long nonce = state.nonce(frame.self);
      if (nonce == -1) { // EIP-2681
        return Result.refused(message.gas(), Halt.NONCE);
      }
      state.setNonce(frame.self, nonce + 1);
      if (rules.atLeast(Fork.BERLIN)) {
        boolean unused = state.warm(message.self());
      }
    }
    return enter(message);
  }

  private @Nullable Result enter(Message message) {
    int snapshot = state.snapshot();
    if (message.kind().creates()) {
      if (state.isOccupied(message.self())) { // EIP-684
        return Result.halted(Halt.COLLISION);
      }
      state.create(message.self());
      if (rules.atLeast(Fork.SPURIOUS_DRAGON)) { // EIP-161
        state.setNonce(message.self(), 1);
      }
      transfer(message);
      push().begin(message, new Code(message.input()), snapshot);
      return null;
    }
    if (message.kind() == Message.Kind.CALL || message.kind() == Message.Kind.STATICCALL) {
      state.touch(message.self());
      transfer(message);
    }
    Precompile precompile = precompiles.at(message.codeAddress());
    if (precompile != null) {
      return runPrecompile(precompile, message, snapshot);
    }
    Code code = state.code(message.codeAddress());
    if (code.isEmpty()) {
      return Result.success(message.gas(), Result.NOTHING);
    }
    push().begin(message, code, snapshot);
    return null;
  }

  private Frame push() {
    depth++;
    if (depth == frames.size()) {
      frames.add(new Frame(depth));
    }
    return frames.get(depth);
  }

  private void transfer(Message message) {
    if (!message.value().isZero()) {
      state.subtractBalance(message.caller(), message.value());
      state.addBalance(message.self(), message.value());
    }
  }

  private Result runPrecompile(Precompile precompile, Message message, int snapshot) {
    long cost = precompile.gas(message.input());
    if (cost > message.gas()) {
      state.revertTo(snapshot);
      return Result.halted(Halt.OUT_OF_GAS);
    }
    byte[] output = precompile.run(message.input());
    if (output == null) {
      state.revertTo(snapshot);
      return Result.halted(Halt.PRECOMPILE);
    }
    return Result.success(message.gas() - cost, output);
  }

  /** Stores the code of a new contract; not null if that may not be. */
  private @Nullable Halt deposit(Frame frame) {
    byte[] code = frame.output;
    if (code.length > rules.codeBytesMax()) { // EIP-170
      return Halt.CODE_SIZE;
    }
    if (rules.atLeast(Fork.LONDON) && code.length > 0 && code[0] == (byte) 0xef) { // EIP-3541
      return Halt.CODE_PREFIX;
    }
    long cost = Rules.CODE_BYTE * code.length;
    if (cost > frame.gas) {
      // Before EIP-2 a contract whose code could not be paid for came to be without code.
      return rules.atLeast(Fork.HOMESTEAD) ? Halt.DEPOSIT : null;
    }
    frame.gas -= cost;
    state.setCode(frame.self, new Code(code));
    return null;
  }

  private static void resume(Frame frame, Result result) {
    Message message = Objects.requireNonNull(frame.calling);
    frame.calling = null;
    frame.gas += result.gasLeft();
    boolean creation = message.kind().creates();
    frame.returned = creation && result.success() ? Result.NOTHING : result.output();
    int length = Math.min(frame.outputLength, result.output().length);
    System.arraycopy(result.output(), 0, frame.memory, frame.outputOffset, length);
    if (!result.success()) {
      frame.push(U256.ZERO);
    } else if (creation) {
      frame.push(message.self().toWord());
    } else {
      frame.push(1);
    }
  }
}
