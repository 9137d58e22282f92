package org.fondaco.custody.chain;

/** Ways in which a model node is wrong, until it is told to be honest again. */
public enum Lie {
  NONE,
  /** No answer at all. */
  AWAY,
  /** Blocks state another height. */
  WRONG_HEIGHT,
  /** Blocks name another parent. */
  WRONG_PARENT,
  /** Blocks come with another hash than was asked for. */
  OTHER_BLOCK,
  /** Heights have hashes, hashes have no blocks. */
  MISSING_BLOCKS,
  /** The tip is some blocks back, everything else is true. */
  TIP_BACK,
  /** The tip is some blocks ahead of the last block. */
  TIP_AHEAD,
  /** Every height has a hash that no block has. */
  INVENTED_HASHES,
  /** Receipts are of another block; on chains of outputs a transaction comes twice. */
  WRONG_CONTENT
}
