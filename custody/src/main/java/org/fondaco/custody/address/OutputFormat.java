package org.fondaco.custody.address;

import fr.acinq.bitcoin.Base58Check;
import fr.acinq.bitcoin.Bech32;
import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import java.util.Locale;
import kotlin.Pair;
import kotlin.Triple;
import org.fondaco.custody.address.AddressException.Reason;
import org.fondaco.custody.chain.ChainName;
import org.jspecify.annotations.Nullable;

/**
 * How a UTXO chain's network writes addresses.
 *
 * @param keyHash first byte of a key's hash in Base58
 * @param scriptHash first byte of a script's hash in Base58
 * @param sharedScriptHash first byte that Bitcoin uses too and that the chain once used; -1 = none
 * @param bech32 prefix of witness programs; null where there are none
 * @param cash prefix of CashAddr, which replaces Base58; null where there is none
 */
record OutputFormat(
    int keyHash,
    int scriptHash,
    int sharedScriptHash,
    @Nullable String bech32,
    @Nullable String cash) {
  private static final int NONE = -1;
  private static final int HASH_BYTES = 20;
  private static final int LONG_BYTES = 32;

  /** Longer than any address, so that a long text costs nothing. */
  private static final int LENGTH_MAX = 110;

  private static final int BECH32_LENGTH_MAX = 90;

  static OutputFormat of(ChainName chain, Network network) {
    boolean main = network == Network.MAIN;
    int keyHash = main ? 0x00 : 0x6f;
    int scriptHash = main ? 0x05 : 0xc4;
    return switch (chain) {
      case BTC -> new OutputFormat(keyHash, scriptHash, NONE, prefix(network, "bc", "tb"), null);
      case LTC ->
          new OutputFormat(
              main ? 0x30 : 0x6f,
              main ? 0x32 : 0x3a,
              scriptHash,
              prefix(network, "ltc", "tltc", "rltc"),
              null);
      case BCH ->
          new OutputFormat(
              keyHash, scriptHash, NONE, null, prefix(network, "bitcoincash", "bchtest", "bchreg"));
      case ETH -> throw new IllegalArgumentException("ETH has accounts");
    };
  }

  private static String prefix(Network network, String main, String test) {
    return prefix(network, main, test, "bcrt");
  }

  private static String prefix(Network network, String main, String test, String regtest) {
    return switch (network) {
      case MAIN -> main;
      case TEST -> test;
      case REGTEST -> regtest;
    };
  }

  /**
   * The address of one of the scripts that {@link Scripts} makes.
   *
   * @throws IllegalArgumentException if it is another
   */
  String write(byte[] script) {
    boolean key = Scripts.isKeyHash(script);
    boolean hash = key || Scripts.isScriptHash(script);
    if (cash != null && (hash || Scripts.isLongScriptHash(script))) {
      return CashAddr.write(cash, key ? CashAddr.KEY : CashAddr.SCRIPT, Scripts.hash(script));
    }
    if (cash == null && hash) {
      return Base58Check.encode((byte) (key ? keyHash : scriptHash), Scripts.hash(script));
    }
    if (bech32 == null || !Scripts.isWitness(script)) {
      throw new IllegalArgumentException("this script has no address");
    }
    int version = script[0] == 0 ? 0 : script[0] - 0x50;
    return Bech32.encodeWitnessAddress(
        bech32, (byte) version, Arrays.copyOfRange(script, 2, script.length));
  }

  /** The script of an address. */
  byte[] read(String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      throw malformed("no address has " + text.length() + " characters");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (bech32 != null && lower.startsWith(bech32 + "1")) {
      return readWitness(text, bech32);
    }
    if (bech32 != null && lower.startsWith(bech32 + "mweb1")) {
      throw malformed("addresses of MimbleWimble are not supported");
    }
    if (cash != null) {
      return readCash(text, lower, cash);
    }
    Pair<Byte, byte[]> decoded = base58(text);
    int version = decoded.getFirst() & 0xff;
    if (version == keyHash) {
      return Scripts.keyHash(decoded.getSecond());
    }
    if (version == scriptHash) {
      return Scripts.scriptHash(decoded.getSecond());
    }
    if (version == sharedScriptHash) {
      throw new AddressException(
          Reason.AMBIGUOUS,
          "Bitcoin and Litecoin both have this address; write it in its new form: "
              + write(Scripts.scriptHash(decoded.getSecond())));
    }
    throw malformed("not an address of this chain");
  }

  private byte[] readCash(String text, String lower, String prefix) {
    if (!lower.startsWith(prefix + ":") && text.length() < 36) {
      Pair<Byte, byte[]> legacy = base58(text);
      int version = legacy.getFirst() & 0xff;
      if (version == keyHash || version == scriptHash) {
        byte[] script =
            version == keyHash
                ? Scripts.keyHash(legacy.getSecond())
                : Scripts.scriptHash(legacy.getSecond());
        throw new AddressException(
            Reason.AMBIGUOUS,
            "Bitcoin and Bitcoin Cash both have this address; write it in its new form: "
                + write(script));
      }
      throw malformed("not an address of this chain");
    }
    CashAddr.Decoded decoded = CashAddr.read(prefix, text);
    boolean key = decoded.type() == CashAddr.KEY || decoded.type() == CashAddr.TOKEN_KEY;
    if (decoded.hash().length == HASH_BYTES) {
      return key ? Scripts.keyHash(decoded.hash()) : Scripts.scriptHash(decoded.hash());
    }
    if (!key && decoded.hash().length == LONG_BYTES) {
      return Scripts.longScriptHash(decoded.hash());
    }
    throw malformed("no script has a hash of " + decoded.hash().length + " bytes");
  }

  private static Pair<Byte, byte[]> base58(String text) {
    Pair<Byte, byte[]> decoded;
    try {
      decoded = Base58Check.decode(text);
    } catch (RuntimeException e) {
      throw malformed("the checksum does not match, or a character does not belong there");
    }
    if (decoded.getSecond().length != HASH_BYTES) {
      throw malformed("it has the wrong length");
    }
    return decoded;
  }

  private static byte[] readWitness(String text, String prefix) {
    if (text.length() > BECH32_LENGTH_MAX) {
      throw malformed("no witness address has " + text.length() + " characters");
    }
    Triple<String, Byte[], Bech32.Encoding> decoded;
    byte[] program;
    try {
      decoded = Bech32.decode(text, false);
      Byte[] groups = decoded.getSecond();
      program = groups.length == 0 ? new byte[0] : Bech32.five2eight(groups, 1);
    } catch (RuntimeException e) {
      throw malformed("the checksum does not match, or a character does not belong there");
    }
    if (!decoded.getFirst().equals(prefix) || decoded.getSecond().length == 0) {
      throw malformed("not an address of this chain");
    }
    int version = decoded.getSecond()[0];
    Bech32.Encoding encoding = version == 0 ? Bech32.Encoding.Bech32 : Bech32.Encoding.Bech32m;
    if (decoded.getThird() != encoding) {
      throw malformed("version " + version + " is written in " + encoding + " (BIP-350)");
    }
    return witness(version, program);
  }

  private static byte[] witness(int version, byte[] program) {
    if (version == 0 && program.length != HASH_BYTES && program.length != LONG_BYTES) {
      throw malformed("its program has " + program.length + " bytes");
    }
    if (program.length < 2 || program.length > 40 || version > 16) {
      throw malformed("its program has " + program.length + " bytes, its version is " + version);
    }
    if (version > 1 || version == 1 && program.length != LONG_BYTES) {
      throw new AddressException(
          Reason.UNSPENDABLE,
          "no rule protects witness programs of version "
              + version
              + " and "
              + program.length
              + " bytes yet: anybody could spend what is sent there");
    }
    if (version == 1 && !isPoint(program)) {
      throw new AddressException(
          Reason.UNSPENDABLE, "it stands for no key: nobody could spend what is sent there");
    }
    return Scripts.witness(version, program);
  }

  private static boolean isPoint(byte[] x) {
    byte[] key = new byte[1 + LONG_BYTES];
    key[0] = 2;
    System.arraycopy(x, 0, key, 1, LONG_BYTES);
    try {
      return Secp256k1.Companion.get().pubkeyParse(key).length > 0;
    } catch (Secp256k1Exception e) {
      return false;
    }
  }

  private static AddressException malformed(String what) {
    return new AddressException(Reason.MALFORMED, "no valid address: " + what);
  }
}
