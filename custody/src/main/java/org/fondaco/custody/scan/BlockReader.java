package org.fondaco.custody.scan;

import org.fondaco.custody.chain.ChainBlock;
import org.jooq.DSLContext;

/** Writes what a block does to custody's money, and takes it back. */
sealed interface BlockReader permits OutputReader, AccountReader {

  void connect(DSLContext transaction, ChainBlock block, WatchList watched);

  /** As {@link #connect} for a block that was read before: writes only what is not there yet. */
  void again(DSLContext transaction, ChainBlock block, WatchList watched);

  void disconnect(DSLContext transaction, BlockReference block);
}
