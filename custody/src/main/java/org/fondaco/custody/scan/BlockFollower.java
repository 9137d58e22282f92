package org.fondaco.custody.scan;

import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.jooq.DSLContext;

/**
 * Hears of each block in the transaction that moves the cursor: what it writes is true exactly when
 * the cursor is there. Followers may read what the scanner wrote of the block, and must not ask a
 * node.
 */
public interface BlockFollower {

  /** The block is the cursor now. */
  void connected(DSLContext transaction, ChainName chain, ChainBlock block);

  /** The block has left the canonical chain; its parent is the cursor now. */
  void disconnected(DSLContext transaction, ChainName chain, BlockReference block);
}
