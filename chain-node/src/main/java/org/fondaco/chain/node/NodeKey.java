package org.fondaco.chain.node;

import fr.acinq.secp256k1.Secp256k1;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.store.PrivateFolder;

/** The key by which peers know a node: its identifier, its enode URL and its record (EIP-778). */
final class NodeKey {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final byte[] key;
  private final byte[] publicKey;

  private NodeKey(byte[] key) {
    this.key = key;
    this.publicKey = Secp256k1.Companion.get().pubkeyCreate(key);
  }

  static NodeKey random() {
    SecureRandom random = new SecureRandom();
    byte[] key = new byte[32];
    do {
      random.nextBytes(key);
    } while (!Secp256k1.Companion.get().secKeyVerify(key));
    return new NodeKey(key);
  }

  /**
   * Reads the key of a file, or makes one.
   *
   * @throws IOException if the file is there and holds no key, or cannot be written
   */
  static NodeKey open(Path file) throws IOException {
    if (!Files.exists(file)) {
      NodeKey made = random();
      PrivateFolder.create(Objects.requireNonNull(file.getParent()));
      Path temporary =
          Files.createTempFile(
              file.getParent(),
              "nodekey",
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(temporary, HEX.formatHex(made.key));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      return made;
    }
    try {
      byte[] key = HEX.parseHex(Files.readString(file).strip());
      if (key.length == 32 && Secp256k1.Companion.get().secKeyVerify(key)) {
        return new NodeKey(key);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds no node key: " + e.getMessage(), e);
    }
    throw new IOException(file + " holds no node key");
  }

  /** The Keccak of the public key, 64 digits: discovery's identifier. */
  String id() {
    return HEX.formatHex(Keccak.hash256(publicKey, 1, 64));
  }

  /** {@code enode://} with the public key, for a peer on this machine. */
  String enode(int port, boolean discovered) {
    return "enode://"
        + HEX.formatHex(publicKey, 1, 65)
        + "@127.0.0.1:"
        + port
        + (discovered ? "" : "?discport=0");
  }

  /** The signed record of EIP-778 in its text form, version 4 of the identity scheme. */
  String record(int port) {
    byte[] compressed = Secp256k1.Companion.get().pubKeyCompress(publicKey);
    RlpWriter content = new RlpWriter();
    int start = content.beginList();
    pairs(content, compressed, port);
    byte[] hash = Keccak.hash256(content.endList(start).toBytes());
    RlpWriter record = new RlpWriter();
    start = record.beginList();
    record.bytes(Arrays.copyOf(Secp256k1.Companion.get().sign(hash, key, null), 64));
    pairs(record, compressed, port);
    return "enr:"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(record.endList(start).toBytes());
  }

  /** The sequence number, then keys in alphabetical order. */
  private static void pairs(RlpWriter writer, byte[] compressed, int port) {
    writer.number(1);
    writer.bytes(ascii("id")).bytes(ascii("v4"));
    writer.bytes(ascii("ip")).bytes(LOOPBACK);
    writer.bytes(ascii("secp256k1")).bytes(compressed);
    writer.bytes(ascii("tcp")).number(port);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
