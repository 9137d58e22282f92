package org.fondaco.custody.ledger;

/**
 * The engine's answer to a numbered command: final, and the same however often it is asked.
 *
 * @param applied false when the ledger rejected it; the number is consumed all the same
 * @param reason of a rejection, else empty
 * @param holdId of the hold that a Reserve opened, else 0
 * @param sequence the engine's, of the command
 */
public record Answer(boolean applied, String reason, long holdId, long sequence) {}
