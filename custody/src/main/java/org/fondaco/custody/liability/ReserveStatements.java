package org.fondaco.custody.liability;

import fr.acinq.bitcoin.Crypto;
import fr.acinq.secp256k1.Secp256k1;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fondaco.custody.address.Keccak;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.signer.Scheme;
import org.fondaco.custody.signer.Signature;
import org.fondaco.custody.signer.Signer;
import org.fondaco.custody.signer.SigningPermits;

/**
 * Reserve addresses say whose they are: a message that names epoch, block and address, signed as
 * each chain's wallets sign messages (Bitcoin's signed message with BIP-137's header; EIP-191).
 *
 * <p>The signer asks for a permit before it signs. This one gives it for digests that were computed
 * here over text behind a chain's message prefix, which no transaction can have; wire it beside the
 * guard: {@code digest -> guard.permits(digest) || statements.permits(digest)}.
 */
public final class ReserveStatements implements SigningPermits {
  private static final int COMPRESSED_P2PKH = 31;
  private static final int P2WPKH = 39;
  private static final int EVM = 27;
  private static final int P2WPKH_BYTES = 22;
  private static final int P2PKH_BYTES = 25;

  private final Set<Digest> mine = ConcurrentHashMap.newKeySet();

  /**
   * A signed sentence.
   *
   * @param signature base64 on UTXO chains, hexadecimal with 0x on account chains
   */
  public record Statement(ChainName chain, String address, String message, String signature) {}

  /** What a reserve address says; the block makes it impossible to have been said before. */
  public static String message(
      String venue, long epoch, ChainName chain, long height, String blockHash, String address) {
    return "%s: reserves of epoch %d. %s block %d %s. Address %s."
        .formatted(venue, epoch, chain, height, blockHash, address);
  }

  /**
   * Signs a message with the key of an address.
   *
   * @param witness the address is P2WPKH, else P2PKH; of a UTXO chain
   */
  public Statement sign(
      Signer signer, KeyRef key, ChainName chain, String address, boolean witness, String message) {
    Digest digest = digest(chain, message);
    mine.add(digest);
    try {
      Signature signature = signer.sign(key, digest, Scheme.ECDSA_RECOVERABLE);
      return new Statement(chain, address, message, encode(chain, witness, signature));
    } finally {
      mine.remove(digest);
    }
  }

  /**
   * Whether a signature is that of an address, however its wallet writes the header: BIP-137's, or
   * the older one for P2WPKH, too.
   *
   * @param script scriptPubKey (P2PKH or P2WPKH), or the 20 bytes of an account
   */
  public static boolean holds(ChainName chain, byte[] script, String message, String signature) {
    try {
      byte[] bytes = decode(chain, signature);
      int header = bytes[0] & 0xff;
      if (bytes.length != 65 || header < 27 || header > 42) {
        return false;
      }
      byte[] key =
          Secp256k1.Companion.get()
              .ecdsaRecover(
                  Arrays.copyOfRange(bytes, 1, 65),
                  digest(chain, message).toBytes(),
                  (header - 27) & 3);
      return Arrays.equals(whose(chain, key, header < COMPRESSED_P2PKH), hash(chain, script));
    } catch (RuntimeException e) {
      return false; // Not well formed, or no point of the curve.
    }
  }

  /** The header first, on account chains too. */
  private static byte[] decode(ChainName chain, String signature) {
    if (chain.hasOutputs()) {
      return Base64.getDecoder().decode(signature);
    }
    byte[] bytes =
        HexFormat.of().parseHex(signature.startsWith("0x") ? signature.substring(2) : signature);
    byte[] turned = new byte[65];
    System.arraycopy(bytes, 0, turned, 1, 64);
    turned[0] = (byte) (bytes[64] < 2 ? bytes[64] + EVM : bytes[64]);
    return bytes.length == turned.length ? turned : bytes;
  }

  private static byte[] whose(ChainName chain, byte[] key, boolean uncompressed) {
    if (!chain.hasOutputs()) {
      return Arrays.copyOfRange(Keccak.hash256(key, 1, 64), 12, 32);
    }
    return Crypto.hash160(uncompressed ? key : Secp256k1.Companion.get().pubKeyCompress(key));
  }

  /** The 20 bytes of a script that a key can be compared with. */
  private static byte[] hash(ChainName chain, byte[] script) {
    if (!chain.hasOutputs()) {
      return script;
    }
    return switch (script.length) {
      case P2WPKH_BYTES -> Arrays.copyOfRange(script, 2, P2WPKH_BYTES);
      case P2PKH_BYTES -> Arrays.copyOfRange(script, 3, 23);
      default -> throw new IllegalArgumentException("no key alone stands behind this script");
    };
  }

  @Override
  public boolean permits(Digest digest) {
    return mine.contains(digest);
  }

  /** What is signed for a message. */
  static Digest digest(ChainName chain, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    return switch (chain) {
      case BTC, BCH -> twice("Bitcoin Signed Message:\n", text);
      case LTC -> twice("Litecoin Signed Message:\n", text);
      case ETH -> {
        String prefix = "\u0019Ethereum Signed Message:\n" + text.length;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(prefix.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(text);
        yield Digest.of(Keccak.hash256(bytes.toByteArray()));
      }
    };
  }

  private static Digest twice(String magic, byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] head = magic.getBytes(StandardCharsets.UTF_8);
    bytes.write(head.length);
    bytes.writeBytes(head);
    if (text.length < 253) {
      bytes.write(text.length);
    } else {
      bytes.write(253);
      bytes.write(text.length);
      bytes.write(text.length >>> 8);
    }
    bytes.writeBytes(text);
    return Digest.sha256(Digest.sha256(bytes.toByteArray()).toBytes());
  }

  private static String encode(ChainName chain, boolean witness, Signature signature) {
    byte[] bytes = new byte[65];
    byte[] rs = signature.toBytes();
    if (chain == ChainName.ETH) {
      System.arraycopy(rs, 0, bytes, 0, rs.length);
      bytes[64] = (byte) (EVM + signature.recoveryId());
      return "0x" + HexFormat.of().formatHex(bytes);
    }
    bytes[0] = (byte) ((witness ? P2WPKH : COMPRESSED_P2PKH) + signature.recoveryId());
    System.arraycopy(rs, 0, bytes, 1, rs.length);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
