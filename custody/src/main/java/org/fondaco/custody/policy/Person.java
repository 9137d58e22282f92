package org.fondaco.custody.policy;

import org.jspecify.annotations.Nullable;

/**
 * Who acts, as the API has proven.
 *
 * @param account his own account with the venue, null when he has none: he may not approve what
 *     leaves it
 */
public record Person(String name, @Nullable Long account) {}
