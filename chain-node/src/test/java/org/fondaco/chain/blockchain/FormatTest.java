package org.fondaco.chain.blockchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.MemoryStore;
import org.junit.jupiter.api.Test;

/** What chain-format-1 has written must be read for ever, and is still what is written. */
class FormatTest {
  private static final HexFormat HEX = HexFormat.of();

  static List<String> dump() {
    MemoryStore store = new MemoryStore();
    Chains.init(store, TestChain.genesis(TestChain.INSTANT));
    Blockchain chain = Chains.open(store, new InstantSeal());
    RandomBlocks blocks = new RandomBlocks(new Random(1));
    chain.insert(blocks.on(chain, chain.head(), 2, List.of()));
    chain.insert(blocks.on(chain, chain.head(), 2, List.of()));
    List<String> lines = new ArrayList<>();
    store.each(
        new byte[0], (key, value) -> lines.add(HEX.formatHex(key) + " " + HEX.formatHex(value)));
    return lines;
  }

  private static List<String> golden() throws IOException {
    try (InputStream input = FormatTest.class.getResourceAsStream("chain-format-1.txt")) {
      return new String(Objects.requireNonNull(input).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  @Test
  void theStoreIsWrittenAsEver() throws IOException {
    assertThat(dump()).isEqualTo(golden());
  }

  @Test
  void theOldStoreIsReadAndGoesOn() throws IOException {
    MemoryStore store = new MemoryStore();
    Batch batch = Batch.durable();
    for (String line : golden()) {
      int space = line.indexOf(' ');
      batch.put(HEX.parseHex(line.substring(0, space)), HEX.parseHex(line.substring(space + 1)));
    }
    store.write(batch);
    Blockchain chain = Chains.open(store, new InstantSeal());
    assertThat(chain.head().number()).isEqualTo(2);
    ChainCheck.check(chain);
    RandomBlocks blocks = new RandomBlocks(new Random(2));
    assertThat(chain.insert(blocks.on(chain, chain.head(), 2, List.of())))
        .isEqualTo(new Blockchain.Insertion.Head());
  }
}
