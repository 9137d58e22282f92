package org.fondaco.custody.address;

import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Tier;

/**
 * An address of ours.
 *
 * @param index within its tier, from 0
 * @param key what the signer calls its key; {@code toString} is for the table
 * @param publicKey 33 bytes in hexadecimal
 */
public record DerivedAddress(Address address, Tier tier, int index, KeyRef key, String publicKey) {}
