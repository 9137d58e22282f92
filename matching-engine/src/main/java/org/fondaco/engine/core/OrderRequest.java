package org.fondaco.engine.core;

import org.agrona.DirectBuffer;
import org.fondaco.engine.sbe.OrderSpecDecoder;

/** Scratch of one order being admitted: the spec as asked, then its ticks and lots. */
final class OrderRequest {

  final long[] clientId = new long[Orders.CLIENT_ID_LONGS];
  DirectBuffer buffer;
  int offset;
  int side;
  int type;
  int timeInForce;
  int mode;
  int delta;
  long quantity;
  long quoteQuantity;
  long price;
  long stopPrice;
  long icebergQuantity;
  long strategyId;
  int strategyType;

  long ticks;
  long stopTicks;
  long lots;
  long icebergLots;
  boolean bookEnded;

  OrderRequest(DirectBuffer buffer) {
    this.buffer = buffer;
  }

  void read(OrderSpecDecoder from) {
    buffer = from.buffer();
    offset = from.offset();
    side = from.side();
    type = from.type();
    timeInForce = from.timeInForce();
    mode = from.selfTradePreventionMode();
    delta = from.trailingDelta();
    quantity = from.quantity();
    quoteQuantity = from.quoteOrderQuantity();
    price = from.price();
    stopPrice = from.stopPrice();
    icebergQuantity = from.icebergQuantity();
    strategyId = from.strategyId();
    strategyType = from.strategyType();
    ClientIdCodec.read(buffer, offset + OrderSpecDecoder.clientOrderIdEncodingOffset(), clientId);
    bookEnded = false;
  }
}
