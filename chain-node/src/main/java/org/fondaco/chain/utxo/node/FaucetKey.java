package org.fondaco.chain.utxo.node;

import fr.acinq.secp256k1.Secp256k1;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.script.Opcodes;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.wire.WireWriter;

/**
 * The developer's key that a local network's coins go to, in the wallet import format in the node's
 * folder. The coins are worth nothing.
 */
final class FaucetKey {
  private static final int KEY_BYTES = 32;

  private FaucetKey() {}

  /**
   * The script that pays the key of a file, which is made if it is not there.
   *
   * @throws IOException if the file holds no key of this network, or cannot be written
   */
  static byte[] script(Path file, UtxoNetwork network) throws IOException {
    AddressFormat addresses = network.profile().addresses();
    if (!Files.exists(file)) {
      write(file, addresses.text(new AddressFormat.PrivateKey(random(), true)));
    }
    byte[] key;
    try {
      key = addresses.privateKey(Files.readString(file).strip()).bytes();
    } catch (AddressException e) {
      throw new IOException(file + " holds no key: " + e.getMessage(), e);
    }
    Secp256k1 library = Secp256k1.Companion.get();
    byte[] hash = ShortHash.hash160(library.pubKeyCompress(library.pubkeyCreate(key)));
    return script(hash, network.consensus());
  }

  private static byte[] script(byte[] hash, Consensus consensus) {
    if (consensus.hasWitness()) {
      return new WireWriter(22).uint8(Opcodes.OP_0).bytes(Scripts.push(hash)).toBytes();
    }
    return new WireWriter(25)
        .uint8(Opcodes.OP_DUP)
        .uint8(Opcodes.OP_HASH160)
        .bytes(Scripts.push(hash))
        .uint8(Opcodes.OP_EQUALVERIFY)
        .uint8(Opcodes.OP_CHECKSIG)
        .toBytes();
  }

  private static byte[] random() {
    SecureRandom random = new SecureRandom();
    byte[] key = new byte[KEY_BYTES];
    do {
      random.nextBytes(key);
    } while (!Secp256k1.Companion.get().secKeyVerify(key));
    return key;
  }

  private static void write(Path file, String text) throws IOException {
    Path made = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(made);
    Files.createFile(
        made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(made, text);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
