package org.fondaco.custody.scan;

import java.math.BigInteger;
import java.util.List;
import org.fondaco.custody.chain.ChainName;
import org.jspecify.annotations.Nullable;

/**
 * Money from outside on an address of ours.
 *
 * @param txid as the node prints it; the block's hash for what came without a transaction
 * @param position {@code vout}, {@code native}, {@code contract:k} with k the log's ordinal within
 *     its receipt, or {@code balance:address:asset} for what came without a transaction
 * @param account the customer, null for an address of the house or of nobody, and for what a person
 *     has to look at
 * @param spends the transaction's inputs as {@code txid:vout}, or {@code sender:nonce}
 */
public record Received(
    ChainName chain,
    String txid,
    String position,
    int asset,
    long addressId,
    @Nullable Long account,
    BigInteger atoms,
    boolean coinbase,
    List<String> spends,
    BlockReference block) {}
