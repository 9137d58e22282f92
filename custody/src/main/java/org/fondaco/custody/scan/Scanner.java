package org.fondaco.custody.scan;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.chain.NodeUnavailable;
import org.fondaco.custody.chain.RpcError;
import org.fondaco.custody.leader.Transactions;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Follows one chain: each {@link #step} writes one block with all that it does to custody's money,
 * or undoes the blocks of a branch that the node has left, in transactions that move the cursor.
 * Only another hash at a scanned height, with a branch that holds together, is a reorganisation; a
 * node that is away, behind or contradicts itself is waited for. Steps are for one thread.
 */
public final class Scanner {
  private static final Logger LOG = System.getLogger(Scanner.class.getName());
  private static final int BLOCKS_A_LOG_LINE = 1_000;

  private final ChainName chain;
  private final ChainSettings settings;
  private final ChainSource source;
  private final ScanParties parties;
  private final Transactions transactions;
  private final InstantSource clock;
  private final WatchList watched;
  private final BlockReader reader;

  private volatile ScanStatus status;
  private boolean identified;

  /** For a chain of outputs. */
  public Scanner(
      ChainSettings settings,
      CoreNode node,
      ScanParties parties,
      Transactions transactions,
      InstantSource clock) {
    this(
        settings,
        new ChainSource.Core(node),
        new OutputReader(settings, parties, clock),
        parties,
        transactions,
        clock);
  }

  /** For a chain of accounts. */
  public Scanner(
      ChainSettings settings,
      EvmNode node,
      ScanParties parties,
      Transactions transactions,
      InstantSource clock) {
    this(
        settings,
        new ChainSource.Evm(node),
        new AccountReader(settings, parties, clock),
        parties,
        transactions,
        clock);
  }

  private Scanner(
      ChainSettings settings,
      ChainSource source,
      BlockReader reader,
      ScanParties parties,
      Transactions transactions,
      InstantSource clock) {
    this.chain = settings.chain();
    this.settings = settings;
    this.source = source;
    this.reader = reader;
    this.parties = parties;
    this.transactions = transactions;
    this.clock = clock;
    this.watched = new WatchList(chain);
    this.status = new ScanStatus(chain, ScanStatus.State.WAITING, -1, -1, "not started");
  }

  /** Where it stands; for any thread. */
  public ScanStatus status() {
    return status;
  }

  /**
   * Goes on by one block, or to the fork of a reorganisation.
   *
   * @return false when there is nothing to do now; the status says why
   */
  public boolean step() {
    try {
      if (!identified) {
        identify();
        identified = true;
      }
      return advance();
    } catch (NodeUnavailable | RpcError e) {
      // Another node may answer at this address next time.
      identified = false;
      return waits("the node does not answer: " + String.valueOf(e.getMessage()));
    } catch (ChainContradiction e) {
      halt(String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** Proves that the node serves the chain that was pinned, or pins it. */
  private void identify() {
    String identity = source.identity();
    Cursors.Row row = transactions.result(t -> Cursors.read(t, chain));
    if (row == null) {
      begin(identity);
      return;
    }
    if (!row.identity().equals(identity)) {
      throw new NodeUnavailable(
          "it serves another chain: %s, expected %s".formatted(identity, row.identity()));
    }
    String block1 = row.block1();
    if (block1 != null) {
      String served = source.blockHash(1).orElse("none");
      if (!served.equals(block1)) {
        throw new NodeUnavailable(
            "it serves another chain: block 1 is %s, expected %s".formatted(served, block1));
      }
    }
    transactions.run(t -> settings.assets().forEach(a -> Cursors.asset(t, a.asset())));
  }

  private void begin(String identity) {
    long height = settings.start() == ChainSettings.TIP ? source.tip() : settings.start();
    String hash =
        source
            .blockHash(height)
            .orElseThrow(() -> new NodeUnavailable("it has no block " + height + " to begin at"));
    ChainBlock first =
        source
            .block(hash)
            .orElseThrow(() -> new NodeUnavailable("it has no block " + hash + " to begin at"));
    String fault = ChainSource.fault(first, height, hash, first.parent()).orElse("");
    if (!fault.isEmpty()) {
      throw new NodeUnavailable(fault);
    }
    transactions.run(t -> {
      Cursors.create(t, chain, identity, first);
      settings.assets().forEach(a -> Cursors.asset(t, a.asset()));
    });
    LOG.log(Level.INFO, "{0}: begins after block {1,number} of {2}", chain, height, identity);
  }

  private boolean advance() {
    Cursors.Row row = transactions.result(t -> Cursors.read(t, chain));
    if (row == null) {
      throw new ChainContradiction("the row of " + chain + " is gone");
    }
    BlockReference cursor = row.cursor();
    long tip = source.tip();
    if (row.halted() != null) {
      status = new ScanStatus(chain, ScanStatus.State.HALTED, cursor.height(), tip, row.halted());
      return false;
    }
    status = new ScanStatus(chain, status.state(), cursor.height(), tip, status.explanation());
    long common = Math.min(tip, cursor.height());
    BlockReference scanned = scanned(common);
    if (scanned == null) {
      return waits("the node ends at %,d, before custody began".formatted(tip));
    }
    Optional<String> served = source.blockHash(common);
    if (served.isEmpty()) {
      return waits(
          "the node says that it has %,d blocks, and has no block %,d".formatted(tip, common));
    }
    if (!served.get().equals(scanned.hash())) {
      return reorganise(row, common);
    }
    if (tip < cursor.height()) {
      return waits(
          "the node is behind: it ends at %,d, custody was at %,d".formatted(tip, cursor.height()));
    }
    return tip == cursor.height() ? follows() : connect(row, tip);
  }

  private boolean follows() {
    status = new ScanStatus(chain, ScanStatus.State.FOLLOWING, status.cursor(), status.tip(), "");
    return false;
  }

  private boolean connect(Cursors.Row row, long tip) {
    BlockReference cursor = row.cursor();
    long height = cursor.height() + 1;
    Optional<String> hash = source.blockHash(height);
    if (hash.isEmpty()) {
      return waits(
          "the node says that it has %,d blocks, and has no block %,d".formatted(tip, height));
    }
    Optional<? extends ChainBlock> found = source.block(hash.get());
    if (found.isEmpty()) {
      return waits("the node does not have its own block " + hash.get());
    }
    ChainBlock block = found.get();
    Optional<String> fault = ChainSource.fault(block, height, hash.get(), cursor.hash());
    if (fault.isPresent()) {
      // It may have reorganised between two answers; then the next step finds another hash.
      return waits("the node contradicts itself: " + fault.get());
    }
    boolean connected = transactions.result(t -> connected(t, row, block));
    status = new ScanStatus(chain, ScanStatus.State.FOLLOWING, height, tip, "");
    if (height % BLOCKS_A_LOG_LINE == 0 && tip - height >= BLOCKS_A_LOG_LINE) {
      LOG.log(Level.INFO, "{0}: at block {1,number} of {2,number}", chain, height, tip);
    }
    return connected;
  }

  private boolean connected(DSLContext t, Cursors.Row row, ChainBlock block) {
    if (!Cursors.holds(t, chain, row.cursor())) {
      return false;
    }
    watched.refresh(t);
    BlockReference cursor = new BlockReference(block.height(), block.hash());
    Cursors.insertBlock(t, chain, block);
    Cursors.move(t, chain, cursor);
    if (row.block1() == null && block.height() > settings.maxReorg()) {
      BlockReference first = Cursors.scanned(t, chain, 1);
      if (first != null) {
        Cursors.pin(t, chain, first.hash());
      }
    }
    reader.connect(t, block, watched);
    for (BlockFollower follower : parties.followers()) {
      follower.connected(t, chain, block);
    }
    parties.findings().connected(t, chain, cursor);
    return true;
  }

  /** The node shows another hash at a scanned height: finds the fork, checks the branch, undoes. */
  private boolean reorganise(Cursors.Row row, long common) {
    long deepest = Math.max(0, row.highest() - settings.maxReorg());
    long fork = common - 1;
    while (fork >= deepest && !agrees(fork)) {
      fork--;
    }
    BlockReference forkBlock = fork < deepest ? null : scanned(fork);
    String fault =
        forkBlock == null
            ? branchFault(deepest, source.blockHash(deepest).orElse("none"), common)
            : branchFault(fork, forkBlock.hash(), common);
    if (!fault.isEmpty()) {
      return waits("the node contradicts itself: " + fault);
    }
    if (forkBlock == null) {
      throw new ChainContradiction(
          "the node has left the chain that custody knows by more than %,d blocks below %,d; who resumes it accepts the node's branch"
              .formatted(settings.maxReorg(), row.highest()));
    }
    LOG.log(
        Level.WARNING,
        "{0}: reorganisation, {1,number} blocks are undone to {2}",
        chain,
        row.cursor().height() - fork,
        forkBlock);
    BlockReference top = row.cursor();
    while (top.height() > fork) {
      BlockReference parent = scanned(top.height() - 1);
      BlockReference leaves = top;
      if (parent == null) {
        throw new ChainContradiction("the row of block " + (top.height() - 1) + " is missing");
      }
      if (!transactions.result(t -> disconnected(t, leaves, parent))) {
        return true;
      }
      top = parent;
      status = new ScanStatus(chain, ScanStatus.State.FOLLOWING, top.height(), status.tip(), "");
    }
    return true;
  }

  private boolean agrees(long height) {
    BlockReference scanned = scanned(height);
    return scanned == null || source.blockHash(height).equals(Optional.of(scanned.hash()));
  }

  /** Why the node's other branch does not hold together, empty when it does. */
  private String branchFault(long fork, String forkHash, long common) {
    String parent = forkHash;
    for (long height = fork + 1; height <= common; height++) {
      Optional<String> hash = source.blockHash(height);
      Optional<? extends ChainBlock> block =
          hash.isEmpty() ? Optional.empty() : source.block(hash.get());
      if (hash.isEmpty() || block.isEmpty()) {
        return "block %,d of its other branch is missing".formatted(height);
      }
      Optional<String> fault = ChainSource.fault(block.get(), height, hash.get(), parent);
      if (fault.isPresent()) {
        return fault.get();
      }
      parent = hash.get();
    }
    return "";
  }

  private boolean disconnected(DSLContext t, BlockReference leaves, BlockReference parent) {
    if (!Cursors.holds(t, chain, leaves)) {
      return false;
    }
    Cursors.deleteBlock(t, chain, leaves.height());
    Cursors.move(t, chain, parent);
    for (BlockFollower follower : parties.followers()) {
      follower.disconnected(t, chain, leaves);
    }
    parties.findings().disconnected(t, chain, leaves);
    reader.disconnect(t, leaves);
    return true;
  }

  private @Nullable BlockReference scanned(long height) {
    return transactions.result(t -> Cursors.scanned(t, chain, height));
  }

  private boolean waits(String why) {
    ScanStatus before = status;
    status = new ScanStatus(chain, ScanStatus.State.WAITING, before.cursor(), before.tip(), why);
    if (!why.equals(before.explanation())) {
      LOG.log(Level.WARNING, "{0}: waits, {1}", chain, why);
    }
    return false;
  }

  private void halt(String why) {
    Instant now = clock.instant();
    transactions.run(t -> Cursors.halt(t, chain, why, now));
    status = new ScanStatus(chain, ScanStatus.State.HALTED, status.cursor(), status.tip(), why);
    LOG.log(Level.ERROR, "{0}: halted, {1}", chain, why);
  }

  /**
   * Lets a halted chain run again, in the transaction of the people who decided it.
   *
   * @param accepted blocks below the cursor that the node may have replaced, however many maxReorg
   *     is; 0 = no more than that
   */
  public void resume(DSLContext transaction, int accepted) {
    Cursors.Row row = Cursors.read(transaction, chain);
    if (row == null) {
      throw new IllegalStateException(chain + " was never started");
    }
    if (accepted > 0) {
      long deepest = row.cursor().height() - accepted;
      Cursors.lower(transaction, chain, deepest + settings.maxReorg());
    }
    Cursors.halt(transaction, chain, null, clock.instant());
  }
}
