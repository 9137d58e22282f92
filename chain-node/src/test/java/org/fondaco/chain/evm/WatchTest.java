package org.fondaco.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.state.MemoryState;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a tracer hears, and how a run ends from outside. */
class WatchTest {
  private static final Address CALLER = Address.parse("0x00000000000000000000000000000000000c0de0");
  private static final Address CALLEE = Address.parse("0x00000000000000000000000000000000000c0de1");

  /** Writes down every event as one line. */
  private static class Script implements Tracer {
    final List<String> lines = new ArrayList<>();

    @Override
    public void enter(Message message, int depth) {
      lines.add("enter " + depth + " " + message.kind() + " gas " + message.gas());
    }

    @Override
    public void exit(Result result, int depth) {
      lines.add("exit " + depth + " " + result.success() + " gas " + result.gasLeft());
    }

    @Override
    public void step(Step step) {
      lines.add(
          "step %d: %02x gas %d stack %d"
              .formatted(step.position(), step.operation(), step.gas(), step.stackSize()));
    }

    @Override
    public void executed(long gas, @Nullable Halt halt) {
      lines.add("cost " + gas + (halt == null ? "" : " " + halt.getMessage()));
    }

    @Override
    public void log(Log log, int depth) {
      lines.add("log " + depth + " " + log.topics());
    }

    @Override
    public void selfDestruct(Address contract, Address heir, U256 balance, int depth) {
      lines.add("selfdestruct " + depth + " " + balance);
    }
  }

  @Test
  void aTracerHearsEveryStepAndWhatItCost() {
    Script script = new Script();
    MemoryState state = new MemoryState();
    // STATICCALL(GAS, c0de1, 0, 0, 0, 0) and LOG1 of its answer
    put(state, CALLER, "5f5f5f5f620c0de15afa5f5fa1");
    put(state, CALLEE, "5f5f55"); // SSTORE, which a static call may not
    run(state, Fork.CANCUN, 10_000, Watch.tracing(script));
    assertThat(script.lines)
        .containsExactly(
            "enter 0 CALL gas 10000",
            "step 0: 5f gas 10000 stack 0",
            "cost 2",
            "step 1: 5f gas 9998 stack 1",
            "cost 2",
            "step 2: 5f gas 9996 stack 2",
            "cost 2",
            "step 3: 5f gas 9994 stack 3",
            "cost 2",
            "step 4: 62 gas 9992 stack 4",
            "cost 3",
            "step 8: 5a gas 9989 stack 5",
            "cost 2",
            "step 9: fa gas 9987 stack 6",
            "cost 9872", // 2600 for a cold account, and all but a 64th of the 7387 left
            "enter 1 STATICCALL gas 7272",
            "step 0: 5f gas 7272 stack 0",
            "cost 2",
            "step 1: 5f gas 7270 stack 1",
            "cost 2",
            "step 2: 55 gas 7268 stack 2",
            "cost 0 write protection",
            "exit 1 false gas 0",
            "step 10: 5f gas 115 stack 1",
            "cost 2",
            "step 11: 5f gas 113 stack 2",
            "cost 2",
            "step 12: a1 gas 111 stack 3",
            "cost 750 out of gas",
            "exit 0 false gas 0");
  }

  @Test
  void aTracerHearsOfLogsCreationsAndEndsOfContracts() {
    Script script = new Script();
    MemoryState state = new MemoryState();
    // CREATE2 of no code, LOG1 of its address, SELFDESTRUCT
    put(state, CALLER, "5f5f5f5ff5505fff");
    run(state, Fork.CANCUN, 100_000, Watch.tracing(script));
    assertThat(script.lines)
        .contains("enter 1 CREATE2 gas 66930", "exit 1 true gas 66930", "selfdestruct 0 0x0");
    script.lines.clear();
    put(state, CALLER, "60075f5fa1");
    run(state, Fork.CANCUN, 100_000, Watch.tracing(script));
    assertThat(script.lines).contains("log 0 [0x7]");
  }

  @Test
  void aTracerOfCallsIsToldOfNoStep() {
    Script script =
        new Script() {
          @Override
          public boolean wantsSteps() {
            return false;
          }
        };
    MemoryState state = new MemoryState();
    put(state, CALLER, "5f5f5f5f620c0de15afa00");
    Result result = run(state, Fork.CANCUN, 10_000, Watch.tracing(script));
    assertThat(result.success()).isTrue();
    assertThat(script.lines)
        .containsExactly(
            "enter 0 CALL gas 10000",
            "enter 1 STATICCALL gas 7272",
            "exit 1 true gas 7272",
            "exit 0 true gas 7387");
  }

  @Test
  void endlessLoopsEndAtTheDeadline() {
    MemoryState state = new MemoryState();
    put(state, CALLER, "5b5f56"); // JUMPDEST, PUSH0, JUMP
    int[] asked = {0};
    Watch watch = new Watch(null, () -> ++asked[0] > 5);
    assertThatThrownBy(() -> run(state, Fork.CANCUN, Long.MAX_VALUE / 2, watch))
        .isInstanceOf(CancelledException.class);
    assertThat(asked[0]).isEqualTo(6);
    // A loop of calls has no jump: it calls itself, and again when it is back.
    put(state, CALLER, "5f5f5f5f5f305af1".repeat(20));
    asked[0] = 0;
    assertThatThrownBy(() -> run(state, Fork.CANCUN, Long.MAX_VALUE / 2, watch))
        .isInstanceOf(CancelledException.class);
    Watch past = Watch.NONE.until(System.nanoTime() - 1);
    assertThatThrownBy(() -> run(state, Fork.CANCUN, 1_000, past))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void aWatchChangesNoResult() {
    MemoryState state = new MemoryState();
    // Counts 3000 rounds down: PUSH2 JUMPDEST PUSH1 1 SWAP1 SUB DUP1 PUSH1 3 JUMPI
    put(state, CALLER, "610bb85b6001900380600357");
    Result plain = run(state, Fork.CANCUN, 1_000_000, Watch.NONE);
    assertThat(run(state, Fork.CANCUN, 1_000_000, new Watch(null, () -> false)))
        .usingRecursiveComparison()
        .isEqualTo(plain);
    assertThat(run(state, Fork.CANCUN, 1_000_000, Watch.tracing(new Script())))
        .usingRecursiveComparison()
        .isEqualTo(plain);
  }

  private static void put(MemoryState state, Address address, String program) {
    state.put(address, new StoredAccount(1, U256.ZERO, new Code(Hex.decode(program))));
  }

  private static Result run(MemoryState state, Fork fork, long gas, Watch watch) {
    BlockContext block =
        new BlockContext(
            Address.ZERO,
            1,
            1,
            U256.ZERO,
            U256.of(Long.MAX_VALUE),
            U256.ZERO,
            U256.ONE,
            1,
            number -> Hash.ZERO);
    Evm evm =
        new Evm(
            Rules.of(fork),
            new WorldState(state),
            block,
            new TransactionContext(Address.ZERO, U256.ONE, List.of()),
            watch);
    return evm.run(
        new Message(
            Message.Kind.CALL, Address.ZERO, CALLER, CALLER, U256.ZERO, new byte[0], gas, false));
  }
}
