package org.fondaco.chain.node;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * The peers that an operator wants to be connected with. This version has no peer-to-peer network:
 * it remembers them and connects with none.
 */
final class Peers {
  private static final Pattern ENODE =
      Pattern.compile("enode://[0-9a-fA-F]{128}@[^@/?]+:([0-9]{1,5})(\\?discport=[0-9]{1,5})?");

  private final Set<String> wanted = new ConcurrentSkipListSet<>();

  /**
   * Remembers a peer.
   *
   * @throws IllegalArgumentException if the URL is none of a node
   */
  void want(String enode) {
    check(enode);
    wanted.add(enode);
  }

  /** Forgets a peer; one that is not remembered is nothing. */
  void forget(String enode) {
    check(enode);
    wanted.remove(enode);
  }

  Set<String> wanted() {
    return new TreeSet<>(wanted);
  }

  int connected() {
    return 0;
  }

  private static void check(String enode) {
    var matcher = ENODE.matcher(enode);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "invalid enode: want enode://<128 hexadecimal digits>@<host>:<port>");
    }
    if (Integer.parseInt(matcher.group(1)) > 65_535) {
      throw new IllegalArgumentException("invalid enode: invalid port");
    }
  }
}
