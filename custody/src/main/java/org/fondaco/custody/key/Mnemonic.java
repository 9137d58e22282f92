package org.fondaco.custody.key;

import fr.acinq.bitcoin.MnemonicCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Entropy as English words and back, and the seed of the words (BIP-39).
 *
 * <p>Words are ASCII in a byte array, one space between them, never a String: a String cannot be
 * overwritten. Every array that is returned is the caller's to wipe.
 */
public final class Mnemonic {
  /** 24 words. */
  public static final int ENTROPY_BYTES = 32;

  private static final int SEED_BITS = 512;
  private static final int ROUNDS = 2048;
  private static final int WORD_BITS = 11;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** SHA-256 of english.txt in the BIP's repository. */
  private static final String LIST =
      "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda";

  private static final byte[][] WORDS = words();

  private Mnemonic() {}

  private static byte[][] words() {
    List<String> words = MnemonicCode.INSTANCE.getEnglishWordlist();
    Digest list = Digest.sha256(String.join("\n", words) + "\n");
    if (!list.toString().equals(LIST)) {
      throw new IllegalStateException("the list of words is not BIP-39's: " + list);
    }
    return words.stream()
        .map(word -> word.getBytes(StandardCharsets.US_ASCII))
        .toArray(byte[][]::new);
  }

  /** 32 bytes that nobody has seen. */
  public static byte[] newEntropy() {
    byte[] entropy = new byte[ENTROPY_BYTES];
    RANDOM.nextBytes(entropy);
    return entropy;
  }

  /**
   * The words of 16, 20, 24, 28 or 32 bytes.
   *
   * @throws IllegalArgumentException if the entropy has another length
   */
  public static byte[] words(byte[] entropy) {
    if (entropy.length < 16 || entropy.length > 32 || entropy.length % 4 != 0) {
      throw new IllegalArgumentException("entropy has 16, 20, 24, 28 or 32 bytes");
    }
    byte[] checked = withChecksum(entropy);
    int count = (entropy.length * 8 + entropy.length / 4) / WORD_BITS;
    Wiped text = new Wiped(count * 9);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        text.write(' ');
      }
      text.writeBytes(WORDS[bits(checked, i * WORD_BITS)]);
    }
    Wipe.bytes(checked);
    return text.take();
  }

  /**
   * The entropy of words in any case with any white space between them.
   *
   * @param words ASCII
   * @throws IllegalArgumentException saying which word is wrong, or that the checksum is
   */
  public static byte[] entropy(byte[] words) {
    Spans spans = Spans.of(words);
    if (spans.count() < 12 || spans.count() > 24 || spans.count() % 3 != 0) {
      throw new IllegalArgumentException(
          "a mnemonic has 12, 15, 18, 21 or 24 words, not " + spans.count());
    }
    byte[] packed = new byte[(spans.count() * WORD_BITS + 7) / 8];
    for (int i = 0; i < spans.count(); i++) {
      int number = number(words, spans.from(i), spans.to(i));
      if (number < 0) {
        Wipe.bytes(packed);
        throw new IllegalArgumentException("word " + (i + 1) + " is not in BIP-39's English list");
      }
      put(packed, i * WORD_BITS, number);
    }
    byte[] entropy = Arrays.copyOf(packed, spans.count() / 3 * 4);
    byte[] expected = withChecksum(entropy);
    boolean matches = MessageDigest.isEqual(Arrays.copyOf(expected, packed.length), packed);
    Wipe.bytes(packed, expected);
    if (!matches) {
      Wipe.bytes(entropy);
      throw new IllegalArgumentException("the mnemonic's checksum does not match: a word is wrong");
    }
    return entropy;
  }

  /**
   * The 64 bytes of BIP-32's seed.
   *
   * @param entropy as in {@link #words}
   * @param passphrase BIP-39's own, UTF-8 in NFKD; empty where there is none
   */
  public static byte[] seed(byte[] entropy, byte[] passphrase) {
    byte[] words = words(entropy);
    byte[] prefix = "mnemonic".getBytes(StandardCharsets.US_ASCII);
    byte[] salt = Arrays.copyOf(prefix, prefix.length + passphrase.length);
    System.arraycopy(passphrase, 0, salt, prefix.length, passphrase.length);
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
    generator.init(words, salt, ROUNDS);
    byte[] seed = ((KeyParameter) generator.generateDerivedParameters(SEED_BITS)).getKey();
    Wipe.bytes(words, salt);
    return seed;
  }

  /** The entropy and its checksum, the last byte filled up with zeros. */
  private static byte[] withChecksum(byte[] entropy) {
    byte[] hash = Digest.sha256().digest(entropy);
    byte[] checked = Arrays.copyOf(entropy, entropy.length + 1);
    checked[entropy.length] = (byte) (hash[0] & 0xff << 8 - entropy.length / 4);
    Wipe.bytes(hash);
    return checked;
  }

  private static int bits(byte[] bytes, int from) {
    int value = 0;
    for (int i = from; i < from + WORD_BITS; i++) {
      value = value << 1 | bytes[i / 8] >>> 7 - i % 8 & 1;
    }
    return value;
  }

  private static void put(byte[] bytes, int from, int value) {
    for (int i = 0; i < WORD_BITS; i++) {
      int bit = value >>> WORD_BITS - 1 - i & 1;
      bytes[(from + i) / 8] = (byte) (bytes[(from + i) / 8] | bit << 7 - (from + i) % 8);
    }
  }

  /** Where a word is in the list, which is sorted; negative if it is not there. */
  private static int number(byte[] text, int from, int to) {
    byte[] word = Arrays.copyOfRange(text, from, to);
    for (int i = 0; i < word.length; i++) {
      if (word[i] >= 'A' && word[i] <= 'Z') {
        word[i] = (byte) (word[i] + ('a' - 'A'));
      }
    }
    int found = Arrays.binarySearch(WORDS, word, Arrays::compare);
    Wipe.bytes(word);
    return found;
  }

  /** Where the words of a text begin and end. */
  private record Spans(int[] bounds, int count) {
    static Spans of(byte[] text) {
      int[] bounds = new int[text.length + 2];
      int count = 0;
      int at = 0;
      while (at < text.length) {
        while (at < text.length && text[at] <= ' ') {
          at++;
        }
        int from = at;
        while (at < text.length && text[at] > ' ') {
          at++;
        }
        if (at > from) {
          bounds[2 * count] = from;
          bounds[2 * count + 1] = at;
          count++;
        }
      }
      return new Spans(bounds, count);
    }

    int from(int index) {
      return bounds[2 * index];
    }

    int to(int index) {
      return bounds[2 * index + 1];
    }
  }

  /** A buffer that does not grow, so that it leaves no copies, and is wiped when it is read. */
  private static final class Wiped extends ByteArrayOutputStream {
    Wiped(int capacity) {
      super(capacity);
    }

    byte[] take() {
      byte[] taken = toByteArray();
      Wipe.bytes(buf);
      return taken;
    }
  }
}
