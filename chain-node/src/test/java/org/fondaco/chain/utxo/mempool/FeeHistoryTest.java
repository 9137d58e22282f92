package org.fondaco.chain.utxo.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;

/** What is said of fees, and when nothing is. */
class FeeHistoryTest {
  private final FeeHistory history = new FeeHistory();
  private final List<MempoolEntry> waiting = new ArrayList<>();
  private int made;

  /** Comes at a height and pays so much for 1,000 bytes. */
  private MempoolEntry enter(long rate, int height) {
    Input input = new Input(new OutPoint(Hash.ZERO, made++), new byte[0], 0);
    MempoolEntry entry =
        new MempoolEntry(
            new Transaction(2, List.of(input), List.of(), 0), rate, 1_000, 4, 0, height);
    history.entered(entry.txid());
    return entry;
  }

  private void confirm(long rate, int waited, int count) {
    for (int i = 0; i < count; i++) {
      history.confirmed(enter(rate, 100), 100 + waited);
    }
    history.blockEnded();
  }

  private long estimate(int target) {
    return history.estimate(target, waiting, 200).map(FeeRate::perKilobyte).orElse(-1L);
  }

  @Test
  void nothingIsSaidUntilEnoughWereSeen() {
    assertThat(estimate(2)).isEqualTo(-1);
    confirm(5_000, 1, 19);
    assertThat(estimate(2)).isEqualTo(-1);
    confirm(5_000, 1, 1);
    assertThat(estimate(2)).isEqualTo(5_000);
  }

  @Test
  void theLowestRateThatWasEnoughIsGiven() {
    confirm(9_000, 1, 30);
    confirm(4_000, 3, 30);
    confirm(1_000, 20, 30);
    assertThat(estimate(1)).isEqualTo(9_000);
    assertThat(estimate(2)).isEqualTo(9_000);
    assertThat(estimate(3)).isEqualTo(4_000);
    assertThat(estimate(25)).isEqualTo(1_000);
  }

  @Test
  void whatWaitsForTooLongSpeaksAgainstItsRate() {
    confirm(9_000, 1, 30);
    confirm(2_000, 1, 30);
    assertThat(estimate(2)).isEqualTo(2_000);
    for (int i = 0; i < 10; i++) {
      waiting.add(enter(2_000, 150));
    }
    assertThat(estimate(2)).isEqualTo(9_000);
    waiting.forEach(each -> history.left(each.txid()));
    assertThat(estimate(2)).isEqualTo(2_000);
  }

  @Test
  void oldBlocksAreForgotten() {
    confirm(9_000, 1, 30);
    for (int i = 0; i < 1_008; i++) {
      history.blockEnded();
    }
    assertThat(estimate(2)).isEqualTo(-1);
  }
}
