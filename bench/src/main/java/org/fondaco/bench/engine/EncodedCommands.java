package org.fondaco.bench.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.bench.workload.Workload;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.sbe.AmendOrderEncoder;
import org.fondaco.engine.sbe.CancelOrderEncoder;
import org.fondaco.engine.sbe.CommandHeaderEncoder;
import org.fondaco.engine.sbe.MessageHeaderEncoder;
import org.fondaco.engine.sbe.MoveOrderEncoder;
import org.fondaco.engine.sbe.OrderSpecEncoder;
import org.fondaco.engine.sbe.PlaceOrderEncoder;

/**
 * A sequence of encoded commands in off-heap memory, made before anything is measured, as a gateway
 * would hand them over: with a stamp, a client order id on every placement and a request digest.
 */
public final class EncodedCommands {

  /** First stamp: 2026-01-01 in microseconds; each command comes a microsecond after the last. */
  static final long EPOCH = 1_767_225_600_000_000L;

  private static final int CHUNK = 1 << 26;
  private static final int LARGEST = 8_192;

  private final List<UnsafeBuffer> chunks = new ArrayList<>();
  private final boolean digests;
  private long[] places = new long[1 << 16];
  private int count;
  private int position = CHUNK;
  private long time = EPOCH;

  private final CommandCodec codec = new CommandCodec();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final PlaceOrderEncoder place = new PlaceOrderEncoder();
  private final CancelOrderEncoder cancel = new CancelOrderEncoder();
  private final AmendOrderEncoder amend = new AmendOrderEncoder();
  private final MoveOrderEncoder move = new MoveOrderEncoder();

  /**
   * @param digests whether client commands carry a request digest, so that the engine looks for
   *     duplicates
   */
  public EncodedCommands(boolean digests) {
    this.digests = digests;
  }

  public int count() {
    return count;
  }

  public DirectBuffer buffer(int index) {
    return chunks.get((int) (places[index] >>> 48));
  }

  public int offset(int index) {
    return (int) (places[index] >>> 16);
  }

  public int length(int index) {
    return (int) (places[index] & 0xffff);
  }

  /** Lets stamps go on as if so many workload commands, and a day, had passed. */
  void stampAfter(int commands) {
    time = EPOCH + 86_400_000_000L + commands;
  }

  /** Adds a command of the operator. */
  void add(Command command) {
    int offset = room();
    done(offset, codec.encode(new CommandHeader(time++, 0, 0, 0, 0), command, last(), offset));
  }

  /** Adds row of the workload as the client's command it stands for. */
  void add(Workload workload, int row) {
    int offset = room();
    UnsafeBuffer buffer = last();
    long account = Venue.account(workload.account(row));
    int symbol = Venue.symbol(workload.symbol(row));
    long order = workload.order(row);
    switch (workload.kind(row)) {
      case Workload.PLACE_GTC, Workload.PLACE_IOC, Workload.PLACE_FOK -> {
        place.wrapAndApplyHeader(buffer, offset, header);
        stamp(place.header());
        place.account(account).symbol(symbol).testOnly((short) 0);
        spec(workload, row, place.spec());
        done(offset, MessageHeaderEncoder.ENCODED_LENGTH + place.encodedLength());
      }
      case Workload.CANCEL -> cancel(offset, account, symbol, order);
      case Workload.REDUCE -> {
        if (workload.quantity(row) == 0) {
          // exchange-core's reduce may end an order; ours is an amendment and may not.
          cancel(offset, account, symbol, order);
          return;
        }
        amend.wrapAndApplyHeader(buffer, offset, header);
        stamp(amend.header());
        amend.account(account).symbol(symbol).orderId(order).origClientOrderId("");
        amend.newClientOrderId("");
        amend.newQuantity(workload.quantity(row) * Venue.LOT);
        done(offset, MessageHeaderEncoder.ENCODED_LENGTH + amend.encodedLength());
      }
      case Workload.MOVE -> {
        move.wrapAndApplyHeader(buffer, offset, header);
        stamp(move.header());
        move.account(account).symbol(symbol).orderId(order);
        move.newPrice(workload.price(row) * Venue.TICK);
        done(offset, MessageHeaderEncoder.ENCODED_LENGTH + move.encodedLength());
      }
      default -> throw new IllegalArgumentException("kind " + workload.kind(row));
    }
  }

  private void cancel(int offset, long account, int symbol, long order) {
    cancel.wrapAndApplyHeader(last(), offset, header);
    stamp(cancel.header());
    cancel.account(account).symbol(symbol).orderId(order).origClientOrderId("");
    cancel.newClientOrderId("c" + order).restriction((short) 0);
    done(offset, MessageHeaderEncoder.ENCODED_LENGTH + cancel.encodedLength());
  }

  private void spec(Workload workload, int row, OrderSpecEncoder spec) {
    int timeInForce =
        switch (workload.kind(row)) {
          case Workload.PLACE_IOC -> 1;
          case Workload.PLACE_FOK -> 2;
          default -> 0;
        };
    spec.side((short) (workload.buy(row) ? 0 : 1));
    spec.type((short) 0).timeInForce((short) timeInForce).selfTradePreventionMode((short) 0);
    spec.trailingDelta(0).quantity(workload.size(row) * Venue.LOT).quoteOrderQuantity(0);
    spec.price(workload.price(row) * Venue.TICK).stopPrice(0).icebergQuantity(0);
    spec.strategyId(Long.MIN_VALUE).strategyType(0);
    spec.clientOrderId(clientId(workload.order(row)));
  }

  private static String clientId(long order) {
    return "o" + order;
  }

  private void stamp(CommandHeaderEncoder to) {
    long n = time++;
    to.time(n).sourceSequence(0).source(0);
    to.digestHigh(digests ? n * 0x9e3779b97f4a7c15L : 0).digestLow(digests ? n : 0);
  }

  private int room() {
    if (position + LARGEST > CHUNK) {
      chunks.add(new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK)));
      position = 0;
    }
    return position;
  }

  private UnsafeBuffer last() {
    return chunks.getLast();
  }

  private void done(int offset, int length) {
    if (count == places.length) {
      places = java.util.Arrays.copyOf(places, count * 2);
    }
    places[count++] = (long) (chunks.size() - 1) << 48 | (long) offset << 16 | length;
    position = offset + (length + 7 & ~7);
  }
}
