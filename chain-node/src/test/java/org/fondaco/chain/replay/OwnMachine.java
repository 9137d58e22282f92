package org.fondaco.chain.replay;

import java.util.List;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.evm.TransactionContext;
import org.fondaco.chain.evm.Watch;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.precompile.Precompiles;
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

/** Ours. */
final class OwnMachine implements Machine {
  private static final BlockContext BLOCK =
      new BlockContext(
          COINBASE,
          NUMBER,
          TIME,
          RANDOM,
          U256.of(GAS_LIMIT),
          U256.of(BASE_FEE),
          U256.ONE,
          CHAIN_ID,
          number -> Hash.ZERO);

  private final Fork fork;
  private final Watch watch;
  private final MemoryState stored = new MemoryState();

  OwnMachine(Fork fork, Watch watch) {
    this.fork = fork;
    this.watch = watch;
  }

  @Override
  public void put(Address address, long nonce, long balance, byte[] code) {
    stored.put(address, new StoredAccount(nonce, U256.of(balance), new Code(code)));
  }

  @Override
  public void begin() {
    // Accounts are in place as they are put.
  }

  @Override
  public Run run(Address from, @Nullable Address to, long value, byte[] input, long gas) {
    WorldState state = new WorldState(stored);
    long nonce = state.nonce(from);
    Address target = to == null ? Evm.contractAddress(from, nonce) : to;
    state.preWarm(from);
    state.preWarm(target);
    Precompiles.of(fork).addresses().forEach(state::preWarm);
    if (fork.atLeast(Fork.SHANGHAI)) {
      state.preWarm(COINBASE);
    }
    if (to == null) {
      state.setNonce(from, nonce + 1);
    }
    Message.Kind kind = to == null ? Message.Kind.CREATE : Message.Kind.CALL;
    Evm evm =
        new Evm(
            Rules.of(fork),
            state,
            BLOCK,
            new TransactionContext(from, U256.of(GAS_PRICE), List.of()),
            watch);
    Result result =
        evm.run(new Message(kind, from, target, target, U256.of(value), input, gas, false));
    long refund = state.refund();
    List<String> logs = state.logs().stream().map(OwnMachine::text).toList();
    state.endTransaction(true);
    state.writeTo(stored);
    return new Run(
        result.success(),
        !result.success() && result.halt() == null,
        // libevm shows no output of a creation; the root shows its code.
        Hex.encode(to == null ? new byte[0] : result.output()),
        result.gasLeft(),
        refund,
        logs,
        stored.root().toString());
  }

  private static String text(Log log) {
    return log.address()
        + " "
        + log.topics().stream().map(topic -> Hex.encode(topic.toBytes32())).toList()
        + " "
        + Hex.encode(log.data());
  }

  @Override
  public void close() {
    // Nothing outside the heap.
  }
}
