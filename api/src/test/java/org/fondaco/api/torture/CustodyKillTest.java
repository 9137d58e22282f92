package org.fondaco.api.torture;

import java.nio.file.Path;
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
    } catch (Violation e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
