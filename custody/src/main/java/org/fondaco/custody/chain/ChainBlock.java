package org.fondaco.custody.chain;

/**
 * A block as custody reads it. Hashes are 32 bytes in lower-case hexadecimal, as the node prints.
 */
public sealed interface ChainBlock permits CoreBlock, EvmBlock {

  long height();

  String hash();

  /** Hash of the block before; the genesis block has 64 zeros. */
  String parent();

  /** Seconds since 1970, of the header. */
  long time();
}
