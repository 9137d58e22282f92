package org.fondaco.custody.simulation;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.fondaco.custody.chain.CoreNode.Sent;
import org.fondaco.custody.chain.NodeUnavailable;

/** What both chains' nodes do wrong with what they are handed, and what they have been handed. */
final class Nodes {
  /** Ids of all that custody has ever handed over, and of its twins. */
  final Set<String> own = new HashSet<>();

  /** Who takes raw transactions. */
  interface Node {
    Sent send(String raw);
  }

  private final Deaths deaths;
  private Random random = new Random(0);
  private int oneIn;

  Nodes(Deaths deaths) {
    this.deaths = deaths;
  }

  /** From now on one of so many sends goes wrong; 0 = none. */
  void careless(int sends, Random how) {
    oneIn = sends;
    random = how;
  }

  Sent send(String id, String raw, Node node) {
    deaths.worthyPoint();
    own.add(id);
    Sent sent = carelessly(raw, node);
    deaths.worthyPoint();
    return sent;
  }

  private Sent carelessly(String raw, Node node) {
    if (oneIn == 0 || random.nextInt(oneIn) > 0) {
      return node.send(raw);
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Sent(true, 0, "");
      case 1 -> new Sent(false, -26, "min relay fee not met");
      case 2 -> {
        node.send(raw);
        yield new Sent(false, -25, "nonce too low");
      }
      default -> {
        node.send(raw);
        throw new NodeUnavailable("the connection was reset");
      }
    };
  }
}
