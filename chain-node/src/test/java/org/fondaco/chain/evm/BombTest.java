package org.fondaco.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that want all the memory there is: gas must stop them before the heap does. */
class BombTest {
  private static final Address CONTRACT =
      Address.parse("0x00000000000000000000000000000000000c0de0");

  /** A block's. */
  private static final long GAS = 30_000_000;

  /** Of one run, all that was allocated, whether it is free again or not. */
  private static final long ALLOCATED_BYTES_MAX = 1L << 30;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // PUSH0 for ever
    "a stack without end, 5b5f5f56, stack limit",
    // MSIZE MLOAD POP for ever
    "a memory without end, 5b5951505f56, out of gas",
    // MLOAD at 3 MB, then itself with all gas
    "large memories one in the other, 622fffff51505f5f5f5f5f305af1, ''",
    // Itself for ever, twice at each depth
    "calls within calls, 5f5f5f5f5f305af15f5f5f5f5f305af1, ''",
    // Itself with 100 kB of input and room for 100 kB of output, returning 100 kB
    "copies from call to call, 620186a05f620186a05f5f305af1620186a05ff3, ''",
    // Its own code as init code, 48 kB of memory, for ever
    "creations within creations, 61c0005f5f395b61c0005f5ff0505f56, ''",
    // 100 kB of logs, for ever
    "logs without end, 5b620186a05fa05f56, out of gas",
    // Code hashes of ever other accounts
    "accounts without end, 5b5a3f505f56, out of gas",
    // Slots without end
    "slots without end, 5b5a54505f56, out of gas",
    // A power of 100 kB to itself
    "a large power, 620186a05f52620186a0602052620186a06040525f5f620493e05f60055afa, ''",
  })
  void gasEndsIt(String what, String program, String halt) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Result result = run(program);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as("%s allocates", what).isLessThan(ALLOCATED_BYTES_MAX);
    if (halt.isEmpty()) {
      assertThat(result.gasLeft()).isLessThan(GAS);
    } else {
      assertThat(result.halt()).hasMessageStartingWith(halt);
    }
  }

  private static Result run(String program) {
    MemoryState before = new MemoryState();
    before.put(CONTRACT, new StoredAccount(1, U256.ZERO, new Code(Hex.decode(program))));
    BlockContext block =
        new BlockContext(
            Address.ZERO,
            1,
            1,
            U256.ZERO,
            U256.of(GAS),
            U256.ZERO,
            U256.ONE,
            1,
            number -> Hash.ZERO);
    Evm evm =
        new Evm(
            Rules.of(Fork.CANCUN),
            new WorldState(before),
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
            GAS,
            false));
  }
}
