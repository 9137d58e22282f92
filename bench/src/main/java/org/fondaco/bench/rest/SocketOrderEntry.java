package org.fondaco.bench.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** As {@link OrderEntry}, {@code order.place} over the WebSocket API. */
public final class SocketOrderEntry implements AutoCloseable {
  private static final byte[] ACCEPTED = ",\"status\":200,".getBytes(StandardCharsets.US_ASCII);

  private final StartedVenue venue;
  private final StartedVenue.User first;
  private final StartedVenue.User second;
  private final String run = Long.toString(System.nanoTime(), 36);
  private final BitSet orderIds = new BitSet();
  private long orders;
  private long answerBytes;
  private long answers;

  public SocketOrderEntry(StartedVenue venue) throws IOException {
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
    long nanos =
        SocketLoad.run(
            venue.port(), "/ws-api/v3", OrderEntry.CONNECTIONS, frames(count), this::accepted);
    return count * 1e9 / nanos;
  }

  private void accepted(int status, byte[] bytes, int offset, int length) {
    if (indexOf(ACCEPTED, bytes, offset, length) < 0) {
      throw new IllegalStateException(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }
    answers++;
    answerBytes += length;
    int id = OrderEntry.orderId(bytes, offset, length);
    if (orderIds.get(id)) {
      throw new IllegalStateException("order id " + id + " twice");
    }
    orderIds.set(id);
  }

  private static int indexOf(byte[] what, byte[] bytes, int offset, int length) {
    for (int i = offset; i + what.length <= offset + length; i++) {
      int k = 0;
      while (k < what.length && bytes[i + k] == what[k]) {
        k++;
      }
      if (k == what.length) {
        return i;
      }
    }
    return -1;
  }

  /** Sends so many of the same messages to the bare Jetty. */
  public double peer(int port, int count) throws IOException {
    long nanos =
        SocketLoad.run(
            port,
            "/",
            OrderEntry.CONNECTIONS,
            frames(count),
            (status, bytes, offset, length) -> {
              if (length < BareSocket.ANSWER_LENGTH_MIN) {
                throw new IllegalStateException("the peer found a signature invalid");
              }
            });
    return count * 1e9 / nanos;
  }

  /** Starts the peer; its answers are as long as ours are now. */
  public Peer startPeer() throws IOException {
    return Peer.start(BareSocket.class, answerLength(), List.of(first, second));
  }

  /** Distinct order ids answered so far. */
  public long accepted() {
    return orderIds.cardinality();
  }

  /** Mean length of an answer. */
  public int answerLength() {
    return (int) (answerBytes / Math.max(1, answers));
  }

  private List<byte[]> frames(int count) {
    Signer firstSigner = new Signer(first.secretKey());
    Signer secondSigner = new Signer(second.secretKey());
    List<byte[]> frames = new ArrayList<>(count);
    long now = System.currentTimeMillis();
    for (int i = 0; i < count; i++) {
      boolean byFirst = (i & 1) == 0;
      boolean sell = byFirst == ((i & 2) == 0);
      String[] parameters = {
        "apiKey",
        (byFirst ? first : second).apiKey(),
        "newClientOrderId",
        run + '-' + orders++,
        "price",
        OrderEntry.PRICE,
        "quantity",
        OrderEntry.QUANTITY,
        "recvWindow",
        "60000",
        "side",
        sell ? "SELL" : "BUY",
        "symbol",
        OrderEntry.SYMBOL,
        "timeInForce",
        "GTC",
        "timestamp",
        Long.toString(now),
        "type",
        "LIMIT"
      };
      StringBuilder payload = new StringBuilder();
      StringBuilder json = new StringBuilder();
      for (int k = 0; k < parameters.length; k += 2) {
        payload.append(k == 0 ? "" : "&").append(parameters[k]).append('=');
        payload.append(parameters[k + 1]);
        json.append(k == 0 ? "\"" : ",\"").append(parameters[k]).append("\":\"");
        json.append(parameters[k + 1]).append('"');
      }
      String signature =
          (byFirst ? firstSigner : secondSigner)
              .signature(payload.toString().getBytes(StandardCharsets.US_ASCII));
      frames.add(
          SocketLoad.text(
              "{\"id\":"
                  + i
                  + ",\"method\":\"order.place\",\"params\":{"
                  + json
                  + ",\"signature\":\""
                  + signature
                  + "\"}}"));
    }
    return frames;
  }

  @Override
  public void close() {
    venue.close();
  }
}
