package org.fondaco.api.security;

/** How the holder of a key signs [faqs/api_key_types.md]. */
public enum KeyType {
  /** HMAC-SHA256 with a secret that the venue made and knows. */
  HMAC,
  /** RSASSA-PKCS1-v1_5 with SHA-256; the venue has the public key only. */
  RSA,
  /** Ed25519 [RFC 8032]; the venue has the public key only. */
  ED25519
}
