package org.fondaco.engine.core;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.ListStatusType;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.sbe.ActivatedEncoder;
import org.fondaco.engine.sbe.AmendedEncoder;
import org.fondaco.engine.sbe.BalanceChangedEncoder;
import org.fondaco.engine.sbe.CanceledEncoder;
import org.fondaco.engine.sbe.CommandDoneEncoder;
import org.fondaco.engine.sbe.ExpiredEncoder;
import org.fondaco.engine.sbe.LevelChangedEncoder;
import org.fondaco.engine.sbe.ListStatusChangedEncoder;
import org.fondaco.engine.sbe.MessageHeaderEncoder;
import org.fondaco.engine.sbe.MovedEncoder;
import org.fondaco.engine.sbe.OrderAcceptedEncoder;
import org.fondaco.engine.sbe.OrderSpecEncoder;
import org.fondaco.engine.sbe.PreventedMatchEncoder;
import org.fondaco.engine.sbe.RejectedEncoder;
import org.fondaco.engine.sbe.TradeEncoder;
import org.fondaco.engine.sbe.TrailingStartedEncoder;
import org.fondaco.engine.sbe.TriggeredEncoder;

/** Writes the events of trading in place; {@link ControlEvents} writes the others. */
final class EventWriter {

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

  private static final long ACCEPTED_HEADER =
      header(OrderAcceptedEncoder.BLOCK_LENGTH, OrderAcceptedEncoder.TEMPLATE_ID);
  private static final long TRADE_HEADER =
      header(TradeEncoder.BLOCK_LENGTH, TradeEncoder.TEMPLATE_ID);
  private static final long MOVED_HEADER =
      header(MovedEncoder.BLOCK_LENGTH, MovedEncoder.TEMPLATE_ID);
  private static final long CANCELED_HEADER =
      header(CanceledEncoder.BLOCK_LENGTH, CanceledEncoder.TEMPLATE_ID);
  private static final long EXPIRED_HEADER =
      header(ExpiredEncoder.BLOCK_LENGTH, ExpiredEncoder.TEMPLATE_ID);
  private static final long LEVEL_CHANGED_HEADER =
      header(LevelChangedEncoder.BLOCK_LENGTH, LevelChangedEncoder.TEMPLATE_ID);
  private static final long BALANCE_CHANGED_HEADER =
      header(BalanceChangedEncoder.BLOCK_LENGTH, BalanceChangedEncoder.TEMPLATE_ID);
  private static final long DONE_HEADER =
      header(CommandDoneEncoder.BLOCK_LENGTH, CommandDoneEncoder.TEMPLATE_ID);

  private final Orders orders;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OrderAcceptedEncoder accepted = new OrderAcceptedEncoder();
  private final RejectedEncoder rejected = new RejectedEncoder();
  private final TriggeredEncoder triggered = new TriggeredEncoder();
  private final ActivatedEncoder activated = new ActivatedEncoder();
  private final TrailingStartedEncoder trailingStarted = new TrailingStartedEncoder();
  private final TradeEncoder trade = new TradeEncoder();
  private final PreventedMatchEncoder prevented = new PreventedMatchEncoder();
  private final AmendedEncoder amended = new AmendedEncoder();
  private final MovedEncoder moved = new MovedEncoder();
  private final CanceledEncoder canceled = new CanceledEncoder();
  private final ExpiredEncoder expired = new ExpiredEncoder();
  private final ListStatusChangedEncoder listStatus = new ListStatusChangedEncoder();
  private final LevelChangedEncoder levelChanged = new LevelChangedEncoder();
  private final BalanceChangedEncoder balanceChanged = new BalanceChangedEncoder();
  private final CommandDoneEncoder done = new CommandDoneEncoder();
  private EventSink sink;
  private RejectReason firstReason = RejectReason.NONE;

  EventWriter(Orders orders, EventSink sink) {
    this.orders = orders;
    this.sink = sink;
  }

  void begin(EventSink events) {
    sink = events;
    firstReason = RejectReason.NONE;
  }

  /** A message header as one little-endian long: four checked writes less an event. */
  private static long header(int blockLength, int templateId) {
    return blockLength
        | (long) templateId << 16
        | (long) MessageHeaderEncoder.SCHEMA_ID << 32
        | (long) MessageHeaderEncoder.SCHEMA_VERSION << 48;
  }

  private MutableDirectBuffer begun(int at, long messageHeader) {
    MutableDirectBuffer buffer = sink.buffer();
    buffer.putLong(at, messageHeader, ByteOrder.LITTLE_ENDIAN);
    return buffer;
  }

  EventSink sink() {
    return sink;
  }

  /** Reason of the command's first refusal, NONE while there is none. */
  RejectReason firstReason() {
    return firstReason;
  }

  /** Notes a refusal that is said by another event than Rejected. */
  void refuse(RejectReason reason) {
    if (firstReason == RejectReason.NONE) {
      firstReason = reason;
    }
  }

  void rejected(RejectStage stage, RejectReason reason, long account, int symbol, int leg) {
    refuse(reason);
    int at = sink.claim(HEADER + RejectedEncoder.BLOCK_LENGTH);
    rejected.wrapAndApplyHeader(sink.buffer(), at, header);
    rejected.stage((short) stage.ordinal());
    rejected.reason((short) reason.ordinal());
    rejected.account(account);
    rejected.symbol(symbol);
    rejected.leg(leg);
    sink.commit();
  }

  /** The spec's bytes come from the command; only the quantity may differ (quoteOrderQuantity). */
  void accepted(Market m, int o, long orderListId, boolean pending, OrderRequest request) {
    int at = sink.claim(HEADER + OrderAcceptedEncoder.BLOCK_LENGTH);
    MutableDirectBuffer buffer = sink.buffer();
    accepted.wrap(begun(at, ACCEPTED_HEADER), at + HEADER);
    accepted.symbol(m.id);
    accepted.orderId(orders.id(o));
    accepted.account(orders.account(o));
    accepted.orderListId(orderListId);
    accepted.executionId(m.nextExecutionId++);
    accepted.status((short) (pending ? OrderStatus.PENDING_NEW : OrderStatus.NEW).ordinal());
    accepted.working((short) (pending || Orders.conditional(orders.type(o)) ? 0 : 1));
    int spec = at + HEADER + OrderAcceptedEncoder.specEncodingOffset();
    buffer.putBytes(
        spec, request.buffer, request.offset, OrderAcceptedEncoder.specEncodingLength());
    buffer.putLong(
        spec + OrderSpecEncoder.quantityEncodingOffset(), orders.quantity(o) * m.lotUnit);
    sink.commit();
  }

  void triggered(Market m, int o) {
    int at = sink.claim(HEADER + TriggeredEncoder.BLOCK_LENGTH);
    triggered.wrapAndApplyHeader(sink.buffer(), at, header);
    triggered.symbol(m.id);
    triggered.orderId(orders.id(o));
    triggered.account(orders.account(o));
    triggered.executionId(m.nextExecutionId++);
    sink.commit();
  }

  void activated(Market m, int o) {
    int at = sink.claim(HEADER + ActivatedEncoder.BLOCK_LENGTH);
    activated.wrapAndApplyHeader(sink.buffer(), at, header);
    activated.symbol(m.id);
    activated.orderId(orders.id(o));
    activated.account(orders.account(o));
    activated.executionId(m.nextExecutionId++);
    activated.working((short) (Orders.conditional(orders.type(o)) ? 0 : 1));
    sink.commit();
  }

  void trailingStarted(Market m, int o) {
    int at = sink.claim(HEADER + TrailingStartedEncoder.BLOCK_LENGTH);
    trailingStarted.wrapAndApplyHeader(sink.buffer(), at, header);
    trailingStarted.symbol(m.id);
    trailingStarted.orderId(orders.id(o));
    trailingStarted.account(orders.account(o));
    sink.commit();
  }

  void trade(Market m, int taker, int maker, long ticks, long lots, long takerFee, long makerFee) {
    int at = sink.claim(HEADER + TradeEncoder.BLOCK_LENGTH);
    trade.wrap(begun(at, TRADE_HEADER), at + HEADER);
    trade.symbol(m.id);
    trade.tradeId(m.nextTradeId++);
    trade.price(ticks * m.tickUnit);
    trade.quantity(lots * m.lotUnit);
    trade.quoteQuantity(ticks * lots * m.k);
    trade.takerSide((short) orders.side(taker));
    trade.takerOrderId(orders.id(taker));
    trade.makerOrderId(orders.id(maker));
    trade.takerAccount(orders.account(taker));
    trade.makerAccount(orders.account(maker));
    trade.takerFee(takerFee);
    trade.makerFee(makerFee);
    trade.takerExecutionId(m.nextExecutionId);
    trade.makerExecutionId(m.nextExecutionId + 1);
    m.nextExecutionId += 2;
    sink.commit();
  }

  /** Execution ids are those of the sides' reports, 0 = none; the caller has taken them. */
  void prevented(Market m, int taker, int maker, Prevention p) {
    int at = sink.claim(HEADER + PreventedMatchEncoder.BLOCK_LENGTH);
    prevented.wrapAndApplyHeader(sink.buffer(), at, header);
    prevented.symbol(m.id);
    prevented.preventedMatchId(p.id);
    prevented.takerOrderId(orders.id(taker));
    prevented.makerOrderId(orders.id(maker));
    prevented.takerAccount(orders.account(taker));
    prevented.makerAccount(orders.account(maker));
    prevented.tradeGroupId(p.tradeGroup);
    prevented.mode((short) orders.mode(taker));
    prevented.price(p.ticks * m.tickUnit);
    prevented.matchQuantity(p.matchLots * m.lotUnit);
    prevented.takerPreventedQuantity(p.takerLots * m.lotUnit);
    prevented.makerPreventedQuantity(p.makerLots * m.lotUnit);
    prevented.takerExecutionId(p.takerExecutionId);
    prevented.makerExecutionId(p.makerExecutionId);
    sink.commit();
  }

  void amended(Market m, int o, long[] oldId, int oldAt) {
    int at = sink.claim(HEADER + AmendedEncoder.BLOCK_LENGTH);
    MutableDirectBuffer buffer = sink.buffer();
    amended.wrapAndApplyHeader(buffer, at, header);
    amended.symbol(m.id);
    amended.orderId(orders.id(o));
    amended.account(orders.account(o));
    amended.executionId(m.nextExecutionId++);
    amended.newQuantity(orders.quantity(o) * m.lotUnit);
    int body = at + HEADER;
    ClientIdCodec.write(
        buffer,
        body + AmendedEncoder.clientOrderIdEncodingOffset(),
        orders.clientIdArray(),
        orders.clientIdAt(o));
    ClientIdCodec.write(
        buffer, body + AmendedEncoder.origClientOrderIdEncodingOffset(), oldId, oldAt);
    sink.commit();
  }

  void moved(Market m, int o) {
    int at = sink.claim(HEADER + MovedEncoder.BLOCK_LENGTH);
    moved.wrap(begun(at, MOVED_HEADER), at + HEADER);
    moved.symbol(m.id);
    moved.orderId(orders.id(o));
    moved.account(orders.account(o));
    moved.executionId(m.nextExecutionId++);
    moved.newPrice(orders.price(o) * m.tickUnit);
    sink.commit();
  }

  void canceled(Market m, int o, long[] requestId) {
    int at = sink.claim(HEADER + CanceledEncoder.BLOCK_LENGTH);
    MutableDirectBuffer buffer = sink.buffer();
    canceled.wrap(begun(at, CANCELED_HEADER), at + HEADER);
    canceled.symbol(m.id);
    canceled.orderId(orders.id(o));
    canceled.account(orders.account(o));
    canceled.executionId(m.nextExecutionId++);
    ClientIdCodec.write(
        buffer, at + HEADER + CanceledEncoder.clientOrderIdEncodingOffset(), requestId, 0);
    sink.commit();
  }

  void expired(Market m, int o, ExpiryReason reason, OrderStatus status, long executionId) {
    int at = sink.claim(HEADER + ExpiredEncoder.BLOCK_LENGTH);
    expired.wrap(begun(at, EXPIRED_HEADER), at + HEADER);
    expired.symbol(m.id);
    expired.orderId(orders.id(o));
    expired.account(orders.account(o));
    expired.executionId(executionId);
    expired.reason((short) reason.ordinal());
    expired.status((short) status.ordinal());
    sink.commit();
  }

  void listStatus(Market m, Lists lists, int list, boolean done, long[] clientId, int clientIdAt) {
    int at = sink.claim(HEADER + ListStatusChangedEncoder.BLOCK_LENGTH);
    MutableDirectBuffer buffer = sink.buffer();
    listStatus.wrapAndApplyHeader(buffer, at, header);
    listStatus.symbol(m.id);
    listStatus.orderListId(lists.id(list));
    listStatus.account(lists.account(list));
    listStatus.contingencyType((short) lists.contingency(list).ordinal());
    listStatus.listStatusType(
        (short) (done ? ListStatusType.ALL_DONE : ListStatusType.EXEC_STARTED).ordinal());
    listStatus.listOrderStatus(
        (short) (done ? ListOrderStatus.ALL_DONE : ListOrderStatus.EXECUTING).ordinal());
    ClientIdCodec.write(
        buffer,
        at + HEADER + ListStatusChangedEncoder.listClientOrderIdEncodingOffset(),
        clientId,
        clientIdAt);
    listStatus.order1(lists.legId(list, 0));
    listStatus.order2(lists.legId(list, 1));
    listStatus.order3(lists.legId(list, 2));
    sink.commit();
  }

  void levelChanged(Market m, int side, long ticks, long lots) {
    int at = sink.claim(HEADER + LevelChangedEncoder.BLOCK_LENGTH);
    levelChanged.wrap(begun(at, LEVEL_CHANGED_HEADER), at + HEADER);
    levelChanged.symbol(m.id);
    levelChanged.updateId(m.nextUpdateId++);
    levelChanged.side((short) side);
    levelChanged.price(ticks * m.tickUnit);
    levelChanged.quantity(lots * m.lotUnit);
    sink.commit();
  }

  void balanceChanged(long account, int asset, long total, long held) {
    int at = sink.claim(HEADER + BalanceChangedEncoder.BLOCK_LENGTH);
    balanceChanged.wrap(begun(at, BALANCE_CHANGED_HEADER), at + HEADER);
    balanceChanged.account(account);
    balanceChanged.asset(asset);
    balanceChanged.total(total);
    balanceChanged.held(held);
    sink.commit();
  }

  void done(long sequence, long time, int command) {
    int at = sink.claim(HEADER + CommandDoneEncoder.BLOCK_LENGTH);
    done.wrap(begun(at, DONE_HEADER), at + HEADER);
    done.sequence(sequence);
    done.time(time);
    done.command(command);
    done.reason((short) firstReason.ordinal());
    sink.commit();
  }
}
