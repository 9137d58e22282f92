package org.fondaco.api.address;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a request comes from when reverse proxies stand in front. What a proxy says is
 * believed only of peers that the operator trusts, and only in the one header that these proxies
 * write: the other would be passed on as any client has sent it.
 */
public final class ClientAddress {

  /** Which header the trusted proxies append to. */
  public enum ProxyHeader {
    /** {@code X-Forwarded-For: client, proxy1, proxy2}. */
    X_FORWARDED_FOR("X-Forwarded-For"),
    /** {@code Forwarded: for=client, for=proxy1} [RFC 7239]. */
    FORWARDED("Forwarded");

    private final String text;

    ProxyHeader(String text) {
      this.text = text;
    }

    /** Name of the header. */
    public String text() {
      return text;
    }
  }

  private final Addresses trusted;
  private final ProxyHeader header;

  /**
   * @param trusted proxies that are believed
   */
  public ClientAddress(Addresses trusted, ProxyHeader header) {
    this.trusted = trusted;
    this.header = header;
  }

  /** The header to hand to {@link #of}. */
  public String headerName() {
    return header.text();
  }

  /** Whether what {@code peer} says of others is believed. */
  public boolean trusts(String peer) {
    return !trusted.isEmpty() && trusted.contains(peer);
  }

  /**
   * The address of the client: the last one named that is no trusted proxy. What stands before an
   * entry that is no address is not believed.
   *
   * @param peer the other end of the connection
   * @param values values of the header {@link #headerName()}, in the order sent
   */
  public String of(String peer, List<String> values) {
    if (values.isEmpty() || !trusts(peer)) {
      return peer;
    }
    List<String> named = new ArrayList<>();
    for (String value : values) {
      Collections.addAll(named, value.split(",", -1));
    }
    String client = peer;
    for (int i = named.size() - 1; i >= 0 && trusted.contains(client); i--) {
      String address = address(named.get(i).strip());
      if (address == null) {
        break;
      }
      client = address;
    }
    return client;
  }

  private @Nullable String address(String entry) {
    return switch (header) {
      case X_FORWARDED_FOR -> Addresses.canonical(withoutPort(entry));
      case FORWARDED -> forwarded(entry);
    };
  }

  private static @Nullable String forwarded(String entry) {
    for (String pair : entry.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("for")) {
        String node = pair.substring(equals + 1).strip();
        boolean quoted = node.length() > 1 && node.startsWith("\"") && node.endsWith("\"");
        return Addresses.canonical(
            withoutPort(quoted ? node.substring(1, node.length() - 1) : node));
      }
    }
    return null;
  }

  /** {@code 192.0.2.7:80} and {@code [2001:db8::1]:80} without port and brackets. */
  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end < 0 ? "" : node.substring(1, end);
    }
    int colon = node.indexOf(':');
    return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
  }
}
