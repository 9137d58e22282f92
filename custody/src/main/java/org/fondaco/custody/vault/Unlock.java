package org.fondaco.custody.vault;

/** What opens an encrypted file. */
public sealed interface Unlock extends AutoCloseable permits Passphrase, WrappingKey {
  /** Forgets it. */
  @Override
  void close();
}
