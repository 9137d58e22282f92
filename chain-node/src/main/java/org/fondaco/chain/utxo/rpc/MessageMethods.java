package org.fondaco.chain.utxo.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.fondaco.chain.crypto.Ecdsa;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.wire.WireWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/** Messages that keys signed, in the form of old: with an address that is a key's hash. */
final class MessageMethods {
  private static final int SIGNATURE_BYTES = 65;
  private static final int FIRST = 27;
  private static final int COMPRESSED = 4;

  private final AddressFormat addresses;
  private final String magic;

  MessageMethods(AddressFormat addresses, Consensus.Coin coin) {
    this.addresses = addresses;
    magic = coin == Consensus.Coin.LTC ? "Litecoin Signed Message:\n" : "Bitcoin Signed Message:\n";
  }

  void addTo(CoreMethods methods) {
    methods.add(
        "Util",
        "signmessagewithprivkey",
        "\"privkey\" \"message\"",
        "Sign a message with the private key of an address.",
        arguments -> sign(arguments.text(0), arguments.text(1)));
    methods.add(
        "Util",
        "verifymessage",
        "\"address\" \"signature\" \"message\"",
        "Verify a signed message; the address is one of a key's hash.",
        arguments -> verify(arguments.text(0), arguments.text(1), arguments.text(2)));
  }

  private byte[] hash(String message) {
    return Sha256.twice(
        new WireWriter()
            .prefixed(magic.getBytes(StandardCharsets.UTF_8))
            .prefixed(message.getBytes(StandardCharsets.UTF_8))
            .toBytes());
  }

  private JsonNode sign(String privateKey, String message) throws CoreException {
    AddressFormat.PrivateKey key = SigningMethods.privateKey(addresses, privateKey);
    Ecdsa.Recoverable signature = Ecdsa.signRecoverable(hash(message), key.bytes());
    byte[] bytes = new byte[SIGNATURE_BYTES];
    bytes[0] = (byte) (FIRST + signature.recovery() + (key.compressed() ? COMPRESSED : 0));
    System.arraycopy(signature.compact(), 0, bytes, 1, SIGNATURE_BYTES - 1);
    return StringNode.valueOf(Base64.getEncoder().encodeToString(bytes));
  }

  private JsonNode verify(String address, String signature, String message) throws CoreException {
    byte[] script;
    try {
      script = addresses.script(address);
    } catch (AddressException e) {
      throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Invalid address");
    }
    ScriptPattern pattern = ScriptPattern.of(script);
    if (pattern.type() != ScriptPattern.Type.PUBKEYHASH) {
      throw new CoreException(CoreException.TYPE, "Address does not refer to key");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      throw new CoreException(CoreException.TYPE, "Malformed base64 encoding");
    }
    if (bytes.length != SIGNATURE_BYTES) {
      return BooleanNode.FALSE;
    }
    int first = (bytes[0] & 0xff) - FIRST;
    byte[] key =
        Ecdsa.recover(
            hash(message),
            Arrays.copyOfRange(bytes, 1, SIGNATURE_BYTES),
            first & 3,
            (first & COMPRESSED) != 0);
    return BooleanNode.valueOf(
        key != null && Arrays.equals(ShortHash.hash160(key), pattern.parts().getFirst()));
  }
}
