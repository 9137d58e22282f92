package org.fondaco.chain.utxo.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;

class BlockFilterTest {
  private final SplittableRandom random = new SplittableRandom(3);

  private byte[] script() {
    byte[] script = new byte[random.nextInt(1, 40)];
    random.nextBytes(script);
    // Not OP_RETURN.
    script[0] = 0x51;
    return script;
  }

  private static Block block(List<byte[]> scripts) {
    List<Output> outputs = scripts.stream().map(script -> new Output(1, script)).toList();
    Transaction transaction =
        new Transaction(1, List.of(new Input(OutPoint.NULL, new byte[2], 0)), outputs, 0);
    return new Block(new BlockHeader(1, Hash.ZERO, Hash.ZERO, 1, 2, 3), List.of(transaction));
  }

  @Test
  void everyScriptOfTheBlockIsFoundAndHardlyAnother() {
    List<byte[]> paid = new ArrayList<>();
    List<byte[]> spent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      paid.add(script());
      spent.add(script());
    }
    Block block = block(paid);
    BlockFilter filter = BlockFilter.of(block, spent);
    BlockFilter received = BlockFilter.decoded(block.header().hash(), filter.encoded());
    paid.forEach(script -> assertThat(received.matchesAny(List.of(script))).isTrue());
    spent.forEach(script -> assertThat(received.matchesAny(List.of(script))).isTrue());
    int wrong = 0;
    for (int i = 0; i < 1_000; i++) {
      byte[] other = new byte[50];
      random.nextBytes(other);
      wrong += received.matchesAny(List.of(other)) ? 1 : 0;
    }
    assertThat(wrong).isLessThan(5);
  }

  @Test
  void dataAndNothingAreLeftOut() {
    Block block = block(List.of(new byte[0], new byte[] {0x6a, 1, 2}));
    BlockFilter filter = BlockFilter.of(block, List.of(new byte[0]));
    assertThat(filter.encoded()).containsExactly(0);
    assertThat(filter.matchesAny(List.of(new byte[] {0x51}))).isFalse();
  }

  @Test
  void aFilterThatEndsTooEarlyIsRefused() {
    BlockFilter filter = BlockFilter.decoded(Hash.ZERO, new byte[] {5, 1});
    assertThatThrownBy(() -> filter.matchesAny(List.of(new byte[] {1})))
        .isInstanceOf(WireException.class);
  }
}
