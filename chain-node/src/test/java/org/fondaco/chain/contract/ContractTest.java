package org.fondaco.chain.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.evm.TransactionContext;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.MemoryState;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;

/** The bundled contracts deploy on our own EVM and do there what they promise. */
class ContractTest {
  private static final Address OWNER = Address.parse("0x00000000000000000000000000000000000a11ce");
  private static final Address OTHER = Address.parse("0x0000000000000000000000000000000000000b0b");
  private static final BigInteger MILLION_DOLLARS = BigInteger.valueOf(1_000_000_000_000L);

  private final WorldState state = new WorldState(new MemoryState());
  private long nonce;

  @Test
  void theDollarMovesAndAnswersTrue() {
    Address dollar = deploy(Contract.DOLLAR, "Dollar", "USD", OWNER, MILLION_DOLLARS);
    Result moved = send(OWNER, dollar, Contract.DOLLAR, "transfer", OTHER, BigInteger.TWO);
    assertThat(U256.fromBytes(moved.output())).isEqualTo(U256.ONE);
    assertThat(number(dollar, Contract.DOLLAR, "balanceOf", OTHER)).isEqualTo(2);
    assertThat(number(dollar, Contract.DOLLAR, "decimals")).isEqualTo(6);
    assertThat(send(OTHER, dollar, Contract.DOLLAR, "mint", OTHER, BigInteger.TWO).success())
        .isFalse();
    assertThat(send(OWNER, dollar, Contract.DOLLAR, "mint", OTHER, BigInteger.TWO).success())
        .isTrue();
    assertThat(send(OTHER, dollar, Contract.DOLLAR, "burn", BigInteger.TWO).success()).isTrue();
    assertThat(number(dollar, Contract.DOLLAR, "totalSupply"))
        .isEqualTo(MILLION_DOLLARS.longValue());
  }

  @Test
  void tetherMovesAndAnswersNothing() {
    Address tether = deploy(Contract.TETHER, "Tether", "USDT", OWNER, MILLION_DOLLARS);
    Result moved = send(OWNER, tether, Contract.TETHER, "transfer", OTHER, BigInteger.TEN);
    assertThat(moved.success()).isTrue();
    assertThat(moved.output()).isEmpty();
    Result approved = send(OTHER, tether, Contract.TETHER, "approve", OWNER, BigInteger.TEN);
    assertThat(approved.output()).isEmpty();
    assertThat(send(OTHER, tether, Contract.TETHER, "approve", OWNER, BigInteger.ONE).success())
        .isFalse();
    assertThat(
            send(OWNER, tether, Contract.TETHER, "transferFrom", OTHER, OWNER, BigInteger.TEN)
                .output())
        .isEmpty();
    assertThat(number(tether, Contract.TETHER, "balanceOf", OTHER)).isZero();
  }

  @Test
  void tetherFreezesAndTakesItsFeeFromWhatArrives() {
    Address tether = deploy(Contract.TETHER, "Tether", "USDT", OWNER, MILLION_DOLLARS);
    BigInteger hundred = BigInteger.valueOf(100_000_000);
    send(OWNER, tether, Contract.TETHER, "transfer", OTHER, hundred);
    send(OWNER, tether, Contract.TETHER, "setParams", BigInteger.TEN, BigInteger.ONE);
    Address third = Address.of(3);
    send(OTHER, tether, Contract.TETHER, "transfer", third, hundred);
    assertThat(number(tether, Contract.TETHER, "balanceOf", third)).isEqualTo(99_900_000);

    send(OWNER, tether, Contract.TETHER, "addBlackList", third);
    assertThat(send(third, tether, Contract.TETHER, "transfer", OTHER, BigInteger.ONE).success())
        .isFalse();
    send(OWNER, tether, Contract.TETHER, "destroyBlackFunds", third);
    assertThat(number(tether, Contract.TETHER, "balanceOf", third)).isZero();
    assertThat(number(tether, Contract.TETHER, "totalSupply"))
        .isEqualTo(MILLION_DOLLARS.longValue() - 99_900_000);
  }

  @Test
  void aPieceHasItsOwnRoyaltyOrTheCollections() {
    BigInteger fivePercent = BigInteger.valueOf(500);
    Address pieces = deploy(Contract.COLLECTIBLE, "Pieces", "PCS", OWNER, fivePercent);
    send(OWNER, pieces, Contract.COLLECTIBLE, "mint", OTHER, "ipfs://1", OTHER, BigInteger.TEN);
    send(OWNER, pieces, Contract.COLLECTIBLE, "mint", OTHER, "ipfs://2", Address.ZERO, fivePercent);
    assertThat(royalty(pieces, Contract.COLLECTIBLE, 1)).isEqualTo(OTHER + " 10");
    assertThat(royalty(pieces, Contract.COLLECTIBLE, 2)).isEqualTo(OWNER + " 500");
    assertThat(number(pieces, Contract.COLLECTIBLE, "balanceOf", OTHER)).isEqualTo(2);
    send(OTHER, pieces, Contract.COLLECTIBLE, "burn", BigInteger.ONE);
    assertThat(send(OWNER, pieces, Contract.COLLECTIBLE, "burn", BigInteger.TWO).success())
        .isFalse();
    assertThat(number(pieces, Contract.COLLECTIBLE, "balanceOf", OTHER)).isEqualTo(1);
    for (String id : List.of("80ac58cd", "2a55205a", "49064906", "7965db0b")) {
      byte[] bytes = java.util.HexFormat.of().parseHex(id);
      assertThat(number(pieces, Contract.COLLECTIBLE, "supportsInterface", (Object) bytes))
          .as(id)
          .isEqualTo(1);
    }
  }

  @Test
  void anEditionEndsAtItsLastCopy() {
    Address works = deploy(Contract.EDITIONS, "Works", "WRK", OWNER, BigInteger.valueOf(500));
    BigInteger id = BigInteger.valueOf(7);
    byte[] none = new byte[0];
    assertThat(send(OWNER, works, Contract.EDITIONS, "mint", OTHER, id, id, none).success())
        .isFalse();
    send(OWNER, works, Contract.EDITIONS, "open", id, BigInteger.TEN, "ipfs://7", OTHER, id);
    send(OWNER, works, Contract.EDITIONS, "mint", OTHER, id, BigInteger.valueOf(9), none);
    assertThat(
            send(OWNER, works, Contract.EDITIONS, "mint", OTHER, id, BigInteger.TWO, none)
                .success())
        .isFalse();
    List<BigInteger> ids = List.of(id);
    send(OWNER, works, Contract.EDITIONS, "mintBatch", OTHER, ids, List.of(BigInteger.ONE), none);
    assertThat(number(works, Contract.EDITIONS, "balanceOf", OTHER, id)).isEqualTo(10);
    assertThat(royalty(works, Contract.EDITIONS, 7)).isEqualTo(OTHER + " 7");
    send(OTHER, works, Contract.EDITIONS, "burn", OTHER, id, BigInteger.TEN);
    assertThat(send(OWNER, works, Contract.EDITIONS, "mint", OTHER, id, id, none).success())
        .as("a burnt copy is not minted again")
        .isFalse();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThat(Contract.named("dollar")).contains(Contract.DOLLAR);
    assertThat(Contract.named("Cent")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Contract.DOLLAR.deployment(List.of("Dollar")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Contract.DOLLAR.call("fly", List.of()))
        .withMessageContaining("0 functions fly in Dollar");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Contract.COLLECTIBLE.call("safeTransferFrom", List.of()))
        .withMessageContaining("2 functions");
    assertThat(
            Contract.COLLECTIBLE.call(
                "safeTransferFrom(address,address,uint256)", List.of(OWNER, OTHER, BigInteger.ONE)))
        .startsWith(0x42, 0x84, 0x2e, 0x0e);
  }

  private Address deploy(Contract contract, Object... arguments) {
    byte[] data = contract.deployment(List.of(arguments));
    Address address = Evm.contractAddress(OWNER, nonce);
    state.setNonce(OWNER, ++nonce);
    Result result = run(Message.Kind.CREATE, OWNER, address, data);
    assertThat(result.success()).as("deploy %s", contract).isTrue();
    return address;
  }

  private Result send(
      Address from, Address to, Contract contract, String function, Object... arguments) {
    return run(Message.Kind.CALL, from, to, contract.call(function, List.of(arguments)));
  }

  private long number(Address to, Contract contract, String function, Object... arguments) {
    Result result = send(OTHER, to, contract, function, arguments);
    assertThat(result.success()).as(function).isTrue();
    return U256.fromBytes(result.output()).longValue();
  }

  /** Who gets how much of 10,000. */
  private String royalty(Address to, Contract contract, long id) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(BigInteger.valueOf(id));
    arguments.add(BigInteger.valueOf(10_000));
    byte[] output = send(OTHER, to, contract, "royaltyInfo", arguments.toArray()).output();
    return Address.fromBytes(output, 12) + " " + new BigInteger(output, 32, 32);
  }

  private Result run(Message.Kind kind, Address from, Address to, byte[] data) {
    BlockContext block =
        new BlockContext(
            Address.ZERO,
            1,
            1,
            U256.ZERO,
            U256.of(30_000_000),
            U256.ZERO,
            U256.ONE,
            1,
            number -> Hash.ZERO);
    TransactionContext transaction = new TransactionContext(from, U256.ONE, List.of());
    Evm evm = new Evm(Rules.of(Fork.CANCUN), state, block, transaction);
    Result result = evm.run(new Message(kind, from, to, to, U256.ZERO, data, 10_000_000, false));
    state.endTransaction(true);
    return result;
  }
}
