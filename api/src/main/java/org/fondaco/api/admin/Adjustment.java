package org.fondaco.api.admin;

/**
 * A change to the ledger by hand. Times are microseconds since the epoch.
 *
 * @param amount ledger units, below zero = taken away
 * @param decidedBy empty = nobody yet, as is {@code decidedMicros} 0
 * @param refusal why the engine refused, else empty
 */
record Adjustment(
    long id,
    AdjustmentState state,
    long account,
    int asset,
    long amount,
    String reason,
    String proposedBy,
    long proposedMicros,
    long expiresMicros,
    String decidedBy,
    long decidedMicros,
    String refusal) {}
