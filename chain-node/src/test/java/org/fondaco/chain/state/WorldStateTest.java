package org.fondaco.chain.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;

class WorldStateTest {
  private static final Address ALICE = Address.of(1_000);
  private static final Address BOB = Address.of(1_001);

  @Test
  void theEmptyStateHasTheKnownRoot() {
    assertThat(new MemoryState().root())
        .isEqualTo(
            Hash.parse("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"));
  }

  @Test
  void everythingARevertUndoes() {
    MemoryState before = new MemoryState();
    before.put(ALICE, new StoredAccount(3, U256.of(50), new Code(new byte[] {1})));
    before.putStorage(ALICE, true, Map.of(U256.ONE, U256.of(7)));
    Random random = new Random(44);
    for (int round = 0; round < 200; round++) {
      WorldState state = new WorldState(before);
      int snapshot = state.snapshot();
      for (int i = 0; i < 30; i++) {
        change(state, random);
      }
      state.revertTo(snapshot);
      assertThat(state.refund()).isZero();
      assertThat(state.logs()).isEmpty();
      assertThat(state.warm(ALICE)).isTrue();
      assertThat(state.warm(ALICE, U256.ONE)).isTrue();
      assertThat(state.transientStorage(BOB, U256.ONE)).isEqualTo(U256.ZERO);
      state.endTransaction(round % 2 == 0);
      MemoryState after = before.copy();
      state.writeTo(after);
      assertThat(after.root()).isEqualTo(before.root());
    }
  }

  private static void change(WorldState state, Random random) {
    Address address = random.nextBoolean() ? ALICE : BOB;
    U256 key = U256.of(random.nextInt(3));
    switch (random.nextInt(10)) {
      case 0 -> state.addBalance(address, U256.of(random.nextInt(9)));
      case 1 -> state.setNonce(address, random.nextInt(9));
      case 2 -> state.setCode(address, new Code(new byte[] {2, 3}));
      case 3 -> state.setStorage(address, key, U256.of(random.nextInt(3)));
      case 4 -> state.create(address);
      case 5 -> state.addLog(new Log(address, List.of(key), new byte[1]));
      case 6 -> state.addRefund(random.nextInt(100) - 50);
      case 7 -> state.setTransientStorage(address, key, U256.ONE);
      case 8 -> assertThat(state.destroy(address) || state.isDestroyed(address)).isTrue();
      default -> assertThat(state.warm(address) | state.warm(address, key)).isIn(true, false);
    }
  }

  @Test
  void originalValuesAreThoseFromBeforeTheTransaction() {
    WorldState state = new WorldState(new MemoryState());
    state.addBalance(ALICE, U256.ONE);
    state.setStorage(ALICE, U256.ONE, U256.of(5));
    assertThat(state.originalStorage(ALICE, U256.ONE)).isEqualTo(U256.ZERO);
    state.endTransaction(true);
    assertThat(state.originalStorage(ALICE, U256.ONE)).isEqualTo(U256.of(5));
  }

  @Test
  void emptyAccountsThatWereTouchedEndWithTheTransaction() {
    WorldState state = new WorldState(new MemoryState());
    state.touch(ALICE);
    state.addBalance(BOB, U256.ONE);
    state.endTransaction(true);
    assertThat(state.exists(ALICE)).isFalse();
    assertThat(state.exists(BOB)).isTrue();
  }

  @Test
  void jumpsLandOnDestinationsThatAreNoData() {
    Code code = new Code(new byte[] {0x5b, 0x60, 0x5b, 0x5b, 0x7f, 0x5b});
    assertThat(List.of(0, 1, 2, 3, 4, 5, 6, -1).stream().filter(code::isDestination))
        .containsExactly(0, 3);
  }
}
