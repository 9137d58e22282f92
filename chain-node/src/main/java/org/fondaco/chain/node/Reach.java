package org.fondaco.chain.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.fondaco.chain.rpc.RpcConfig;

/**
 * Who can reach a node. Geth forbids unlocking as soon as HTTP is open; here a door that only this
 * machine reaches does not count, because its host names and origins are checked.
 */
public final class Reach {
  private volatile boolean beyond;

  /** Whether a host is this machine for itself; one that has no address is not. */
  public static boolean isLoopback(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  void opened(RpcConfig config) {
    if (config.http() != null) {
      opened(config.http().host());
    }
    if (config.webSocket() != null) {
      opened(config.webSocket().host());
    }
  }

  /** A door opened; that it may shut again is not counted on. */
  void opened(String host) {
    if (!isLoopback(host)) {
      beyond = true;
    }
  }

  /** Whether other machines can reach the node, or could. */
  boolean isBeyondThisMachine() {
    return beyond;
  }
}
