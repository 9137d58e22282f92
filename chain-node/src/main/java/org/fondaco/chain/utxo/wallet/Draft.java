package org.fondaco.chain.utxo.wallet;

import org.fondaco.chain.utxo.transaction.Transaction;

/**
 * A transaction that is not signed yet.
 *
 * @param fee in satoshi
 * @param changePosition among the outputs; negative without change
 */
public record Draft(Transaction transaction, long fee, int changePosition) {}
