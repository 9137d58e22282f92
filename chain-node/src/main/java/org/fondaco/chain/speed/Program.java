package org.fondaco.chain.speed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.contract.Contract;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.evm.TransactionContext;
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

/**
 * A contract that does one thing as often as the word of its input says; other machines can run the
 * same.
 *
 * @param code of the contract at {@link #ADDRESS}, in hexadecimal
 * @param gasMax what one repetition costs at most
 */
public record Program(String name, String code, int gasMax) {
  /** Where the programs lie, and who calls them. */
  public static final Address ADDRESS = Address.of(0xc0de);

  /** The ERC-20 that the transfer storm calls; {@link #ADDRESS} owns all of it. */
  public static final Address TOKEN = Address.of(0x70ce);

  private static final Address CALLER = Address.of(0xca11);
  private static final String COUNT = "5f35"; // PUSH0 CALLDATALOAD
  // PUSH1 1, SWAP1, SUB, DUP1, PUSH1 …, JUMPI, STOP
  private static final String AGAIN = "6001900380";

  /** The counter and nothing else. */
  public static final Program LOOP = new Program("loop", COUNT + "5b" + AGAIN + "60025700", 32);

  /** x = (x·n + n) ^ (… >>> 3) on words that use all of their 256 bits. */
  public static final Program ARITHMETIC =
      new Program(
          "arithmetic", COUNT + "6001" + "5b" + "810281018060031c18" + "90600190039081600457", 80);

  /** The Keccak of 64 bytes, into the first of them. */
  public static final Program KECCAK =
      new Program("keccak", COUNT + "5b" + "60405f205f52" + AGAIN + "60025700", 110);

  /** Writes and reads 256 slots in turn. */
  public static final Program STORAGE =
      new Program(
          "storage", COUNT + "5b" + "808060ff16558060ff165450" + AGAIN + "60025700", 30_000);

  /** Transfers of OpenZeppelin's ERC-20 from one account to 256 in turn. */
  public static final Program TRANSFERS =
      new Program(
          "transfers",
          "63a9059cbb60e01b5f5260016024525f355b" // selector and amount 1 into memory
              + "8060ff1662010000016004526020608060445f5f6170ce5af150"
              + AGAIN
              + "60115700",
          60_000);

  public static List<Program> all() {
    return List.of(LOOP, ARITHMETIC, KECCAK, STORAGE, TRANSFERS);
  }

  /**
   * What a run took.
   *
   * @param processorNanos of this thread; less than the clock's where the processor was shared
   */
  public record Speed(long gas, long nanos, long processorNanos) {
    /** In millions of gas a second, by the processor's time. */
    public long megagas() {
      return gas * 1_000 / Math.max(1, processorNanos);
    }
  }

  /**
   * Runs the program once, in a transaction of its own.
   *
   * @param repetitions at most 2^31
   * @throws IllegalStateException if the program failed
   */
  public Speed run(long repetitions) {
    WorldState state = new WorldState(before());
    BlockContext block =
        new BlockContext(
            Address.of(0xc01b),
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
            Rules.of(Fork.CANCUN),
            state,
            block,
            new TransactionContext(CALLER, U256.ZERO, List.of()));
    return timed(evm, U256.of(repetitions).toBytes32(), 1_000_000 + repetitions * gasMax);
  }

  private Speed timed(Evm evm, byte[] input, long gas) {
    var threads = java.lang.management.ManagementFactory.getThreadMXBean();
    long began = System.nanoTime();
    long beganProcessor = threads.getCurrentThreadCpuTime();
    Result result = evm.run(call(ADDRESS, input, gas));
    long processor = threads.getCurrentThreadCpuTime() - beganProcessor;
    long nanos = System.nanoTime() - began;
    if (!result.success()) {
      throw new IllegalStateException(name + ": " + result.halt());
    }
    return new Speed(gas - result.gasLeft(), nanos, processor);
  }

  private static Message call(Address to, byte[] input, long gas) {
    return new Message(Message.Kind.CALL, CALLER, to, to, U256.ZERO, input, gas, false);
  }

  /** The accounts that the programs find. */
  public MemoryState before() {
    MemoryState state = new MemoryState();
    state.put(CALLER, new StoredAccount(0, U256.of(1_000_000), Code.EMPTY));
    state.put(ADDRESS, new StoredAccount(1, U256.ZERO, new Code(Hex.decode(code))));
    state.put(TOKEN, new StoredAccount(1, U256.ZERO, new Code(Contract.DOLLAR.deployedBytecode())));
    Map<U256, U256> slots = new HashMap<>();
    slots.put(balanceSlot(), U256.of(Long.MAX_VALUE));
    state.putStorage(TOKEN, true, slots);
    return state;
  }

  /** OpenZeppelin keeps balances in the mapping at slot 0. */
  private static U256 balanceSlot() {
    byte[] key = new byte[64];
    ADDRESS.toWord().copyTo(key, 0);
    return org.fondaco.chain.crypto.Keccak.hash(key).toWord();
  }

  /**
   * Prints megagas a second.
   *
   * @param args names of programs; none for all
   */
  public static void main(String[] args) {
    for (Program program : all()) {
      if (args.length > 0 && !List.of(args).contains(program.name)) {
        continue;
      }
      long repetitions = Math.max(1, 20_000_000 / program.gasMax);
      for (int round = 0; round < 8; round++) {
        Speed speed = program.run(repetitions);
        System.out.printf(
            "%-10s %,15d gas %,8d ms %,8d ms processor %,6d Mgas/s%n",
            program.name,
            speed.gas,
            speed.nanos / 1_000_000,
            speed.processorNanos / 1_000_000,
            speed.megagas());
        if (speed.processorNanos < 1_000_000_000L) {
          repetitions *= 2;
        }
      }
    }
  }
}
