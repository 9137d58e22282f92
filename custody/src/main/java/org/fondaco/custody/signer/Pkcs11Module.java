package org.fondaco.custody.signer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.signer.SignerException.Reason;
import org.fondaco.custody.vault.WrappingKey;
import org.jspecify.annotations.Nullable;

/**
 * A hardware module reached by PKCS#11, through the JDK's SunPKCS11. Its keys on secp256k1 sign,
 * its AES keys wrap a vault's seed; none can be taken out.
 */
public final class Pkcs11Module {
  private static final String CURVE = "secp256k1";
  private static final int AES_BITS = 256;
  private static final int TAG_BITS = 128;

  private final Provider provider;
  private final KeyStore keys;

  private Pkcs11Module(Provider provider, KeyStore keys) {
    this.provider = provider;
    this.keys = keys;
  }

  /**
   * Logs in.
   *
   * @param pinFile its first line is the PIN
   * @throws IOException if the file cannot be read
   * @throws SignerException as {@link #open(Path, int, char[])}
   */
  public static Pkcs11Module open(Path library, int slotIndex, Path pinFile) throws IOException {
    byte[] bytes = Files.readAllBytes(pinFile);
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, end));
    char[] pin = Arrays.copyOf(decoded.array(), decoded.limit());
    Wipe.chars(decoded.array());
    Wipe.bytes(bytes);
    try {
      return open(library, slotIndex, pin);
    } finally {
      Wipe.chars(pin);
    }
  }

  /**
   * Logs in.
   *
   * @param library of the module's maker, for example libsofthsm2.so
   * @param slotIndex of the token, counted from 0
   * @param pin stays the caller's to wipe
   * @throws SignerException if the module does not answer or the PIN is wrong
   */
  public static Pkcs11Module open(Path library, int slotIndex, char[] pin) {
    // Keys that the JDK makes here are sensitive and cannot be taken out of the module.
    String configuration =
        """
        --name = Fondaco-%d
        library = %s
        slotListIndex = %d
        attributes(generate,CKO_PRIVATE_KEY,CKK_EC) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_SIGN = true
        }
        attributes(generate,CKO_SECRET_KEY,CKK_AES) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_ENCRYPT = true
          CKA_DECRYPT = true
        }
        """
            .formatted(slotIndex, library.toAbsolutePath(), slotIndex);
    try {
      Provider provider = Security.getProvider("SunPKCS11").configure(configuration);
      KeyStore keys = KeyStore.getInstance("PKCS11", provider);
      keys.load(null, pin);
      return new Pkcs11Module(provider, keys);
    } catch (IOException
        | GeneralSecurityException
        | ProviderException
        | InvalidParameterException e) {
      throw new SignerException(
          Reason.UNAVAILABLE, "the module " + library + " does not open, or its PIN is wrong", e);
    }
  }

  /**
   * Makes a key on secp256k1, stored with a certificate that only carries its public half.
   *
   * @throws SignerException if the label is taken or the module cannot
   */
  public synchronized void generateKey(KeyRef.Hsm key) {
    try {
      refuseTaken(key.label());
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec(CURVE));
      KeyPair pair = generator.generateKeyPair();
      Certificate certificate = KeyCertificate.of(key.label(), pair, provider);
      keys.setKeyEntry(key.label(), pair.getPrivate(), null, new Certificate[] {certificate});
    } catch (GeneralSecurityException | IOException | ProviderException e) {
      throw new SignerException(Reason.UNAVAILABLE, "the module made no key " + key, e);
    }
  }

  /**
   * Makes an AES key of 256 bits.
   *
   * @throws SignerException if the label is taken or the module cannot
   */
  public synchronized void generateWrappingKey(KeyRef.Hsm key) {
    try {
      refuseTaken(key.label());
      KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
      generator.init(AES_BITS);
      keys.setEntry(key.label(), new KeyStore.SecretKeyEntry(generator.generateKey()), null);
    } catch (GeneralSecurityException | ProviderException e) {
      throw new SignerException(Reason.UNAVAILABLE, "the module made no key " + key, e);
    }
  }

  private void refuseTaken(String label) throws GeneralSecurityException {
    if (keys.containsAlias(label)) {
      throw new SignerException(Reason.UNKNOWN_KEY, "the module already has a key " + label);
    }
  }

  /** The AES key of a label, to open and to seal a vault with. */
  public WrappingKey wrappingKey(KeyRef.Hsm key) {
    try {
      if (keys.getKey(key.label(), null) instanceof SecretKey secret) {
        return new Wrapping(key.label(), secret, provider);
      }
      throw new SignerException(Reason.UNKNOWN_KEY, "the module has no AES key " + key);
    } catch (GeneralSecurityException | ProviderException e) {
      throw new SignerException(Reason.UNAVAILABLE, "the module does not answer", e);
    }
  }

  Provider provider() {
    return provider;
  }

  @Nullable PrivateKey privateKey(String label) throws GeneralSecurityException {
    return keys.getKey(label, null) instanceof PrivateKey key ? key : null;
  }

  @Nullable ECPublicKey publicKey(String label) throws GeneralSecurityException {
    Certificate certificate = keys.getCertificate(label);
    return certificate != null && certificate.getPublicKey() instanceof ECPublicKey key
        ? key
        : null;
  }

  /** AES-GCM within the module. */
  private record Wrapping(String label, SecretKey key, Provider provider) implements WrappingKey {
    @Override
    public byte[] encrypt(byte[] nonce, byte[] associated, byte[] plain)
        throws GeneralSecurityException {
      return run(Cipher.ENCRYPT_MODE, nonce, associated, plain);
    }

    @Override
    public byte[] decrypt(byte[] nonce, byte[] associated, byte[] encrypted)
        throws GeneralSecurityException {
      return run(Cipher.DECRYPT_MODE, nonce, associated, encrypted);
    }

    private byte[] run(int mode, byte[] nonce, byte[] associated, byte[] input)
        throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(associated);
      return cipher.doFinal(input);
    }

    /** Its name only. */
    @Override
    public String toString() {
      return "hsm:" + label;
    }
  }
}
