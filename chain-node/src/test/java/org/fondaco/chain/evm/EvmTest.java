package org.fondaco.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.MemoryState;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;

/** What the official vectors do not show: bounds of memory and stack, and what a loop costs. */
class EvmTest {
  private static final Address CONTRACT =
      Address.parse("0x00000000000000000000000000000000000c0de0");

  @Test
  void aProgramThatCallsItselfEndsAt1024AndNotInTheCallStack() throws InterruptedException {
    // SLOAD(0) + 1 to slot 0, then CALL(GAS, ADDRESS) without input
    String program = "5f54600101" + "5f55" + "5f5f5f5f5f305af1" + "00";
    MemoryState before = with(program);
    WorldState state = new WorldState(before);
    Result[] result = new Result[1];
    // As little stack as a thread can have.
    Thread thread =
        new Thread(null, () -> result[0] = run(state, Fork.CANCUN, Long.MAX_VALUE / 2), "deep", 1);
    thread.start();
    thread.join();
    assertThat(result[0].success()).isTrue();
    assertThat(state.storage(CONTRACT, U256.ZERO)).isEqualTo(U256.of(1_025));
  }

  @Test
  void memoryBeyondWhatAnArrayHoldsIsOutOfGas() {
    for (String offset :
        List.of("637fffffff", "63ffffffff", "67ffffffffffffffff", "7f" + "ff".repeat(32))) {
      Result result = run(new WorldState(with(offset + "51")), Fork.CANCUN, Long.MAX_VALUE / 2);
      assertThat(result.halt()).isEqualTo(Halt.OUT_OF_GAS);
      assertThat(result.gasLeft()).isZero();
    }
  }

  @Test
  void aStackOf1024WordsIsFull() {
    assertThat(run(new WorldState(with("5f".repeat(1_024))), Fork.CANCUN, 1_000_000).success())
        .isTrue();
    assertThat(run(new WorldState(with("5f".repeat(1_025))), Fork.CANCUN, 1_000_000).halt())
        .hasMessage("stack limit reached 1024 (1023)");
  }

  @Test
  void operationsOfLaterForksAreInvalid() {
    assertThat(run(new WorldState(with("5f")), Fork.SHANGHAI, 100).success()).isTrue();
    assertThat(run(new WorldState(with("5f")), Fork.PARIS, 100).halt())
        .hasMessage("invalid opcode: opcode 0x5f not defined");
  }

  @Test
  void everyPushReadsItsBytesAndZerosPastTheEnd() {
    for (int length = 1; length <= 32; length++) {
      String data =
          "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"
              .substring(0, 2 * length);
      // PUSHn data, PUSH0 MSTORE, PUSH1 32 PUSH0 RETURN
      String program = Integer.toHexString(0x5f + length) + data + "5f52" + "60205ff3";
      Result result = run(new WorldState(with(program)), Fork.CANCUN, 1_000);
      assertThat(U256.fromBytes(result.output())).isEqualTo(U256.parse("0x" + data));
    }
    Result cut = run(new WorldState(with("7f01")), Fork.CANCUN, 1_000);
    assertThat(cut.success()).isTrue();
  }

  @Test
  void gasIsCountedToTheUnit() {
    // PUSH1 2, PUSH1 3, MUL, PUSH0, MSTORE: 3 + 3 + 5 + 2 + 3 and one word of memory
    Result result = run(new WorldState(with("60026003025f52")), Fork.CANCUN, 1_000);
    assertThat(1_000 - result.gasLeft()).isEqualTo(19);
  }

  private static MemoryState with(String program) {
    MemoryState state = new MemoryState();
    state.put(CONTRACT, new StoredAccount(1, U256.ZERO, new Code(Hex.decode(program))));
    return state;
  }

  private static Result run(WorldState state, Fork fork, long gas) {
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
            state,
            block,
            new TransactionContext(Address.ZERO, U256.ONE, List.of()));
    return evm.run(
        new Message(
            Message.Kind.CALL,
            Address.ZERO,
            CONTRACT,
            CONTRACT,
            U256.ZERO,
            new byte[0],
            gas,
            false));
  }
}
