package org.fondaco.engine.host;

import org.agrona.DirectBuffer;

/**
 * A follower of the synced journal that keeps its own watermark durably, such as the projector into
 * PostgreSQL. Called by the replica thread only; it may block and may be slow: trading does not
 * wait for it. Groups at or below {@link #watermark()} are never delivered.
 */
public interface Projection {

  /** Sequence up to and including which everything is committed; 0 at birth. */
  long watermark();

  /**
   * One whole group.
   *
   * @param sequence journal sequence of the command
   * @param time engine time, microseconds
   * @param events SBE events back to back, each preceded by its length as a little-endian int
   */
  void group(long sequence, long time, DirectBuffer events, int offset, int length);

  /**
   * The group that was delivered last holds a Mark; {@link #commit()} follows before another group,
   * so that the store can be compared with the engine at this sequence.
   *
   * @param sequence of the Mark
   * @param hashHigh with hashLow the {@link org.fondaco.engine.core.LedgerHash} of all balances
   */
  default void marked(long sequence, long hashHigh, long hashLow) {}

  /**
   * Makes everything delivered so far durable in one transaction with the watermark, now.
   *
   * @throws ProjectionUnavailable when the store cannot be reached; the replica calls again later
   *     and delivers nothing new until it succeeds
   */
  void commit() throws ProjectionUnavailable;

  /** The projection's store cannot be reached for now. */
  final class ProjectionUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public ProjectionUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
