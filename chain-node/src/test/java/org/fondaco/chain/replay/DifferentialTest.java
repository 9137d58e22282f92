package org.fondaco.chain.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fondaco.chain.evm.Tracer;
import org.fondaco.chain.evm.Watch;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.replay.Machine.Run;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random programs that call each other run on our machine and on go-ethereum's, message after
 * message on the state that the last one left; everything that can be seen must be equal.
 */
class DifferentialTest {
  private static final long SEED = Long.getLong("fondaco.differential.seed", 20_261_128L);
  private static final int WORLDS = Integer.getInteger("fondaco.differential.worlds", 150);
  private static final int MESSAGES = 12;
  private static final Address SENDER = Address.of(0x5e4d);

  @ParameterizedTest
  @EnumSource(names = {"PARIS", "SHANGHAI"})
  void oursAndGethsMachineAgree(Fork fork) {
    int failed = 0;
    int ran = 0;
    for (int i = 0; i < WORLDS; i++) {
      long seed = SEED + i;
      // A traced run takes another way through the interpreter, and must end the same.
      Watch watch = i % 3 == 0 ? Watch.tracing(new Tracer() {}) : Watch.NONE;
      try (Machine ours = new OwnMachine(fork, watch);
          Machine geths = new GethMachine(fork == Fork.SHANGHAI)) {
        for (Run run : world(new Random(seed), seed, ours, geths)) {
          ran++;
          failed += run.success() ? 0 : 1;
        }
      }
    }
    assertThat(ran).isEqualTo(WORLDS * MESSAGES);
    // Neither machine is tested by programs that all fail, or that never do.
    assertThat(failed).isBetween(ran / 20, ran * 3 / 4);
  }

  private static List<Run> world(Random random, long seed, Machine ours, Machine geths) {
    List<Address> accounts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      accounts.add(Address.of(0xc0de00 + i));
    }
    List<Address> visible = new ArrayList<>(accounts);
    visible.add(SENDER);
    visible.add(Machine.COINBASE);
    visible.add(Address.of(0xdead));
    put(ours, geths, SENDER, 0, 1_000_000_000_000L, new byte[0]);
    for (Address account : accounts) {
      put(ours, geths, account, 1, random.nextInt(20), RandomProgram.of(random, visible));
    }
    ours.begin();
    geths.begin();
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      boolean creates = random.nextInt(5) == 0;
      @Nullable Address to = creates ? null : accounts.get(random.nextInt(accounts.size()));
      byte[] input = creates ? RandomProgram.of(random, visible) : new byte[random.nextInt(70)];
      if (!creates) {
        random.nextBytes(input);
      }
      long value = random.nextInt(3) == 0 ? random.nextInt(100) : 0;
      long gas = random.nextInt(5) == 0 ? random.nextInt(60_000) : 1_000_000;
      Run run = ours.run(SENDER, to, value, input, gas);
      assertThat(run)
          .as("seed %d, message %d to %s with %s, gas %d", seed, i, to, Hex.encode(input), gas)
          .isEqualTo(geths.run(SENDER, to, value, input, gas));
      runs.add(run);
    }
    return runs;
  }

  private static void put(
      Machine ours, Machine geths, Address address, long nonce, long balance, byte[] code) {
    ours.put(address, nonce, balance, code);
    geths.put(address, nonce, balance, code);
  }
}
