package org.fondaco.custody.issue;

import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Tier;
import org.jspecify.annotations.Nullable;

/**
 * An address of ours.
 *
 * @param id of custody_addresses
 * @param index within the tier, from 0
 * @param account the customer, null for the house's
 */
public record IssuedAddress(
    long id,
    ChainName family,
    Tier tier,
    int index,
    String path,
    String address,
    @Nullable Long account) {}
