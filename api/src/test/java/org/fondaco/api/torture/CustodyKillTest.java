package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exchange, stand-alone nodes and database are killed twenty times while money comes in, trades and
 * goes out; {@code ./fondaco torture} does the same for as long as one likes.
 */
class CustodyKillTest {
  private final long seed = Long.getLong("fondaco.seed", 20_261_128);
  private final int kills = Integer.getInteger("fondaco.kills", 20);

  @Test
  void moneyIsNeitherLostNorDoubled(@TempDir Path temporary) throws Exception {
    Path data = DemoFolder.at(temporary.resolve("data"));
    try (Torture torture = new Torture(data, seed, System.out)) {
      torture.play(number -> number <= kills);
      requireThatAWrongUnitIsSeen(torture);
    } catch (Violation e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** An audit that sees nothing proves nothing: it must see what has been made wrong on purpose. */
  private static void requireThatAWrongUnitIsSeen(Torture torture) throws Exception {
    String txid =
        torture
            .venue()
            .database()
            .rows(
                "update custody_deposits set units = units + 1 where deposit_id = (select"
                    + " min(deposit_id) from custody_deposits where account is not null)"
                    + " returning encode(txid, 'hex')")
            .getFirst();
    List<String> differences = torture.differences();
    assertThat(differences).anyMatch(line -> line.contains("in no block") && line.contains(txid));
    assertThat(differences).anyMatch(line -> line.contains("not in the history: " + txid));
    assertThat(differences).anyMatch(line -> line.contains("and must have"));
  }
}
