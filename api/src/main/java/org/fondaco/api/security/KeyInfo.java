package org.fondaco.api.security;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a user may see of a key at any time; never its secret.
 *
 * @param publicKey PEM of an RSA or Ed25519 key, empty for HMAC
 * @param addresses where it may be used from; empty = anywhere
 */
public record KeyInfo(
    String apiKey,
    long account,
    KeyType type,
    String label,
    Set<Permission> permissions,
    List<String> addresses,
    String publicKey,
    Instant createdAt) {}
