package org.fondaco.custody;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.fondaco.custody.breaks.RestoreLock;
import org.fondaco.custody.chain.NodeUnavailable;
import org.fondaco.custody.chain.RpcError;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.scan.ScanStatus;

/**
 * After a restore a chain's thread scans and does nothing else until there is nothing more to scan.
 * For that thread only.
 */
final class RestoreGate {
  private static final Logger LOG = System.getLogger(RestoreGate.class.getName());

  private final BooleanSupplier syncing;
  private final Transactions transactions;
  private final InstantSource clock;
  private boolean open;

  /**
   * @param syncing whether the node itself does not have all blocks yet; asked as long as the gate
   *     is closed
   */
  RestoreGate(BooleanSupplier syncing, Transactions transactions, InstantSource clock) {
    this.syncing = syncing;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * True when the chain may sign.
   *
   * @param follows where the scanner stands, when it has read all that the node has
   */
  boolean opens(ScanStatus follows) {
    if (open) {
      return true;
    }
    if (transactions.<Boolean>result(t -> RestoreLock.holds(t, follows.chain()))) {
      if (!isAtTip(follows)) {
        return false;
      }
      transactions.run(
          t -> RestoreLock.release(t, follows.chain(), follows.cursor(), clock.instant()));
      LOG.log(
          Level.WARNING,
          "{0}: scanned to its tip at {1,number} after the restore, it signs again",
          follows.chain(),
          follows.cursor());
    }
    open = true;
    return true;
  }

  private boolean isAtTip(ScanStatus status) {
    try {
      return status.state() == ScanStatus.State.FOLLOWING
          && status.cursor() == status.tip()
          && !transactions.<Boolean>result(t -> RestoreLock.readsAgain(t, status.chain()))
          && !syncing.getAsBoolean();
    } catch (NodeUnavailable | RpcError e) {
      return false;
    }
  }
}
