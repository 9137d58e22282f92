package org.fondaco.chain.utxo.profile;

import java.util.List;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * The public numbers of a network, from the chain parameters of its reference node. Rules are in
 * {@link org.fondaco.chain.utxo.consensus.Consensus}.
 */
public enum NetworkProfile {
  BTC_MAIN(
      "btc",
      "main",
      bitcoin(0x00, 0x05, 0x80, "bc"),
      0xd9b4bef9,
      8333,
      8332,
      "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
  BTC_TEST(
      "btc",
      "test",
      bitcoin(0x6f, 0xc4, 0xef, "tb"),
      0x0709110b,
      18333,
      18332,
      "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943"),
  BTC_REGTEST(
      "btc",
      "regtest",
      bitcoin(0x6f, 0xc4, 0xef, "bcrt"),
      0xdab5bffa,
      18444,
      18443,
      NetworkProfile.REGTEST),

  BCH_MAIN(
      "bch",
      "main",
      cash(0x00, 0x05, 0x80, "bitcoincash"),
      0xe8f3e1e3,
      8333,
      8332,
      "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
  BCH_TEST(
      "bch",
      "test",
      cash(0x6f, 0xc4, 0xef, "bchtest"),
      0xf4f3e5f4,
      18333,
      18332,
      "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943"),
  /** Its reference node has Bitcoin's ports, so this one is moved by ten. */
  BCH_REGTEST(
      "bch",
      "regtest",
      cash(0x6f, 0xc4, 0xef, "bchreg"),
      0xfabfb5da,
      18454,
      18453,
      NetworkProfile.REGTEST),

  /** Script hashes are written with M and Q; those of Bitcoin are read, as Litecoin Core does. */
  LTC_MAIN(
      "ltc",
      "main",
      litecoin(0x30, 0x32, 0x05, 0xb0, "ltc"),
      0xdbb6c0fb,
      9333,
      9332,
      "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2"),
  LTC_TEST(
      "ltc",
      "test",
      litecoin(0x6f, 0x3a, 0xc4, 0xef, "tltc"),
      0xf1c8d2fd,
      19335,
      19332,
      "4966625a4b2851d9fdee139e56211a0d88575f59ed816ff5e6a63deb4e3e29a0"),
  LTC_REGTEST(
      "ltc",
      "regtest",
      litecoin(0x6f, 0x3a, 0xc4, 0xef, "rltc"),
      0xdab5bffa,
      19444,
      19443,
      "530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9"),

  /** A network of our own: its addresses begin with S and s, and nobody else's do on a regtest. */
  SIX_REGTEST(
      "sixhash",
      "regtest",
      new AddressFormat(0x3f, List.of(0x7d), 0xbf, null, null),
      0xdab5bf36,
      18644,
      18643,
      NetworkProfile.REGTEST);

  private static final String REGTEST =
      "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";

  private final String coin;
  private final String network;
  private final AddressFormat addresses;
  private final int magic;
  private final int port;
  private final int rpcPort;
  private final Hash genesis;

  NetworkProfile(
      String coin,
      String network,
      AddressFormat addresses,
      int magic,
      int port,
      int rpcPort,
      String genesis) {
    this.coin = coin;
    this.network = network;
    this.addresses = addresses;
    this.magic = magic;
    this.port = port;
    this.rpcPort = rpcPort;
    this.genesis = Reversed.parse(genesis);
  }

  private static AddressFormat bitcoin(int keyHash, int scriptHash, int secret, String bech32) {
    return new AddressFormat(keyHash, List.of(scriptHash), secret, bech32, null);
  }

  private static AddressFormat litecoin(
      int keyHash, int scriptHash, int oldScriptHash, int secret, String bech32) {
    return new AddressFormat(keyHash, List.of(scriptHash, oldScriptHash), secret, bech32, null);
  }

  /**
   * CashAddr only: Bitcoin's regtest has the same genesis, port and Base58, and coins would be sent
   * to the other chain.
   */
  private static AddressFormat cash(int keyHash, int scriptHash, int secret, String cashAddr) {
    return new AddressFormat(keyHash, List.of(scriptHash), secret, null, cashAddr);
  }

  /** The profile of a coin and a network, or null. */
  public static @Nullable NetworkProfile of(String coin, String network) {
    for (NetworkProfile profile : values()) {
      if (profile.coin.equals(coin) && profile.network.equals(network)) {
        return profile;
      }
    }
    return null;
  }

  /** {@code btc}, {@code bch}, {@code ltc} or {@code sixhash}. */
  public String coin() {
    return coin;
  }

  /** {@code main}, {@code test} or {@code regtest}, as RPC calls it. */
  public String network() {
    return network;
  }

  public AddressFormat addresses() {
    return addresses;
  }

  /** What messages begin with, little-endian on the wire. */
  public int magic() {
    return magic;
  }

  /** Of the peer-to-peer protocol. */
  public int port() {
    return port;
  }

  public int rpcPort() {
    return rpcPort;
  }

  /** The hash of the first block. */
  public Hash genesis() {
    return genesis;
  }
}
