package org.fondaco.api.security;

/** An API key that is valid now: whose it is, and how its holder proves to be that. */
public record ApiKey(Identity identity, KeyVerifier verifier) {}
