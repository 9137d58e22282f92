package org.fondaco.engine.protocol;

/**
 * One leg of a batch.
 *
 * @param kind what the leg does
 * @param from account debited (TRANSFER), reserved on (RESERVE, HOLD_TOKEN), or owner (MOVE_TOKEN,
 *     0 = create the token); else 0
 * @param to account credited (TRANSFER, POST) or new owner (MOVE_TOKEN, 0 = destroy the token);
 *     else 0
 * @param asset asset id (TRANSFER, RESERVE); else 0
 * @param amount ledger units, positive (TRANSFER, RESERVE, POST); else 0
 * @param holdId hold to resolve (POST, VOID; MOVE_TOKEN of a held token); else 0
 * @param deadline RESERVE, HOLD_TOKEN: microseconds, 0 = never
 * @param token token id (MOVE_TOKEN, HOLD_TOKEN); else 0
 */
public record TransferLeg(
    LegKind kind,
    long from,
    long to,
    int asset,
    long amount,
    long holdId,
    long deadline,
    long token) {}
