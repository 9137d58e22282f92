package org.fondaco.custody.payout;

/** What became of a plan. */
public sealed interface Planned {

  /** The group is written; its signature and its way follow by themselves. */
  record Group(long groupId) implements Planned {}

  /** Nothing was written. */
  record Impossible(Reason reason, String message) implements Planned {}

  /** Why a plan is impossible now. */
  enum Reason {
    /** Not enough that is deep enough and free. */
    FUNDS,
    /** Not enough of the chain's coin for the fee. */
    GAS,
    /** The fee would be above the cap. */
    FEE_CAP,
    /** An output would be too small to be relayed. */
    DUST,
    /** The node says that the call would fail. */
    REVERTS,
    /** The chain or the asset is halted, or the node is behind the cursor. */
    HALTED,
    /** An input belongs to another group, or is not ours. */
    TAKEN
  }
}
