package org.fondaco.engine.readmodel;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.fondaco.engine.protocol.ContingencyType;
import org.fondaco.engine.protocol.EventCodec;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.ListStatusType;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.sbe.AccountChangedDecoder;
import org.fondaco.engine.sbe.ActivatedDecoder;
import org.fondaco.engine.sbe.AmendedDecoder;
import org.fondaco.engine.sbe.AssetChangedDecoder;
import org.fondaco.engine.sbe.BalanceChangedDecoder;
import org.fondaco.engine.sbe.BatchRejectedDecoder;
import org.fondaco.engine.sbe.CanceledDecoder;
import org.fondaco.engine.sbe.CommandDoneDecoder;
import org.fondaco.engine.sbe.ExpiredDecoder;
import org.fondaco.engine.sbe.FeesChangedDecoder;
import org.fondaco.engine.sbe.FreezeChangedDecoder;
import org.fondaco.engine.sbe.HoldClosedDecoder;
import org.fondaco.engine.sbe.HoldOpenedDecoder;
import org.fondaco.engine.sbe.LevelChangedDecoder;
import org.fondaco.engine.sbe.ListStateDecoder;
import org.fondaco.engine.sbe.ListStatusChangedDecoder;
import org.fondaco.engine.sbe.MarkTotalsDecoder;
import org.fondaco.engine.sbe.MarkedDecoder;
import org.fondaco.engine.sbe.MessageHeaderDecoder;
import org.fondaco.engine.sbe.MovedDecoder;
import org.fondaco.engine.sbe.OrderAcceptedDecoder;
import org.fondaco.engine.sbe.OrderSpecDecoder;
import org.fondaco.engine.sbe.OrderStateDecoder;
import org.fondaco.engine.sbe.PreventedMatchDecoder;
import org.fondaco.engine.sbe.RejectedDecoder;
import org.fondaco.engine.sbe.SourceOutcomeDecoder;
import org.fondaco.engine.sbe.SourceStateDecoder;
import org.fondaco.engine.sbe.SymbolChangedDecoder;
import org.fondaco.engine.sbe.SymbolStateDecoder;
import org.fondaco.engine.sbe.TradeDecoder;
import org.fondaco.engine.sbe.TrailingStartedDecoder;
import org.fondaco.engine.sbe.TransferPostedDecoder;
import org.fondaco.engine.sbe.TriggeredDecoder;
import org.fondaco.engine.sbe.VenueChangedDecoder;

/** Folds groups into the model, straight from the wire. One thread only. */
final class GroupWriter {

  private final GroupLocks locks;
  private final SettingsWriter settings;
  private final Retention retention;
  private final byte[] clientIdBytes = new byte[OrderSpecDecoder.clientOrderIdEncodingLength()];
  private long sequence;
  private long watermark;
  private long time;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final EventCodec codec = new EventCodec();
  private final OrderAcceptedDecoder orderAccepted = new OrderAcceptedDecoder();
  private final TriggeredDecoder triggered = new TriggeredDecoder();
  private final ActivatedDecoder activated = new ActivatedDecoder();
  private final TrailingStartedDecoder trailingStarted = new TrailingStartedDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final PreventedMatchDecoder preventedMatch = new PreventedMatchDecoder();
  private final AmendedDecoder amended = new AmendedDecoder();
  private final MovedDecoder moved = new MovedDecoder();
  private final CanceledDecoder canceled = new CanceledDecoder();
  private final ExpiredDecoder expired = new ExpiredDecoder();
  private final ListStatusChangedDecoder listStatus = new ListStatusChangedDecoder();
  private final LevelChangedDecoder level = new LevelChangedDecoder();
  private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
  private final OrderStateDecoder orderState = new OrderStateDecoder();
  private final ListStateDecoder listState = new ListStateDecoder();
  private final SymbolStateDecoder symbolState = new SymbolStateDecoder();

  GroupWriter(GroupLocks locks, Catalogue catalogue, Retention retention) {
    this.locks = locks;
    settings = new SettingsWriter(catalogue, locks);
    this.retention = retention;
  }

  void group(
      long groupSequence,
      long groupTime,
      long historyWatermark,
      DirectBuffer events,
      int offset,
      int length) {
    watermark = historyWatermark;
    sequence = groupSequence;
    time = groupTime;
    locks.begin(groupSequence);
    try {
      int end = offset + length;
      int position = offset;
      while (position < end) {
        int eventLength = events.getInt(position, ByteOrder.LITTLE_ENDIAN);
        event(events, position + Integer.BYTES);
        position += Integer.BYTES + eventLength;
      }
    } finally {
      locks.release();
    }
  }

  /** Forgets some of what the history store has and the window does not cover. */
  void forget(long watermark) {
    try {
      retention.forget(locks, watermark);
    } finally {
      locks.release();
    }
  }

  private void event(DirectBuffer buffer, int offset) {
    header.wrap(buffer, offset);
    int template = header.templateId();
    switch (template) {
      case LevelChangedDecoder.TEMPLATE_ID -> levelChanged(buffer, offset);
      case BalanceChangedDecoder.TEMPLATE_ID -> balanceChanged(buffer, offset);
      case OrderAcceptedDecoder.TEMPLATE_ID -> orderAccepted(buffer, offset);
      case TradeDecoder.TEMPLATE_ID -> traded(buffer, offset);
      case CanceledDecoder.TEMPLATE_ID -> canceled(buffer, offset);
      case ExpiredDecoder.TEMPLATE_ID -> expired(buffer, offset);
      case MovedDecoder.TEMPLATE_ID -> moved(buffer, offset);
      case AmendedDecoder.TEMPLATE_ID -> amended(buffer, offset);
      case TriggeredDecoder.TEMPLATE_ID -> triggered(buffer, offset);
      case ActivatedDecoder.TEMPLATE_ID -> activated(buffer, offset);
      case TrailingStartedDecoder.TEMPLATE_ID -> trailingStarted(buffer, offset);
      case PreventedMatchDecoder.TEMPLATE_ID -> prevented(buffer, offset);
      case ListStatusChangedDecoder.TEMPLATE_ID -> listStatusChanged(buffer, offset);
      case OrderStateDecoder.TEMPLATE_ID -> orderState(buffer, offset);
      case ListStateDecoder.TEMPLATE_ID -> listState(buffer, offset);
      case SymbolStateDecoder.TEMPLATE_ID -> symbolState(buffer, offset);
      case AssetChangedDecoder.TEMPLATE_ID,
          SymbolChangedDecoder.TEMPLATE_ID,
          FeesChangedDecoder.TEMPLATE_ID,
          AccountChangedDecoder.TEMPLATE_ID,
          FreezeChangedDecoder.TEMPLATE_ID ->
          settings.apply(codec.decode(buffer, offset));
      // Nothing a trader's view shows: outcomes, transfers (their balances follow), flags.
      case RejectedDecoder.TEMPLATE_ID,
          HoldOpenedDecoder.TEMPLATE_ID,
          HoldClosedDecoder.TEMPLATE_ID,
          TransferPostedDecoder.TEMPLATE_ID,
          BatchRejectedDecoder.TEMPLATE_ID,
          VenueChangedDecoder.TEMPLATE_ID,
          SourceOutcomeDecoder.TEMPLATE_ID,
          SourceStateDecoder.TEMPLATE_ID,
          MarkTotalsDecoder.TEMPLATE_ID,
          MarkedDecoder.TEMPLATE_ID,
          CommandDoneDecoder.TEMPLATE_ID -> {}
      default -> throw new IllegalStateException("unknown event template " + template);
    }
  }

  private void levelChanged(DirectBuffer buffer, int offset) {
    level.wrapAndApplyHeader(buffer, offset, header);
    locks
        .symbol(level.symbol())
        .level(Side.of(level.side()), level.price(), level.quantity(), level.updateId());
  }

  private void balanceChanged(DirectBuffer buffer, int offset) {
    balance.wrapAndApplyHeader(buffer, offset, header);
    long account = balance.account();
    locks.shard(account).account(account).balance(balance.asset(), balance.total(), balance.held());
  }

  private void orderAccepted(DirectBuffer buffer, int offset) {
    orderAccepted.wrapAndApplyHeader(buffer, offset, header);
    OrderSpecDecoder spec = orderAccepted.spec();
    long account = orderAccepted.account();
    locks
        .shard(account)
        .add(
            new LiveOrder(
                account,
                orderAccepted.symbol(),
                orderAccepted.orderId(),
                orderAccepted.orderListId(),
                OrderStatus.of(orderAccepted.status()),
                orderAccepted.working() != 0,
                spec,
                clientId(spec),
                time));
  }

  private void traded(DirectBuffer buffer, int offset) {
    trade.wrapAndApplyHeader(buffer, offset, header);
    SymbolBook book = locks.symbol(trade.symbol());
    boolean takerBuys = Side.of(trade.takerSide()) == Side.BUY;
    ReadModel.TradeView view =
        new ReadModel.TradeView(
            trade.tradeId(),
            trade.price(),
            trade.quantity(),
            trade.quoteQuantity(),
            time,
            !takerBuys);
    book.trade(new ReadModel.TapeTrade(sequence, trade.takerOrderId(), view), watermark);
    filled(book, trade.takerAccount(), trade.takerOrderId(), trade.takerFee(), takerBuys, false);
    filled(book, trade.makerAccount(), trade.makerOrderId(), trade.makerFee(), !takerBuys, true);
  }

  private void filled(
      SymbolBook book, long account, long orderId, long fee, boolean buyer, boolean maker) {
    AccountShard shard = locks.shard(account);
    LiveOrder order = shard.order(orderId);
    order.traded(trade.quantity(), trade.quoteQuantity(), time);
    closeIfEnded(shard, order);
    ReadModel.FillView view =
        new ReadModel.FillView(
            order.symbol,
            trade.tradeId(),
            orderId,
            order.orderListId,
            trade.price(),
            trade.quantity(),
            trade.quoteQuantity(),
            fee,
            buyer ? book.baseAsset : book.quoteAsset,
            time,
            buyer,
            maker);
    LiveFill fill = new LiveFill(account, view, sequence);
    shard.account(account).addFill(fill);
    retention.filled(fill);
  }

  private void closeIfEnded(AccountShard shard, LiveOrder order) {
    if (order.listedOpen && !order.open()) {
      shard.account(order.account).removeOpen(order);
      order.closedSequence = sequence;
      retention.closed(order);
    }
  }

  private void canceled(DirectBuffer buffer, int offset) {
    canceled.wrapAndApplyHeader(buffer, offset, header);
    AccountShard shard = locks.shard(canceled.account());
    LiveOrder order = shard.order(canceled.orderId());
    order.canceled(time);
    closeIfEnded(shard, order);
  }

  private void expired(DirectBuffer buffer, int offset) {
    expired.wrapAndApplyHeader(buffer, offset, header);
    AccountShard shard = locks.shard(expired.account());
    LiveOrder order = shard.order(expired.orderId());
    order.expired(ExpiryReason.of(expired.reason()), OrderStatus.of(expired.status()), time);
    closeIfEnded(shard, order);
  }

  private void moved(DirectBuffer buffer, int offset) {
    moved.wrapAndApplyHeader(buffer, offset, header);
    locks.shard(moved.account()).order(moved.orderId()).moved(moved.newPrice(), time);
  }

  private void amended(DirectBuffer buffer, int offset) {
    amended.wrapAndApplyHeader(buffer, offset, header);
    AccountShard shard = locks.shard(amended.account());
    LiveOrder order = shard.order(amended.orderId());
    String clientOrderId = amended.clientOrderId();
    long account = amended.account();
    shard.account(account).remarks().add(AccountRemarks.view(amended, order, clientOrderId, time));
    retention.remarked(new Retention.Remark(account, false, sequence));
    shard.clientIds.remove(order);
    order.amended(amended.newQuantity(), clientOrderId, time);
    shard.clientIds.add(order);
  }

  private void triggered(DirectBuffer buffer, int offset) {
    triggered.wrapAndApplyHeader(buffer, offset, header);
    locks.shard(triggered.account()).order(triggered.orderId()).triggered(time);
  }

  private void activated(DirectBuffer buffer, int offset) {
    activated.wrapAndApplyHeader(buffer, offset, header);
    locks
        .shard(activated.account())
        .order(activated.orderId())
        .activated(activated.working() != 0, time);
  }

  private void trailingStarted(DirectBuffer buffer, int offset) {
    trailingStarted.wrapAndApplyHeader(buffer, offset, header);
    locks.shard(trailingStarted.account()).order(trailingStarted.orderId()).trailingStarted(time);
  }

  /** A side without an execution id was not touched by the mode. */
  private void prevented(DirectBuffer buffer, int offset) {
    preventedMatch.wrapAndApplyHeader(buffer, offset, header);
    long matchId = preventedMatch.preventedMatchId();
    if (preventedMatch.takerExecutionId() != 0) {
      locks
          .shard(preventedMatch.takerAccount())
          .order(preventedMatch.takerOrderId())
          .prevented(matchId, preventedMatch.takerPreventedQuantity(), time);
    }
    if (preventedMatch.makerExecutionId() != 0) {
      locks
          .shard(preventedMatch.makerAccount())
          .order(preventedMatch.makerOrderId())
          .prevented(matchId, preventedMatch.makerPreventedQuantity(), time);
    }
    ReadModel.PreventedMatchView view = AccountRemarks.view(preventedMatch, time);
    prevented(preventedMatch.takerAccount(), view);
    if (preventedMatch.makerAccount() != preventedMatch.takerAccount()) {
      prevented(preventedMatch.makerAccount(), view);
    }
  }

  private void prevented(long account, ReadModel.PreventedMatchView view) {
    locks.shard(account).account(account).remarks().add(view);
    retention.remarked(new Retention.Remark(account, true, sequence));
  }

  private void listStatusChanged(DirectBuffer buffer, int offset) {
    listStatus.wrapAndApplyHeader(buffer, offset, header);
    long account = listStatus.account();
    AccountBook book = locks.shard(account).account(account);
    LiveList list = book.list(listStatus.orderListId());
    if (list == null) {
      list =
          new LiveList(
              account,
              listStatus.symbol(),
              listStatus.orderListId(),
              ContingencyType.of(listStatus.contingencyType()),
              listStatus.listClientOrderId(),
              LiveList.legs(listStatus.order1(), listStatus.order2(), listStatus.order3()),
              time);
      book.addList(list);
    }
    list.status(
        ListStatusType.of(listStatus.listStatusType()),
        ListOrderStatus.of(listStatus.listOrderStatus()));
  }

  private void orderState(DirectBuffer buffer, int offset) {
    orderState.wrapAndApplyHeader(buffer, offset, header);
    OrderSpecDecoder spec = orderState.spec();
    long account = orderState.account();
    LiveOrder order =
        new LiveOrder(
            account,
            orderState.symbol(),
            orderState.orderId(),
            orderState.orderListId(),
            OrderStatus.of(orderState.status()),
            orderState.working() != 0,
            spec,
            clientId(spec),
            orderState.acceptedTime());
    order.prime(orderState);
    locks.shard(account).add(order);
  }

  private void listState(DirectBuffer buffer, int offset) {
    listState.wrapAndApplyHeader(buffer, offset, header);
    long account = listState.account();
    locks
        .shard(account)
        .account(account)
        .addList(
            new LiveList(
                account,
                listState.symbol(),
                listState.orderListId(),
                ContingencyType.of(listState.contingencyType()),
                listState.listClientOrderId(),
                LiveList.legs(listState.order1(), listState.order2(), listState.order3()),
                listState.acceptedTime()));
  }

  private void symbolState(DirectBuffer buffer, int offset) {
    symbolState.wrapAndApplyHeader(buffer, offset, header);
    locks.symbol(symbolState.symbol()).counters(symbolState.lastPrice(), symbolState.updateId());
  }

  private String clientId(OrderSpecDecoder spec) {
    spec.getClientOrderId(clientIdBytes, 0);
    int length = 0;
    while (length < clientIdBytes.length && clientIdBytes[length] != 0) {
      length++;
    }
    return new String(clientIdBytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
