package org.fondaco.chain.utxo.address;

import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.utxo.script.Opcodes;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * How one network writes addresses and private keys.
 *
 * @param keyHash first byte of a key's hash in Base58
 * @param scriptHashes first bytes of a script's hash in Base58; the first is written, all are read
 * @param secret first byte of a private key
 * @param bech32 prefix of witness programs; null where there are none
 * @param cashAddr prefix of CashAddr, which replaces Base58; null where there is none
 */
public record AddressFormat(
    int keyHash,
    List<Integer> scriptHashes,
    int secret,
    @Nullable String bech32,
    @Nullable String cashAddr) {
  private static final int HASH_BYTES = 20;
  private static final int KEY_BYTES = 32;
  private static final int VERSION_MAX = 16;

  public AddressFormat {
    scriptHashes = List.copyOf(scriptHashes);
  }

  /**
   * A private key.
   *
   * @param compressed whether its public key is meant in its short form
   */
  public record PrivateKey(byte[] bytes, boolean compressed) {}

  /**
   * The script that an address stands for.
   *
   * @throws AddressException if it is not an address of this network
   */
  public byte[] script(String address) {
    if (cashAddr != null) {
      return cashScript(CashAddr.decode(cashAddr, address));
    }
    String prefix = bech32 + "1";
    if (bech32 != null && address.regionMatches(true, 0, prefix, 0, prefix.length())) {
      return witnessScript(Bech32.decode(address), bech32);
    }
    if (bech32 != null
        && address.regionMatches(true, 0, bech32 + "mweb1", 0, prefix.length() + 4)) {
      throw new AddressException("MWEB addresses are not supported");
    }
    byte[] bytes = Base58.decodeChecked(address);
    if (bytes.length != 1 + HASH_BYTES) {
      throw new AddressException("invalid length of the address");
    }
    byte[] hash = Arrays.copyOfRange(bytes, 1, bytes.length);
    int version = bytes[0] & 0xff;
    if (version == keyHash) {
      return keyHashScript(hash);
    }
    if (scriptHashes.contains(version)) {
      return scriptHashScript(hash);
    }
    throw new AddressException("not an address of this network");
  }

  private static byte[] witnessScript(Bech32.Decoded decoded, String prefix) {
    byte[] groups = decoded.groups();
    if (!decoded.prefix().equals(prefix) || groups.length == 0) {
      throw new AddressException("not an address of this network");
    }
    int version = groups[0];
    Bech32.Variant variant = version == 0 ? Bech32.Variant.BECH32 : Bech32.Variant.BECH32M;
    if (decoded.variant() != variant) {
      throw new AddressException("version " + version + " witness address must use " + variant);
    }
    byte[] program = Base32.toBytes(Arrays.copyOfRange(groups, 1, groups.length));
    boolean fits =
        version == 0
            ? program.length == HASH_BYTES || program.length == KEY_BYTES
            : program.length >= 2 && program.length <= 40;
    if (version > VERSION_MAX || !fits) {
      throw new AddressException("invalid version or length of a witness program");
    }
    int opcode = version == 0 ? Opcodes.OP_0 : Opcodes.OP_1 - 1 + version;
    return new WireWriter().uint8(opcode).bytes(Scripts.push(program)).toBytes();
  }

  private static byte[] cashScript(CashAddr.Decoded decoded) {
    byte[] hash = decoded.hash();
    return switch (decoded.type()) {
      case KEY, TOKEN_KEY -> {
        if (hash.length != HASH_BYTES) {
          throw new AddressException("invalid length of the address");
        }
        yield keyHashScript(hash);
      }
      case SCRIPT, TOKEN_SCRIPT ->
          switch (hash.length) {
            case HASH_BYTES -> scriptHashScript(hash);
            case KEY_BYTES -> longScriptHashScript(hash);
            default -> throw new AddressException("invalid length of the address");
          };
    };
  }

  /** The address of a script; null where it has none. */
  public @Nullable String address(byte[] script) {
    return address(script, false);
  }

  /**
   * The address of a script; null where it has none.
   *
   * @param tokenAware whether to say that tokens may be sent to it, where CashAddr is written
   */
  public @Nullable String address(byte[] script, boolean tokenAware) {
    if (cashAddr != null) {
      return cashAddress(ScriptPattern.ofCash(script), cashAddr, tokenAware);
    }
    ScriptPattern pattern = ScriptPattern.of(script);
    return switch (pattern.type()) {
      case PUBKEYHASH -> base58(keyHash, pattern.parts().getFirst());
      case SCRIPTHASH -> base58(scriptHashes.getFirst(), pattern.parts().getFirst());
      case WITNESS_V0_KEYHASH, WITNESS_V0_SCRIPTHASH -> witness(0, pattern.parts().getFirst());
      case WITNESS_V1_TAPROOT, ANCHOR -> witness(1, pattern.parts().getFirst());
      case WITNESS_UNKNOWN -> witness(pattern.parts().getFirst()[0], pattern.parts().getLast());
      case PUBKEY, LONG_SCRIPTHASH, MULTISIG, NULLDATA, NONSTANDARD -> null;
    };
  }

  private static @Nullable String cashAddress(
      ScriptPattern pattern, String prefix, boolean tokenAware) {
    return switch (pattern.type()) {
      case PUBKEYHASH ->
          CashAddr.encode(
              prefix,
              tokenAware ? CashAddr.Type.TOKEN_KEY : CashAddr.Type.KEY,
              pattern.parts().getFirst());
      case SCRIPTHASH, LONG_SCRIPTHASH ->
          CashAddr.encode(
              prefix,
              tokenAware ? CashAddr.Type.TOKEN_SCRIPT : CashAddr.Type.SCRIPT,
              pattern.parts().getFirst());
      case PUBKEY,
          MULTISIG,
          NULLDATA,
          ANCHOR,
          WITNESS_V0_KEYHASH,
          WITNESS_V0_SCRIPTHASH,
          WITNESS_V1_TAPROOT,
          WITNESS_UNKNOWN,
          NONSTANDARD ->
          null;
    };
  }

  private static String base58(int version, byte[] hash) {
    return Base58.encodeChecked(
        new WireWriter(1 + hash.length).uint8(version).bytes(hash).toBytes());
  }

  private @Nullable String witness(int version, byte[] program) {
    if (bech32 == null) {
      return null;
    }
    byte[] groups = Base32.toGroups(program);
    byte[] versioned = new byte[1 + groups.length];
    versioned[0] = (byte) version;
    System.arraycopy(groups, 0, versioned, 1, groups.length);
    Bech32.Variant variant = version == 0 ? Bech32.Variant.BECH32 : Bech32.Variant.BECH32M;
    return Bech32.encode(variant, bech32, versioned);
  }

  private static byte[] keyHashScript(byte[] hash) {
    return new WireWriter(25)
        .uint8(Opcodes.OP_DUP)
        .uint8(Opcodes.OP_HASH160)
        .bytes(Scripts.push(hash))
        .uint8(Opcodes.OP_EQUALVERIFY)
        .uint8(Opcodes.OP_CHECKSIG)
        .toBytes();
  }

  private static byte[] scriptHashScript(byte[] hash) {
    return new WireWriter(23)
        .uint8(Opcodes.OP_HASH160)
        .bytes(Scripts.push(hash))
        .uint8(Opcodes.OP_EQUAL)
        .toBytes();
  }

  private static byte[] longScriptHashScript(byte[] hash) {
    return new WireWriter(35)
        .uint8(Opcodes.OP_HASH256)
        .bytes(Scripts.push(hash))
        .uint8(Opcodes.OP_EQUAL)
        .toBytes();
  }

  /**
   * Reads a private key in the wallet import format.
   *
   * @throws AddressException if it is none of this network
   */
  public PrivateKey privateKey(String text) {
    byte[] bytes = Base58.decodeChecked(text);
    boolean compressed = bytes.length == 2 + KEY_BYTES && bytes[1 + KEY_BYTES] == 1;
    if (!compressed && bytes.length != 1 + KEY_BYTES) {
      throw new AddressException("invalid length of the private key");
    }
    if ((bytes[0] & 0xff) != secret) {
      throw new AddressException("not a private key of this network");
    }
    return new PrivateKey(Arrays.copyOfRange(bytes, 1, 1 + KEY_BYTES), compressed);
  }

  /** Writes a private key in the wallet import format. */
  public String text(PrivateKey key) {
    WireWriter writer = new WireWriter(34).uint8(secret).bytes(key.bytes());
    if (key.compressed()) {
      writer.uint8(1);
    }
    return Base58.encodeChecked(writer.toBytes());
  }
}
