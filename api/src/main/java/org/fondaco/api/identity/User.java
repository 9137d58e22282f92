package org.fondaco.api.identity;

import org.fondaco.api.security.Role;

/**
 * Somebody who may enter.
 *
 * @param name unique, as in the audit log
 * @param email unique regardless of case
 * @param account the engine's account that is the user's first, 0 = none
 */
public record User(
    long userId, String name, String email, Role role, boolean locked, long account) {}
