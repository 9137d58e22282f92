package org.fondaco.api.story;

import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.PrivateKey;
import fr.acinq.bitcoin.psbt.Psbt;
import fr.acinq.secp256k1.Secp256k1;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.fondaco.custody.address.Addresses;
import org.fondaco.custody.address.Keccak;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Digest;
import tools.jackson.databind.JsonNode;

/** A key that the venue does not have, on a machine that it cannot reach. */
final class ColdWallet {
  private static final Secp256k1 CURVE = Secp256k1.Companion.get();
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] SECRET =
      HEX.parseHex("c01dc01dc01dc01dc01dc01dc01dc01dc01dc01dc01dc01dc01dc01dc01dc01d");

  private ColdWallet() {}

  /** P2WPKH where there is one, P2PKH on Bitcoin Cash. */
  static String address(ChainName chain) {
    byte[] key = CURVE.pubkeyCreate(SECRET);
    byte[] target =
        switch (chain) {
          case ETH -> Arrays.copyOfRange(Keccak.hash256(key, 1, 64), 12, 32);
          case BTC, LTC -> script("0014", key, "");
          case BCH -> script("76a914", key, "88ac");
        };
    return Addresses.of(chain, Network.REGTEST, target).text();
  }

  private static byte[] script(String before, byte[] key, String after) {
    return HEX.parseHex(before + HEX.formatHex(Crypto.hash160(CURVE.pubKeyCompress(key))) + after);
  }

  /** Bitcoin's signed message by hand: what a wallet would write. */
  static String message(String magic, String message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(magic.length());
    bytes.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
    bytes.write(message.length());
    bytes.writeBytes(message.getBytes(StandardCharsets.US_ASCII));
    byte[] digest = Digest.sha256(Digest.sha256(bytes.toByteArray()).toBytes()).toBytes();
    byte[] compact = CURVE.sign(digest, SECRET, null);
    byte[] signature = new byte[65];
    signature[0] = (byte) (39 + parity(compact, digest));
    System.arraycopy(compact, 0, signature, 1, 64);
    return Base64.getEncoder().encodeToString(signature);
  }

  private static int parity(byte[] compact, byte[] digest) {
    byte[] key = CURVE.pubkeyCreate(SECRET);
    return Arrays.equals(CURVE.ecdsaRecover(compact, digest, 0), key) ? 0 : 1;
  }

  /** Signs what an export says, and returns what is to be brought back. */
  static String sign(JsonNode export) {
    return export.has("psbt") ? signed(export.path("psbt").asString()) : typed(export);
  }

  /** BIP-174, in and out. */
  private static String signed(String base64) {
    Psbt psbt = Objects.requireNonNull(Psbt.read(Base64.getDecoder().decode(base64)).getRight());
    PrivateKey key = new PrivateKey(SECRET);
    for (int i = 0; i < psbt.inputs.size(); i++) {
      psbt = Objects.requireNonNull(psbt.sign(key, i).getRight()).getPsbt();
    }
    return Base64.getEncoder().encodeToString(Psbt.write(psbt).toByteArray());
  }

  /** EIP-1559: the fields of the unsigned list, then parity, r and s. */
  private static String typed(JsonNode export) {
    byte[] unsigned = HEX.parseHex(export.path("raw").asString().substring(2));
    byte[] digest = Keccak.hash256(unsigned);
    byte[] compact = CURVE.sign(digest, SECRET, null);
    int header = (unsigned[1] & 0xff) > 0xf7 ? 2 + (unsigned[1] & 0xff) - 0xf7 : 2;
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    fields.write(unsigned, header, unsigned.length - header);
    fields.writeBytes(parity(compact, digest) == 0 ? new byte[] {(byte) 0x80} : new byte[] {1});
    fields.writeBytes(number(Arrays.copyOf(compact, 32)));
    fields.writeBytes(number(Arrays.copyOfRange(compact, 32, 64)));
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    raw.write(2);
    raw.write(0xf8);
    raw.write(fields.size());
    raw.writeBytes(fields.toByteArray());
    return "0x" + HEX.formatHex(raw.toByteArray());
  }

  /** RLP of a number of 32 bytes that is not small. */
  private static byte[] number(byte[] bytes) {
    byte[] digits = new BigInteger(1, bytes).toByteArray();
    int zero = digits[0] == 0 ? 1 : 0;
    byte[] encoded = new byte[1 + digits.length - zero];
    encoded[0] = (byte) (0x80 + digits.length - zero);
    System.arraycopy(digits, zero, encoded, 1, digits.length - zero);
    return encoded;
  }
}
