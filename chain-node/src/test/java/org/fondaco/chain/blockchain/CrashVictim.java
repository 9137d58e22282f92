package org.fondaco.chain.blockchain;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.store.RocksStore;

/** A process that mines, imports and reorganises until {@link CrashTest} kills it. */
final class CrashVictim {
  static final Genesis GENESIS = TestChain.genesis(TestChain.INSTANT);

  private CrashVictim() {}

  /** Takes a folder and a seed; a line on the standard output is a block that was taken. */
  public static void main(String[] args) {
    KeyValueStore store = RocksStore.open(Path.of(args[0]));
    Chains.init(store, GENESIS);
    Blockchain chain = Chains.open(store, new InstantSeal());
    Random random = new Random(Long.parseLong(args[1]));
    RandomBlocks blocks = new RandomBlocks(random);
    System.out.println("open");
    while (true) {
      BlockHeader head = chain.head();
      if (head.number() > 3 && random.nextInt(4) == 0) {
        fork(chain, blocks, random, head);
      } else {
        Block block = blocks.on(chain, head, 2, List.of());
        chain.insertSealed(block);
        System.out.println(block.hash());
      }
    }
  }

  /** Imports a longer chain from a few blocks back. */
  private static void fork(Blockchain chain, RandomBlocks blocks, Random random, BlockHeader head) {
    long back = random.nextInt(1, 4);
    BlockHeader parent = chain.header(head.number() - back);
    for (long i = 0; i <= back && parent != null; i++) {
      Block block = blocks.on(chain, parent, 2, List.of());
      chain.insert(block);
      System.out.println(block.hash());
      parent = block.header();
    }
  }
}
