package org.fondaco.custody.vault;

/** What opens an encrypted file. */
public sealed interface Unlock permits Passphrase, WrappingKey {}
