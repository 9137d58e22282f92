package org.fondaco.custody.payout;

import java.math.BigInteger;
import java.util.List;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.guard.Anchor;
import org.fondaco.custody.key.Digest;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What differs between chains of outputs and chains of accounts. */
sealed interface Desk permits UtxoDesk, EvmDesk {

  /** True when the chain's nodes take a dearer transaction in a waiting one's place. */
  boolean replaces();

  /** Height of the node's best block. */
  long tip();

  /** Atoms that a payment of its own costs now; asks the node. */
  BigInteger paymentCost();

  /** Fees for a new group; asks the node. */
  Market market(GroupPlan plan, @Nullable House from);

  /** Fees for another attempt; asks the node. */
  Market market(CustodyGroupsRecord group, CustodyAttemptsRecord last);

  /** The first attempt of a group; throws PlanFailure. */
  Draft first(DSLContext t, GroupPlan plan, Market market);

  /**
   * Another attempt of a group, dearer than all before it; throws PlanFailure.
   *
   * @param cancel true for a self-spend
   */
  Draft next(
      DSLContext t,
      CustodyGroupsRecord group,
      List<CustodyAttemptsRecord> before,
      boolean cancel,
      Market market);

  /** The guard's name for an anchor. */
  Anchor anchor(List<String> parts, byte[] unsigned);

  /** What is signed. */
  List<Digest> digests(byte[] unsigned);

  /** Whether the signer has all keys. */
  boolean isOurs(DSLContext t, CustodyGroupsRecord group, byte[] unsigned);

  /** Signs; the guard has the digests. */
  Signed sign(@Nullable House from, byte[] unsigned);

  /** Takes signatures that were made elsewhere; throws IllegalArgumentException. */
  Signed imported(@Nullable House from, byte[] unsigned, byte[] raw);

  CoreNode.Sent send(String rawHex);

  /** True while the node has it, mined or not. */
  boolean knows(String txid);

  /** What a block does to groups that are open. */
  List<Sighting> sightings(DSLContext t, ChainBlock block);

  /** A signed transaction; the id as printed. */
  record Signed(byte[] raw, String txid) {}

  /** Something in a block that concerns a group. */
  sealed interface Sighting {
    long groupId();

    /**
     * An attempt is mined.
     *
     * @param succeeded null when a token moved otherwise than it was told
     * @param fee atoms that it cost
     */
    record Mined(
        long groupId, long attemptId, String txid, @Nullable Boolean succeeded, BigInteger fee)
        implements Sighting {}

    /**
     * The anchor was spent by something else, or can never be spent.
     *
     * @param why FOREIGN, OWN (another group of ours) or PARENT (an input will never exist)
     */
    record Conflict(long groupId, String txid, String why) implements Sighting {}
  }
}
