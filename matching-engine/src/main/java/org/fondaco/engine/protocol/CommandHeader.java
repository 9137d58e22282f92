package org.fondaco.engine.protocol;

/**
 * What every command carries beside its own fields.
 *
 * @param time engine stamp by the gateway, microseconds since the Unix epoch
 * @param digestHigh high half of the request digest (clients) or of the payload hash (sources); 0
 *     with digestLow 0 = none
 * @param digestLow low half of the digest
 * @param sourceSequence the n-th command of its source, 1-based; 0 when source is 0
 * @param source internal source (custody, otc, nft, administration, …), 0 for client requests
 */
public record CommandHeader(
    long time, long digestHigh, long digestLow, long sourceSequence, int source) {}
