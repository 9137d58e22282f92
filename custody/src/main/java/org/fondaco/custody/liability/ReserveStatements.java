package org.fondaco.custody.liability;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.crypto.digests.KeccakDigest;
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
        KeccakDigest keccak = new KeccakDigest(256);
        byte[] head = prefix.getBytes(StandardCharsets.UTF_8);
        keccak.update(head, 0, head.length);
        keccak.update(text, 0, text.length);
        byte[] hash = new byte[Digest.BYTES];
        keccak.doFinal(hash, 0);
        yield Digest.of(hash);
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
