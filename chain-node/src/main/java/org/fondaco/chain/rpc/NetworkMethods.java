package org.fondaco.chain.rpc;

import java.util.function.IntSupplier;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Hex;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/** {@code net_*} and {@code web3_*}. */
public final class NetworkMethods {
  private NetworkMethods() {}

  /**
   * Adds the methods.
   *
   * @param clientVersion name, version, platform and language, divided by slashes
   * @param networkId of the peer-to-peer network
   * @param peers how many there are
   */
  public static void register(
      Methods methods, String clientVersion, long networkId, IntSupplier peers) {
    methods.add(
        "net_version",
        (parameters, caller) -> {
          parameters.atMost(0);
          return StringNode.valueOf(Long.toUnsignedString(networkId)); // decimal, unlike the others
        });
    methods.add(
        "net_listening",
        (parameters, caller) -> {
          parameters.atMost(0);
          return BooleanNode.TRUE;
        });
    methods.add(
        "net_peerCount",
        (parameters, caller) -> {
          parameters.atMost(0);
          return StringNode.valueOf("0x" + Integer.toHexString(peers.getAsInt()));
        });
    methods.add(
        "web3_clientVersion",
        (parameters, caller) -> {
          parameters.atMost(0);
          return StringNode.valueOf(clientVersion);
        });
    methods.add(
        "web3_sha3",
        (parameters, caller) -> {
          parameters.atMost(1);
          return StringNode.valueOf(Hex.encode(Keccak.hash256(parameters.data(0))));
        });
  }
}
