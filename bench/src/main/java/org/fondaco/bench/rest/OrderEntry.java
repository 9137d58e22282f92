package org.fondaco.bench.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Signed {@code POST /api/v3/order} requests, prepared before they are timed. Two users trade one
 * lot at one price with each other, so that about half of the orders trade and the book stays
 * small.
 */
public final class OrderEntry implements AutoCloseable {

  public static final int CONNECTIONS = 64;

  static final String SYMBOL = "BTCUSDT";
  static final String QUANTITY = "0.001";
  static final String PRICE = "50000";

  private final StartedVenue venue;
  private final StartedVenue.User first;
  private final StartedVenue.User second;
  private final String run = Long.toString(System.nanoTime(), 36);
  private final BitSet orderIds = new BitSet();
  private long orders;
  private long answerBytes;
  private long answers;

  public OrderEntry(StartedVenue venue) throws IOException {
    this.venue = venue;
    this.first = venue.user("alice");
    this.second = venue.user("bob");
  }

  /**
   * Sends so many orders.
   *
   * @return orders a second
   * @throws IllegalStateException when one was not accepted, or an order id came twice
   */
  public double ours(int count) throws IOException {
    List<byte[]> requests = requests(count);
    long nanos =
        Load.run(
            venue.port(),
            CONNECTIONS,
            requests,
            (status, bytes, offset, length) -> {
              if (status != 200) {
                throw new IllegalStateException(
                    status + " " + new String(bytes, offset, length, StandardCharsets.UTF_8));
              }
              answers++;
              answerBytes += length;
              int id = orderId(bytes, offset, length);
              if (orderIds.get(id)) {
                throw new IllegalStateException("order id " + id + " twice");
              }
              orderIds.set(id);
            });
    return count * 1e9 / nanos;
  }

  /** Sends so many of the same requests to the bare Jetty. */
  public double peer(int port, int count) throws IOException {
    List<byte[]> requests = requests(count);
    long nanos =
        Load.run(
            port,
            CONNECTIONS,
            requests,
            (status, bytes, offset, length) -> {
              if (status != 200) {
                throw new IllegalStateException("the peer answered " + status);
              }
            });
    return count * 1e9 / nanos;
  }

  public StartedVenue venue() {
    return venue;
  }

  /** Distinct order ids answered so far. */
  public long accepted() {
    return orderIds.cardinality();
  }

  /** Mean length of an answer's body. */
  public int answerLength() {
    return (int) (answerBytes / Math.max(1, answers));
  }

  private List<byte[]> requests(int count) {
    Signer firstSigner = new Signer(first.secretKey());
    Signer secondSigner = new Signer(second.secretKey());
    List<byte[]> requests = new ArrayList<>(count);
    long now = System.currentTimeMillis();
    for (int i = 0; i < count; i++) {
      // Rounds of four: first sells to second, then second sells to first.
      boolean byFirst = (i & 1) == 0;
      boolean sell = byFirst == ((i & 2) == 0);
      String parameters =
          "symbol="
              + SYMBOL
              + "&side="
              + (sell ? "SELL" : "BUY")
              + "&type=LIMIT&timeInForce=GTC&quantity="
              + QUANTITY
              + "&price="
              + PRICE
              + "&newClientOrderId="
              + run
              + '-'
              + orders++
              + "&recvWindow=60000&timestamp="
              + now;
      String body = (byFirst ? firstSigner : secondSigner).sign(parameters);
      String request =
          "POST /api/v3/order HTTP/1.1\r\nHost: 127.0.0.1:"
              + venue.port()
              + "\r\nX-MBX-APIKEY: "
              + (byFirst ? first : second).apiKey()
              + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      requests.add(request.getBytes(StandardCharsets.US_ASCII));
    }
    return requests;
  }

  static int orderId(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.US_ASCII);
    int at = text.indexOf("\"orderId\":");
    if (at < 0) {
      throw new IllegalStateException("no order id in " + text);
    }
    int value = 0;
    for (int i = at + 10; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
      value = Math.addExact(Math.multiplyExact(value, 10), text.charAt(i) - '0');
    }
    return value;
  }

  @Override
  public void close() {
    venue.close();
  }

  /** Starts the peer; its answers are as long as ours. */
  public Peer startPeer() throws IOException {
    return Peer.start(BareJetty.class, answerLength(), List.of(first, second));
  }
}
