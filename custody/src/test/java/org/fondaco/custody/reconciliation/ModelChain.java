package org.fondaco.custody.reconciliation;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.fondaco.custody.chain.ChainName;
import org.jooq.DSLContext;

/**
 * A chain as custody's tables and a node see it. Things happen in blocks and can be undone with
 * them; the node's state is kept apart from the tables.
 */
final class ModelChain {

  /** Something that a block can contain. */
  interface Event {
    /** Whether what it spends is there. */
    boolean possible();

    void connect(DSLContext t, long height, byte[] hash);

    void disconnect(DSLContext t);
  }

  /** A block with its events in order. */
  record Block(String hash, List<Event> events) {}

  final ChainName name;

  /** Atoms by output, or by {@code address|asset}, as the node has them at its head. */
  final Map<String, BigInteger> state = new TreeMap<>();

  final Deque<Block> blocks = new ArrayDeque<>();
  final List<Event> pending = new ArrayList<>();
  private final Random random;
  private int made;

  ModelChain(ChainName name, Random random) {
    this.name = name;
    this.random = random;
    blocks.push(new Block(newHash(), List.of()));
  }

  private String newHash() {
    return "%064x"
        .formatted(BigInteger.valueOf(++made).add(BigInteger.ONE.shiftLeft(name.ordinal() + 200)));
  }

  long height() {
    return blocks.size() - 1L;
  }

  String head() {
    return blocks.getFirst().hash();
  }

  Optional<String> hash(long height) {
    return blocks.stream().skip(height() - height).findFirst().map(Block::hash);
  }

  /**
   * Some of the pending events that are possible, as a block; rows and cursor in one transaction.
   */
  void mine(DSLContext t) {
    String hash = newHash();
    List<Event> included = new ArrayList<>();
    blocks.push(new Block(hash, included));
    byte[] bytes = HexFormat.of().parseHex(hash);
    for (Event event : List.copyOf(pending)) {
      if (random.nextInt(3) > 0 && event.possible()) {
        event.connect(t, height(), bytes);
        included.add(event);
        pending.remove(event);
      }
    }
    moveCursor(t);
  }

  /** Takes the last block off; its events may come again. */
  void undo(DSLContext t) {
    Block block = blocks.pop();
    block.events().reversed().forEach(event -> event.disconnect(t));
    pending.addAll(block.events());
    moveCursor(t);
  }

  private void moveCursor(DSLContext t) {
    t.execute(
        "update custody_chains set cursor_height = ?, cursor_hash = ? where chain = ?",
        height(),
        HexFormat.of().parseHex(head()),
        name.name());
  }

  void add(String key, BigInteger atoms) {
    state.merge(key, atoms, BigInteger::add);
  }
}
