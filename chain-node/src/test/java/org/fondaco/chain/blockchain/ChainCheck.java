package org.fondaco.chain.blockchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;

/** What holds of a chain at every moment, also one that follows a crash. */
final class ChainCheck {
  private ChainCheck() {}

  static void check(Blockchain chain) {
    BlockHeader head = chain.head();
    assertThat(chain.state(head.stateRoot())).isNotNull();
    assertThat(chain.header(head.number() + 1)).as("nothing above the head").isNull();
    BlockHeader next = head;
    while (true) {
      Block block = Objects.requireNonNull(chain.block(next.number()), "block " + next.number());
      assertThat(block.hash()).isEqualTo(next.hash());
      assertThat(Objects.requireNonNull(chain.receipts(block.hash())))
          .hasSameSizeAs(block.transactions());
      for (int i = 0; i < block.transactions().size(); i++) {
        assertThat(chain.locate(block.transactions().get(i).hash()))
            .isEqualTo(new Blockchain.Location(block.hash(), block.number(), i));
      }
      if (next.number() == 0) {
        assertThat(next.hash()).isEqualTo(chain.genesis().hash());
        return;
      }
      next = Objects.requireNonNull(chain.header(next.parentHash()));
    }
  }
}
