package org.fondaco.custody.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.acinq.bitcoin.ByteVector64;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.PublicKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.DerivedAddress;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.signer.SignerException.Reason;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Vault;
import org.fondaco.custody.vault.VaultException;

/** Makes keys in a module and a vault that one of them opens, or uses them in a later process. */
final class ModuleUser {
  private static final KeyRef.Hsm HOT = new KeyRef.Hsm("hot-eth");
  private static final KeyRef.Hsm WRAP = new KeyRef.Hsm("vault-key");
  private static final KeyRef.Hsm OTHER = new KeyRef.Hsm("other-key");
  private static final int SIGNATURES = 100;

  private ModuleUser() {}

  public static void main(String[] arguments) throws Exception {
    Path library = Path.of(arguments[0]);
    Path vault = Path.of(arguments[1]);
    Pkcs11Module module = Pkcs11Module.open(library, 0, "1234".toCharArray());
    if (arguments[2].equals("make")) {
      make(module, vault);
    } else {
      use(library, module, vault);
    }
  }

  private static void make(Pkcs11Module module, Path file) throws Exception {
    module.generateKey(HOT);
    module.generateWrappingKey(WRAP);
    module.generateWrappingKey(OTHER);
    assertThatExceptionOfType(SignerException.class).isThrownBy(() -> module.generateKey(HOT));
    String publicKey =
        HexFormat.of().formatHex(new Pkcs11Signer(module, digest -> false).publicKey(HOT));
    byte[] entropy = new byte[Mnemonic.ENTROPY_BYTES];
    List<AccountKey> accounts =
        new ArrayList<>(Vault.accounts(entropy, Network.REGTEST, EnumSet.of(Tier.CUSTOMER)));
    accounts.add(new AccountKey.Single(ChainName.ETH, Tier.HOT, HOT, 44, publicKey));
    Vault.create(
        file, Network.REGTEST, accounts, entropy, module.wrappingKey(WRAP), Argon2.STANDARD);
    say("MADE " + publicKey);
  }

  private static void use(Path library, Pkcs11Module module, Path file) throws Exception {
    Set<Digest> guarded = new HashSet<>();
    Vault vault = Vault.read(file);
    assertThat(vault.moduleKey()).isEqualTo(WRAP.label());
    assertThat(vault.open(module.wrappingKey(WRAP))).isEqualTo(new byte[32]);
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> vault.open(module.wrappingKey(OTHER)))
        .withMessageContaining("another key");
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> vault.open(Passphrase.of("some passphrase".toCharArray())))
        .withMessageContaining("the key hsm:vault-key opens it");
    assertThatExceptionOfType(SignerException.class)
        .isThrownBy(() -> module.wrappingKey(HOT))
        .extracting(SignerException::reason)
        .isEqualTo(Reason.UNKNOWN_KEY);
    Signer signer =
        new Signers(
            List.of(
                InProcessVault.open(vault, module.wrappingKey(WRAP), guarded::contains),
                new Pkcs11Signer(module, guarded::contains)));
    DerivedAddress hot = vault.derivation().derive(ChainName.ETH, Tier.HOT, 0);
    assertThat(HexFormat.of().formatHex(signer.publicKey(hot.key()))).isEqualTo(hot.publicKey());
    signs(signer, hot.key(), guarded);
    refuses(signer, hot.key(), guarded);
    signer.close();
    assertThatExceptionOfType(SignerException.class)
        .isThrownBy(() -> Pkcs11Module.open(library, 99, "1234".toCharArray()))
        .extracting(SignerException::reason)
        .isEqualTo(Reason.UNAVAILABLE);
    say("USED " + hot.publicKey());
  }

  private static void signs(Signer signer, KeyRef hot, Set<Digest> guarded) {
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < SIGNATURES; i++) {
      Digest digest = Digest.sha256("payment " + i);
      guarded.add(digest);
      Signature signature = signer.sign(hot, digest, Scheme.ECDSA_RECOVERABLE);
      ids.add(signature.recoveryId());
      assertThat(Crypto.isLowDERSignature(signature.der())).isTrue();
      assertThat(
              Crypto.verifySignature(
                  digest.toBytes(),
                  new ByteVector64(signature.toBytes()),
                  PublicKey.parse(signer.publicKey(hot))))
          .isTrue();
      assertThat(
              Crypto.recoverPublicKey(
                      new ByteVector64(signature.toBytes()),
                      digest.toBytes(),
                      signature.recoveryId())
                  .value
                  .toByteArray())
          .isEqualTo(signer.publicKey(hot));
    }
    assertThat(ids).containsExactlyInAnyOrder(0, 1);
    Digest customer = Digest.sha256("sweep");
    guarded.add(customer);
    KeyRef derived = KeyRef.parse("m/84'/0'/0'/0/0");
    assertThat(signer.sign(derived, customer, Scheme.ECDSA).toBytes()).hasSize(64);
  }

  private static void refuses(Signer signer, KeyRef hot, Set<Digest> guarded) {
    Digest digest = Digest.sha256("payment 0");
    assertThatExceptionOfType(SignerException.class)
        .isThrownBy(() -> signer.sign(hot, Digest.sha256("theft"), Scheme.ECDSA))
        .extracting(SignerException::reason)
        .isEqualTo(Reason.NOT_GUARDED);
    assertThat(guarded).contains(digest);
    assertThatExceptionOfType(SignerException.class)
        .isThrownBy(() -> signer.sign(hot, digest, Scheme.SCHNORR_BIP340))
        .extracting(SignerException::reason)
        .isEqualTo(Reason.SCHEME);
    assertThatExceptionOfType(SignerException.class)
        .isThrownBy(() -> signer.sign(KeyRef.parse("hsm:nobody"), digest, Scheme.ECDSA))
        .extracting(SignerException::reason)
        .isEqualTo(Reason.UNKNOWN_KEY);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
