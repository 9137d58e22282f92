package org.fondaco.chain.utxo.notify;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a subscriber may hear of, by Bitcoin Core's names. */
public enum Topic {
  /** Every block that came onto the chain, in its order. */
  HASHBLOCK,
  /** Every transaction that came into the pool, into a block, or out of a block. */
  HASHTX,
  /** As {@link #HASHBLOCK}, with the block's bytes. */
  RAWBLOCK,
  /** As {@link #HASHTX}, with the transaction's bytes. */
  RAWTX,
  /** Blocks that came and went, and transactions that came into the pool and left unconfirmed. */
  SEQUENCE;

  /** As subscribers write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The topics of a list with commas.
   *
   * @throws IllegalArgumentException if it is empty, or one is unknown
   */
  static Set<Topic> parse(String list) {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    for (String word : list.split(",", -1)) {
      topics.add(of(word.strip()));
    }
    return topics;
  }

  private static Topic of(String word) {
    for (Topic topic : values()) {
      if (topic.text().equals(word)) {
        return topic;
      }
    }
    throw new IllegalArgumentException(
        "topics=: one or more of hashblock,hashtx,rawblock,rawtx,sequence");
  }
}
