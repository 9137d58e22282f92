package org.fondaco.custody.scan;

import java.util.List;
import org.fondaco.custody.chain.ChainName;
import org.jooq.DSLContext;

/** Takes what the scanner finds, in the transaction that moves the cursor. */
public interface Findings {

  /** Money came in; called once for each key and block. */
  void received(DSLContext transaction, Received received);

  /** All that came in by one block, in the block's order, at once. */
  default void received(DSLContext transaction, List<Received> all) {
    all.forEach(one -> received(transaction, one));
  }

  /** All of the block was told, and the cursor is there. */
  void connected(DSLContext transaction, ChainName chain, BlockReference block);

  /** The block has left the chain, and the cursor is at its parent. */
  void disconnected(DSLContext transaction, ChainName chain, BlockReference block);
}
