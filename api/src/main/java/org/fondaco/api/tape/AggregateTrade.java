package org.fondaco.api.tape;

/**
 * Consecutive fills of one taker order at one price within one command [rest-api.md
 * §Compressed/Aggregate trades list].
 *
 * @param symbol symbol id
 * @param id gapless on the symbol, from 0; the same after every restart and replay
 * @param price quote ledger units per whole base unit
 * @param quantity base ledger units
 * @param firstTradeId first trade in it
 * @param lastTradeId last trade in it
 * @param time engine time, microseconds
 * @param buyerIsMaker the taker sold
 */
public record AggregateTrade(
    int symbol,
    long id,
    long price,
    long quantity,
    long firstTradeId,
    long lastTradeId,
    long time,
    boolean buyerIsMaker) {}
