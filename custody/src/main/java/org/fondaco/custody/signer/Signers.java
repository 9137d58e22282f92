package org.fondaco.custody.signer;

import java.util.List;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.signer.SignerException.Reason;

/**
 * Several signers as one: a key goes to the one that knows it.
 *
 * @param members asked in this order
 */
public record Signers(List<Signer> members) implements Signer {
  public Signers {
    members = List.copyOf(members);
  }

  @Override
  public boolean knows(KeyRef key) {
    return members.stream().anyMatch(signer -> signer.knows(key));
  }

  @Override
  public byte[] publicKey(KeyRef key) {
    return of(key).publicKey(key);
  }

  @Override
  public Signature sign(KeyRef key, Digest digest, Scheme scheme) {
    return of(key).sign(key, digest, scheme);
  }

  private Signer of(KeyRef key) {
    return members.stream()
        .filter(signer -> signer.knows(key))
        .findFirst()
        .orElseThrow(() -> new SignerException(Reason.UNKNOWN_KEY, "nobody has the key " + key));
  }

  @Override
  public void close() {
    members.forEach(Signer::close);
  }
}
