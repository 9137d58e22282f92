package org.fondaco.custody.withdrawal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a customer asks for.
 *
 * @param orderId the customer's own, 1 to 64 characters; the same again answers with the same
 *     withdrawal; null = we make one
 * @param asset the engine's id
 * @param amount that the payee receives, in whole coins; the fee comes on top
 */
public record WithdrawalRequest(
    long account, @Nullable String orderId, int asset, String address, BigDecimal amount) {}
