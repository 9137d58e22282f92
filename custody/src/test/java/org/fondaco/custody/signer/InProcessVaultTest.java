package org.fondaco.custody.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.acinq.bitcoin.ByteVector32;
import fr.acinq.bitcoin.ByteVector64;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.PrivateKey;
import fr.acinq.bitcoin.PublicKey;
import fr.acinq.bitcoin.XonlyPublicKey;
import fr.acinq.secp256k1.Secp256k1;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.signer.SignerException.Reason;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures beside Bouncy Castle's RFC 6979 and the library's Schnorr. */
class InProcessVaultTest {
  private static final long SEED = 20261128;
  private static final byte[] ENTROPY = new byte[Mnemonic.ENTROPY_BYTES];
  private static final KeyRef KEY = KeyRef.parse("m/84'/0'/0'/0/0");

  @TempDir Path folder;
  private final Set<Digest> guarded = ConcurrentHashMap.newKeySet();
  private InProcessVault signer;

  @BeforeEach
  void open() throws Exception {
    Path file = folder.resolve("vault");
    Vault.create(
        file,
        Network.MAIN,
        Vault.accounts(ENTROPY, Network.MAIN, EnumSet.of(Tier.CUSTOMER)),
        ENTROPY,
        Passphrase.of("correct horse".toCharArray()),
        new Argon2(32, 1, 1));
    signer =
        InProcessVault.open(
            Vault.read(file), Passphrase.of("correct horse".toCharArray()), guarded::contains);
  }

  private static PrivateKey oracle(KeyRef key) {
    return DeterministicWallet.derivePrivateKey(
            DeterministicWallet.generate(Mnemonic.seed(ENTROPY, new byte[0])), key.toString())
        .getPrivateKey();
  }

  private Digest guarded(String text) {
    Digest digest = Digest.sha256(text);
    guarded.add(digest);
    return digest;
  }

  @Test
  void noncesAreThoseOfRfc6979AndSIsLow() {
    X9ECParameters curve = SECNamedCurves.getByName("secp256k1");
    ECDomainParameters domain =
        new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN());
    BigInteger half = curve.getN().shiftRight(1);
    for (int i = 0; i < 50; i++) {
      KeyRef key = KeyRef.parse("m/44'/60'/0'/0/" + i);
      Digest digest = guarded("payment " + i);
      ECDSASigner theirs = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
      BigInteger secret = new BigInteger(1, oracle(key).value.toByteArray());
      theirs.init(true, new ECPrivateKeyParameters(secret, domain));
      BigInteger[] expected = theirs.generateSignature(digest.toBytes());
      BigInteger low = expected[1].min(curve.getN().subtract(expected[1]));
      Signature signature = signer.sign(key, digest, Scheme.ECDSA);
      assertThat(new BigInteger(1, signature.r())).isEqualTo(expected[0]);
      assertThat(new BigInteger(1, signature.s())).isEqualTo(low).isLessThanOrEqualTo(half);
      assertThat(Crypto.isLowDERSignature(signature.der())).isTrue();
    }
  }

  @Test
  void aRecoverableSignatureNamesItsKey() {
    Random random = new Random(SEED);
    Set<Integer> ids = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 20; i++) {
      Digest digest = guarded("transfer " + random.nextLong());
      Signature signature = signer.sign(KEY, digest, Scheme.ECDSA_RECOVERABLE);
      ids.add(signature.recoveryId());
      assertThat(
              Crypto.recoverPublicKey(
                      new ByteVector64(signature.toBytes()),
                      digest.toBytes(),
                      signature.recoveryId())
                  .value
                  .toByteArray())
          .isEqualTo(signer.publicKey(KEY));
    }
    assertThat(ids).as("seed %d", SEED).containsExactlyInAnyOrder(0, 1);
    Signature plain = signer.sign(KEY, guarded("plain"), Scheme.ECDSA);
    assertThatIllegalStateException().isThrownBy(plain::recoveryId);
  }

  /** Keys with an odd and an even y, as BIP-86 pays to them. */
  @Test
  void taprootSignaturesAreForTheTweakedKey() {
    boolean odd = false;
    boolean even = false;
    for (int i = 0; i < 12; i++) {
      KeyRef key = KeyRef.parse("m/86'/0'/0'/0/" + i);
      Digest digest = guarded("taproot " + i);
      PublicKey internal = PublicKey.parse(signer.publicKey(key));
      odd |= internal.isOdd();
      even |= internal.isEven();
      XonlyPublicKey output =
          internal.xOnly().outputKey(Crypto.TaprootTweak.KeyPathTweak.INSTANCE).getFirst();
      Signature signature = signer.sign(key, digest, Scheme.SCHNORR_BIP340);
      assertThat(
              Crypto.verifySignatureSchnorr(
                  new ByteVector32(digest.toBytes()),
                  new ByteVector64(signature.toBytes()),
                  output))
          .isTrue();
    }
    assertThat(odd && even).isTrue();
  }

  @Test
  void whatTheGuardHasNotRecordedIsNotSigned() {
    for (Scheme scheme : Scheme.values()) {
      assertThatExceptionOfType(SignerException.class)
          .isThrownBy(() -> signer.sign(KEY, Digest.sha256("theft"), scheme))
          .extracting(SignerException::reason)
          .isEqualTo(Reason.NOT_GUARDED);
    }
  }

  @Test
  void keysOfOthersAreNotKnown() {
    Digest digest = guarded("x");
    for (String other : new String[] {"hsm:hot", "watched:m/84'/0'/3'/0/0"}) {
      KeyRef key = KeyRef.parse(other);
      assertThat(signer.knows(key)).isFalse();
      assertThatExceptionOfType(SignerException.class)
          .isThrownBy(() -> signer.sign(key, digest, Scheme.ECDSA))
          .extracting(SignerException::reason)
          .isEqualTo(Reason.UNKNOWN_KEY);
      assertThatExceptionOfType(SignerException.class).isThrownBy(() -> signer.publicKey(key));
    }
    assertThat(signer.knows(KEY)).isTrue();
    assertThat(signer.publicKey(KEY)).isEqualTo(oracle(KEY).publicKey().value.toByteArray());
  }

  @Test
  void aClosedVaultSignsNothing() {
    Digest digest = guarded("x");
    signer.close();
    assertThatExceptionOfType(SignerException.class)
        .isThrownBy(() -> signer.sign(KEY, digest, Scheme.ECDSA))
        .extracting(SignerException::reason)
        .isEqualTo(Reason.UNAVAILABLE);
    assertThat(signer.toString()).isEqualTo("vault in this process");
  }

  @Test
  void theLibraryLeavesItsArgumentsAsTheyAre() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 3);
    byte[] before = key.clone();
    byte[] tweak = new byte[32];
    tweak[31] = 1;
    Secp256k1 library = Secp256k1.Companion.get();
    assertThat(library.privKeyTweakAdd(key, tweak)).isNotEqualTo(before);
    assertThat(library.privKeyNegate(key)).isNotEqualTo(before);
    assertThat(key).isEqualTo(before);
  }
}
