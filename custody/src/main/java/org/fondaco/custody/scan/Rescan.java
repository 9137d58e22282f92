package org.fondaco.custody.scan;

import static org.fondaco.db.schema.Tables.CUSTODY_BALANCE_CHANGES;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

/**
 * Reads a chain again from a height to the cursor, beside the scanner, for addresses that were not
 * watched when its blocks were read or that lie before the first of them. What has its rows already
 * is left alone, so a deposit is found once however often its block is read. Survives a restart.
 * For the thread of the chain's scanner.
 */
public final class Rescan {
  private static final Logger LOG = System.getLogger(Rescan.class.getName());

  private final ChainName chain;
  private final ChainSource source;
  private final BlockReader reader;
  private final Findings findings;
  private final Transactions transactions;
  private final InstantSource clock;
  private WatchList watched;
  private String previous = "";

  /** For a chain of outputs. */
  public Rescan(
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
  public Rescan(
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

  private Rescan(
      ChainSettings settings,
      ChainSource source,
      BlockReader reader,
      ScanParties parties,
      Transactions transactions,
      InstantSource clock) {
    this.chain = settings.chain();
    this.source = source;
    this.reader = reader;
    this.findings = parties.findings();
    this.transactions = transactions;
    this.clock = clock;
    this.watched = new WatchList(chain);
  }

  /**
   * Asks for it, in the caller's transaction. Value of an account chain that was found by balance
   * only is forgotten: its own transaction may be read now, and what is left is found again.
   *
   * @param height blocks above it are read
   * @throws IllegalArgumentException when the chain is not that far
   */
  public void begin(DSLContext t, long height) {
    Cursors.Row row = Cursors.read(t, chain);
    if (row == null || height < 0 || height > row.cursor().height()) {
      throw new IllegalArgumentException(
          row == null
              ? chain + " has not been read yet"
              : "a height of 0 to " + row.cursor().height());
    }
    t.deleteFrom(CUSTODY_BALANCE_CHANGES)
        .where(CUSTODY_BALANCE_CHANGES.CHAIN.eq(chain.name()))
        .and(CUSTODY_BALANCE_CHANGES.TXID.isNull())
        .execute();
    Cursors.rescan(t, chain, height + 1);
  }

  /** Reads one block again; false when there is none, or the node has to be waited for. */
  public boolean step() {
    Cursors.Row row = transactions.result(t -> Cursors.read(t, chain));
    if (row == null || row.rescanNext() == null || row.halted() != null) {
      return false;
    }
    long next = row.rescanNext();
    try {
      return next > row.cursor().height() ? ended(row) : again(row, next);
    } catch (NodeUnavailable | RpcError e) {
      LOG.log(Level.DEBUG, "{0}: reading {1,number} again: {2}", chain, next, e.getMessage());
      return false;
    } catch (ChainContradiction e) {
      String why = "reading block %,d again: %s".formatted(next, e.getMessage());
      transactions.run(t -> Cursors.halt(t, chain, why, clock.instant()));
      LOG.log(Level.ERROR, "{0}: halted, {1}", chain, why);
      return false;
    }
  }

  private boolean again(Cursors.Row row, long height) {
    Optional<String> hash = source.blockHash(height);
    BlockReference scanned = transactions.result(t -> Cursors.scanned(t, chain, height));
    if (hash.isEmpty() || scanned != null && !scanned.hash().equals(hash.get())) {
      // The scanner is about to find out why.
      return false;
    }
    Optional<? extends ChainBlock> found = source.block(hash.get());
    if (found.isEmpty()) {
      return false;
    }
    ChainBlock block = found.get();
    String parent = previous.isEmpty() ? block.parent() : previous;
    Optional<String> fault = ChainSource.fault(block, height, hash.get(), parent);
    if (fault.isPresent()) {
      throw new ChainContradiction(fault.get());
    }
    boolean read =
        transactions.result(t -> {
          if (!Cursors.holds(t, chain, row.cursor())) {
            return false;
          }
          watched.refresh(t);
          reader.again(t, block, watched);
          Cursors.rescan(t, chain, height + 1);
          return true;
        });
    previous = read ? hash.get() : "";
    return read;
  }

  private boolean ended(Cursors.Row row) {
    boolean ended =
        transactions.result(t -> {
          if (!Cursors.holds(t, chain, row.cursor())) {
            return false;
          }
          Cursors.rescan(t, chain, null);
          findings.connected(t, chain, row.cursor());
          return true;
        });
    previous = "";
    watched = new WatchList(chain);
    LOG.log(Level.INFO, "{0}: was read again up to {1}", chain, row.cursor());
    return ended;
  }
}
