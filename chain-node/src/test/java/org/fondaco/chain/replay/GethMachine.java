package org.fondaco.chain.replay;

import io.horizen.evm.Address;
import io.horizen.evm.EvmContext;
import io.horizen.evm.ForkRules;
import io.horizen.evm.Hash;
import io.horizen.evm.Invocation;
import io.horizen.evm.MemoryDatabase;
import io.horizen.evm.StateDB;
import io.horizen.evm.results.EvmLog;
import io.horizen.evm.results.InvocationResult;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.word.Hex;
import org.jspecify.annotations.Nullable;

/** Go-ethereum's, of 2023, by libevm: Paris and Shanghai. */
final class GethMachine implements Machine {
  private final ForkRules rules;
  private final MemoryDatabase database = new MemoryDatabase();
  private final StateDB state = new StateDB(database, StateDB.EMPTY_ROOT_HASH);
  private final EvmContext context;
  private int transactions;

  GethMachine(boolean shanghai) {
    rules = new ForkRules(shanghai);
    context =
        new EvmContext(
            BigInteger.valueOf(CHAIN_ID),
            address(COINBASE),
            BigInteger.valueOf(GAS_LIMIT),
            BigInteger.valueOf(GAS_PRICE),
            BigInteger.valueOf(NUMBER),
            BigInteger.valueOf(TIME),
            BigInteger.valueOf(BASE_FEE),
            new Hash(RANDOM.toBytes32()),
            rules);
  }

  private static Address address(org.fondaco.chain.word.Address address) {
    return new Address(address.toBytes());
  }

  @Override
  public void put(org.fondaco.chain.word.Address address, long nonce, long balance, byte[] code) {
    state.setNonce(address(address), BigInteger.valueOf(nonce));
    state.setBalance(address(address), BigInteger.valueOf(balance));
    if (code.length > 0) {
      state.setCode(address(address), code);
    }
  }

  @Override
  public void begin() {
    state.finalizeChanges();
  }

  @Override
  public Run run(
      org.fondaco.chain.word.Address from,
      org.fondaco.chain.word.@Nullable Address to,
      long value,
      byte[] input,
      long gas) {
    byte[] name = new byte[32];
    name[31] = (byte) ++transactions;
    name[30] = (byte) (transactions >> 8);
    Hash transaction = new Hash(name);
    state.setTxContext(transaction, transactions);
    @Nullable Address callee = to == null ? null : address(to);
    if (callee == null) { // libevm takes one off again before it creates
      state.setNonce(address(from), state.getNonce(address(from)).add(BigInteger.ONE));
    }
    state.accessSetup(address(from), callee, address(COINBASE), rules);
    InvocationResult result =
        io.horizen.evm.Evm.Apply(
            state,
            new Invocation(
                address(from),
                callee,
                BigInteger.valueOf(value),
                input,
                BigInteger.valueOf(gas),
                false),
            context);
    long refund = state.getRefund().longValue();
    List<String> logs = Arrays.stream(state.getLogs(transaction)).map(GethMachine::text).toList();
    state.finalizeChanges();
    boolean success = result.executionError.isEmpty();
    byte[] output = result.returnData;
    return new Run(
        success,
        result.reverted,
        Hex.encode(callee != null && (success || result.reverted) ? output : new byte[0]),
        result.leftOverGas.longValue(),
        refund,
        logs,
        Hex.encode(state.getIntermediateRoot().toBytes()));
  }

  private static String text(EvmLog log) {
    return Hex.encode(log.address.toBytes())
        + " "
        + Arrays.stream(log.topics).map(topic -> Hex.encode(topic.toBytes())).toList()
        + " "
        + Hex.encode(log.data);
  }

  @Override
  public void close() {
    try {
      state.close();
      database.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
