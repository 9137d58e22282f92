package org.fondaco.custody.withdrawal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A withdrawal as its customer may see it. Amounts are ledger units.
 *
 * @param orderId the customer's, or ours when he gave none
 * @param amount that the payee receives
 * @param fee that the customer pays on top
 * @param reason why it was refused or released, else null
 * @param txid as printed; of the attempt that was mined, or sent last
 * @param internalAccount the payee when the address is one of ours
 */
public record Withdrawal(
    long id,
    long account,
    String orderId,
    int asset,
    String chain,
    String address,
    long amount,
    long fee,
    WithdrawalState state,
    @Nullable String reason,
    @Nullable String txid,
    @Nullable Long internalAccount,
    boolean cancelWanted,
    @Nullable String attention,
    Instant requestedAt,
    @Nullable Instant completedAt) {}
