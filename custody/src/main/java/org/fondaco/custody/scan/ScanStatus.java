package org.fondaco.custody.scan;

import org.fondaco.custody.chain.ChainName;

/**
 * Where a scanner stands.
 *
 * @param cursor height of the last block whose rows are written, -1 before the first start
 * @param tip of the node when it was last asked, -1 = never
 * @param explanation for people; empty while it follows
 */
public record ScanStatus(ChainName chain, State state, long cursor, long tip, String explanation) {

  /** What it is doing. */
  public enum State {
    /** It reads blocks, or has read all. */
    FOLLOWING,
    /** The node is away, behind, or contradicts itself; nothing is signed meanwhile. */
    WAITING,
    /** A person has to decide. */
    HALTED
  }
}
