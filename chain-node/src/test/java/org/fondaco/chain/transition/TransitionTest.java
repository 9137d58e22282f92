package org.fondaco.chain.transition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.MemoryState;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transition.Outcome.Reason;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a simulated call differs from a transaction, which the official vectors check. */
class TransitionTest {
  private static final Address SENDER = Address.of(0x5e4d);
  private static final Address CONTRACT = Address.of(0xc0de);
  private static final U256 BASE_FEE = U256.of(1_000);

  private final MemoryState before = new MemoryState();

  @Test
  void aSimulationAsksForNoNonceNoFeeAndNoKey() {
    // The sender is a contract with nonce 7 and without money.
    put(SENDER, 7, 0, "00");
    // Reverts with its base fee: BASEFEE PUSH0 MSTORE PUSH1 32 PUSH0 REVERT
    put(CONTRACT, 1, 0, "485f5260205ffd");
    Call call = call(CONTRACT, 3, 0, 0, 50_000);
    assertThat(apply(call)).isEqualTo(new Outcome.Invalid(Reason.FEE_BELOW_BASE_FEE));
    Outcome.Executed executed = (Outcome.Executed) simulate(call);
    assertThat(executed.result().success()).isFalse();
    assertThat(executed.result().halt()).isNull();
    assertThat(U256.fromBytes(executed.result().output())).isEqualTo(U256.ZERO);
    assertThat(executed.gasUsed()).isEqualTo(21_000 + 2 + 2 + 6 + 3 + 2);
  }

  @Test
  void aSimulationWithAFeeSeesTheBaseFeeAndNeedsTheMoney() {
    put(CONTRACT, 1, 0, "485f5260205ff3");
    put(SENDER, 0, 50_000_000, "");
    Outcome.Executed executed = (Outcome.Executed) simulate(call(CONTRACT, 0, 1_000, 0, 50_000));
    assertThat(U256.fromBytes(executed.result().output())).isEqualTo(BASE_FEE);
    assertThat(simulate(call(CONTRACT, 0, 1_001, 0, 50_000)))
        .isEqualTo(new Outcome.Invalid(Reason.INSUFFICIENT_FUNDS));
    assertThat(simulate(call(CONTRACT, 0, 999, 0, 50_000)))
        .isEqualTo(new Outcome.Invalid(Reason.FEE_BELOW_BASE_FEE));
    assertThat(simulate(call(CONTRACT, 0, 0, 50_000_001, 50_000)))
        .isEqualTo(new Outcome.Invalid(Reason.INSUFFICIENT_FUNDS));
    assertThat(simulate(call(CONTRACT, 0, 0, 0, 20_999)))
        .isEqualTo(new Outcome.Invalid(Reason.GAS_BELOW_INTRINSIC));
  }

  @Test
  void aSimulatedCreationTakesTheSendersNextNonce() {
    put(SENDER, 7, 0, "");
    // Init code that returns its address: ADDRESS PUSH0 MSTORE PUSH1 32 PUSH0 RETURN
    Call call = call(null, 0, 0, 0, 100_000);
    Outcome.Executed executed = (Outcome.Executed) simulate(call);
    assertThat(U256.fromBytes(executed.result().output()).toAddress())
        .isEqualTo(org.fondaco.chain.evm.Evm.contractAddress(SENDER, 7));
  }

  @Test
  void refundsAreTold() {
    put(SENDER, 0, 0, "");
    put(CONTRACT, 1, 0, "5f5f55"); // clears slot 0
    before.putStorage(CONTRACT, true, java.util.Map.of(U256.ZERO, U256.ONE));
    Outcome.Executed executed = (Outcome.Executed) simulate(call(CONTRACT, 0, 0, 0, 50_000));
    assertThat(executed.gasRefunded()).isEqualTo(4_800);
    assertThat(executed.gasUsed()).isEqualTo(21_000 + 4 + 5_000 - 4_800);
  }

  private void put(Address address, long nonce, long balance, String code) {
    before.put(address, new StoredAccount(nonce, U256.of(balance), new Code(Hex.decode(code))));
  }

  private static Call call(@Nullable Address to, long nonce, long fee, long value, long gas) {
    byte[] input = to == null ? Hex.decode("305f5260205ff3") : new byte[0];
    return new Call(
        2,
        SENDER,
        nonce,
        U256.of(gas),
        to,
        U256.of(value),
        input,
        U256.of(fee),
        U256.ZERO,
        List.of(),
        U256.ZERO,
        List.of());
  }

  private Outcome apply(Call call) {
    return transition().apply(call, 30_000_000);
  }

  private Outcome simulate(Call call) {
    return transition().simulate(call);
  }

  private Transition transition() {
    BlockContext block =
        new BlockContext(
            Address.of(0xc01b),
            1,
            1,
            U256.ZERO,
            U256.of(30_000_000),
            BASE_FEE,
            U256.ONE,
            1,
            number -> Hash.ZERO);
    return new Transition(Rules.of(Fork.CANCUN), new WorldState(before), block);
  }
}
