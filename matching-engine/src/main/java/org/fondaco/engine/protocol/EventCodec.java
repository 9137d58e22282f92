package org.fondaco.engine.protocol;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.fondaco.engine.sbe.AccountChangedDecoder;
import org.fondaco.engine.sbe.AccountChangedEncoder;
import org.fondaco.engine.sbe.ActivatedDecoder;
import org.fondaco.engine.sbe.ActivatedEncoder;
import org.fondaco.engine.sbe.AmendedDecoder;
import org.fondaco.engine.sbe.AmendedEncoder;
import org.fondaco.engine.sbe.AssetChangedDecoder;
import org.fondaco.engine.sbe.AssetChangedEncoder;
import org.fondaco.engine.sbe.BalanceChangedDecoder;
import org.fondaco.engine.sbe.BalanceChangedEncoder;
import org.fondaco.engine.sbe.BatchRejectedDecoder;
import org.fondaco.engine.sbe.BatchRejectedEncoder;
import org.fondaco.engine.sbe.CanceledDecoder;
import org.fondaco.engine.sbe.CanceledEncoder;
import org.fondaco.engine.sbe.CommandDoneDecoder;
import org.fondaco.engine.sbe.CommandDoneEncoder;
import org.fondaco.engine.sbe.ExpiredDecoder;
import org.fondaco.engine.sbe.ExpiredEncoder;
import org.fondaco.engine.sbe.FeesChangedDecoder;
import org.fondaco.engine.sbe.FeesChangedEncoder;
import org.fondaco.engine.sbe.FreezeChangedDecoder;
import org.fondaco.engine.sbe.FreezeChangedEncoder;
import org.fondaco.engine.sbe.HoldClosedDecoder;
import org.fondaco.engine.sbe.HoldClosedEncoder;
import org.fondaco.engine.sbe.HoldOpenedDecoder;
import org.fondaco.engine.sbe.HoldOpenedEncoder;
import org.fondaco.engine.sbe.LevelChangedDecoder;
import org.fondaco.engine.sbe.LevelChangedEncoder;
import org.fondaco.engine.sbe.ListStateDecoder;
import org.fondaco.engine.sbe.ListStateEncoder;
import org.fondaco.engine.sbe.ListStatusChangedDecoder;
import org.fondaco.engine.sbe.ListStatusChangedEncoder;
import org.fondaco.engine.sbe.MarkTotalsDecoder;
import org.fondaco.engine.sbe.MarkTotalsEncoder;
import org.fondaco.engine.sbe.MarkedDecoder;
import org.fondaco.engine.sbe.MarkedEncoder;
import org.fondaco.engine.sbe.MessageHeaderDecoder;
import org.fondaco.engine.sbe.MessageHeaderEncoder;
import org.fondaco.engine.sbe.MovedDecoder;
import org.fondaco.engine.sbe.MovedEncoder;
import org.fondaco.engine.sbe.OrderAcceptedDecoder;
import org.fondaco.engine.sbe.OrderAcceptedEncoder;
import org.fondaco.engine.sbe.OrderStateDecoder;
import org.fondaco.engine.sbe.OrderStateEncoder;
import org.fondaco.engine.sbe.PreventedMatchDecoder;
import org.fondaco.engine.sbe.PreventedMatchEncoder;
import org.fondaco.engine.sbe.RejectedDecoder;
import org.fondaco.engine.sbe.RejectedEncoder;
import org.fondaco.engine.sbe.SourceOutcomeDecoder;
import org.fondaco.engine.sbe.SourceOutcomeEncoder;
import org.fondaco.engine.sbe.SourceStateDecoder;
import org.fondaco.engine.sbe.SourceStateEncoder;
import org.fondaco.engine.sbe.SymbolChangedDecoder;
import org.fondaco.engine.sbe.SymbolChangedEncoder;
import org.fondaco.engine.sbe.SymbolStateDecoder;
import org.fondaco.engine.sbe.SymbolStateEncoder;
import org.fondaco.engine.sbe.TradeDecoder;
import org.fondaco.engine.sbe.TradeEncoder;
import org.fondaco.engine.sbe.TrailingStartedDecoder;
import org.fondaco.engine.sbe.TrailingStartedEncoder;
import org.fondaco.engine.sbe.TransferPostedDecoder;
import org.fondaco.engine.sbe.TransferPostedEncoder;
import org.fondaco.engine.sbe.TriggeredDecoder;
import org.fondaco.engine.sbe.TriggeredEncoder;
import org.fondaco.engine.sbe.VenueChangedDecoder;
import org.fondaco.engine.sbe.VenueChangedEncoder;

/**
 * Records to SBE and back, for the edges and for tests; the engine itself reads and writes
 * flyweights. Not thread-safe: one instance a thread.
 */
public final class EventCodec {

  private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
  private final OrderAcceptedEncoder orderAcceptedEncoder = new OrderAcceptedEncoder();
  private final OrderAcceptedDecoder orderAcceptedDecoder = new OrderAcceptedDecoder();
  private final RejectedEncoder rejectedEncoder = new RejectedEncoder();
  private final RejectedDecoder rejectedDecoder = new RejectedDecoder();
  private final TriggeredEncoder triggeredEncoder = new TriggeredEncoder();
  private final TriggeredDecoder triggeredDecoder = new TriggeredDecoder();
  private final ActivatedEncoder activatedEncoder = new ActivatedEncoder();
  private final ActivatedDecoder activatedDecoder = new ActivatedDecoder();
  private final TrailingStartedEncoder trailingStartedEncoder = new TrailingStartedEncoder();
  private final TrailingStartedDecoder trailingStartedDecoder = new TrailingStartedDecoder();
  private final TradeEncoder tradeEncoder = new TradeEncoder();
  private final TradeDecoder tradeDecoder = new TradeDecoder();
  private final PreventedMatchEncoder preventedMatchEncoder = new PreventedMatchEncoder();
  private final PreventedMatchDecoder preventedMatchDecoder = new PreventedMatchDecoder();
  private final AmendedEncoder amendedEncoder = new AmendedEncoder();
  private final AmendedDecoder amendedDecoder = new AmendedDecoder();
  private final MovedEncoder movedEncoder = new MovedEncoder();
  private final MovedDecoder movedDecoder = new MovedDecoder();
  private final CanceledEncoder canceledEncoder = new CanceledEncoder();
  private final CanceledDecoder canceledDecoder = new CanceledDecoder();
  private final ExpiredEncoder expiredEncoder = new ExpiredEncoder();
  private final ExpiredDecoder expiredDecoder = new ExpiredDecoder();
  private final ListStatusChangedEncoder listStatusChangedEncoder = new ListStatusChangedEncoder();
  private final ListStatusChangedDecoder listStatusChangedDecoder = new ListStatusChangedDecoder();
  private final HoldOpenedEncoder holdOpenedEncoder = new HoldOpenedEncoder();
  private final HoldOpenedDecoder holdOpenedDecoder = new HoldOpenedDecoder();
  private final HoldClosedEncoder holdClosedEncoder = new HoldClosedEncoder();
  private final HoldClosedDecoder holdClosedDecoder = new HoldClosedDecoder();
  private final TransferPostedEncoder transferPostedEncoder = new TransferPostedEncoder();
  private final TransferPostedDecoder transferPostedDecoder = new TransferPostedDecoder();
  private final BatchRejectedEncoder batchRejectedEncoder = new BatchRejectedEncoder();
  private final BatchRejectedDecoder batchRejectedDecoder = new BatchRejectedDecoder();
  private final LevelChangedEncoder levelChangedEncoder = new LevelChangedEncoder();
  private final LevelChangedDecoder levelChangedDecoder = new LevelChangedDecoder();
  private final BalanceChangedEncoder balanceChangedEncoder = new BalanceChangedEncoder();
  private final BalanceChangedDecoder balanceChangedDecoder = new BalanceChangedDecoder();
  private final AssetChangedEncoder assetChangedEncoder = new AssetChangedEncoder();
  private final AssetChangedDecoder assetChangedDecoder = new AssetChangedDecoder();
  private final SymbolChangedEncoder symbolChangedEncoder = new SymbolChangedEncoder();
  private final SymbolChangedDecoder symbolChangedDecoder = new SymbolChangedDecoder();
  private final FeesChangedEncoder feesChangedEncoder = new FeesChangedEncoder();
  private final FeesChangedDecoder feesChangedDecoder = new FeesChangedDecoder();
  private final AccountChangedEncoder accountChangedEncoder = new AccountChangedEncoder();
  private final AccountChangedDecoder accountChangedDecoder = new AccountChangedDecoder();
  private final VenueChangedEncoder venueChangedEncoder = new VenueChangedEncoder();
  private final VenueChangedDecoder venueChangedDecoder = new VenueChangedDecoder();
  private final SourceOutcomeEncoder sourceOutcomeEncoder = new SourceOutcomeEncoder();
  private final SourceOutcomeDecoder sourceOutcomeDecoder = new SourceOutcomeDecoder();
  private final OrderStateEncoder orderStateEncoder = new OrderStateEncoder();
  private final OrderStateDecoder orderStateDecoder = new OrderStateDecoder();
  private final ListStateEncoder listStateEncoder = new ListStateEncoder();
  private final ListStateDecoder listStateDecoder = new ListStateDecoder();
  private final SymbolStateEncoder symbolStateEncoder = new SymbolStateEncoder();
  private final SymbolStateDecoder symbolStateDecoder = new SymbolStateDecoder();
  private final FreezeChangedEncoder freezeChangedEncoder = new FreezeChangedEncoder();
  private final FreezeChangedDecoder freezeChangedDecoder = new FreezeChangedDecoder();
  private final SourceStateEncoder sourceStateEncoder = new SourceStateEncoder();
  private final SourceStateDecoder sourceStateDecoder = new SourceStateDecoder();
  private final MarkTotalsEncoder markTotalsEncoder = new MarkTotalsEncoder();
  private final MarkTotalsDecoder markTotalsDecoder = new MarkTotalsDecoder();
  private final MarkedEncoder markedEncoder = new MarkedEncoder();
  private final MarkedDecoder markedDecoder = new MarkedDecoder();
  private final CommandDoneEncoder commandDoneEncoder = new CommandDoneEncoder();
  private final CommandDoneDecoder commandDoneDecoder = new CommandDoneDecoder();

  /**
   * Writes message header and body.
   *
   * @return bytes written
   */
  public int encode(EngineEvent message, MutableDirectBuffer buffer, int offset) {
    return switch (message) {
      case EngineEvent.OrderAccepted m -> encodeOrderAccepted(m, buffer, offset);
      case EngineEvent.Rejected m -> encodeRejected(m, buffer, offset);
      case EngineEvent.Triggered m -> encodeTriggered(m, buffer, offset);
      case EngineEvent.Activated m -> encodeActivated(m, buffer, offset);
      case EngineEvent.TrailingStarted m -> encodeTrailingStarted(m, buffer, offset);
      case EngineEvent.Trade m -> encodeTrade(m, buffer, offset);
      case EngineEvent.PreventedMatch m -> encodePreventedMatch(m, buffer, offset);
      case EngineEvent.Amended m -> encodeAmended(m, buffer, offset);
      case EngineEvent.Moved m -> encodeMoved(m, buffer, offset);
      case EngineEvent.Canceled m -> encodeCanceled(m, buffer, offset);
      case EngineEvent.Expired m -> encodeExpired(m, buffer, offset);
      case EngineEvent.ListStatusChanged m -> encodeListStatusChanged(m, buffer, offset);
      case EngineEvent.HoldOpened m -> encodeHoldOpened(m, buffer, offset);
      case EngineEvent.HoldClosed m -> encodeHoldClosed(m, buffer, offset);
      case EngineEvent.TransferPosted m -> encodeTransferPosted(m, buffer, offset);
      case EngineEvent.BatchRejected m -> encodeBatchRejected(m, buffer, offset);
      case EngineEvent.LevelChanged m -> encodeLevelChanged(m, buffer, offset);
      case EngineEvent.BalanceChanged m -> encodeBalanceChanged(m, buffer, offset);
      case EngineEvent.AssetChanged m -> encodeAssetChanged(m, buffer, offset);
      case EngineEvent.SymbolChanged m -> encodeSymbolChanged(m, buffer, offset);
      case EngineEvent.FeesChanged m -> encodeFeesChanged(m, buffer, offset);
      case EngineEvent.AccountChanged m -> encodeAccountChanged(m, buffer, offset);
      case EngineEvent.VenueChanged m -> encodeVenueChanged(m, buffer, offset);
      case EngineEvent.SourceOutcome m -> encodeSourceOutcome(m, buffer, offset);
      case EngineEvent.OrderState m -> encodeOrderState(m, buffer, offset);
      case EngineEvent.ListState m -> encodeListState(m, buffer, offset);
      case EngineEvent.SymbolState m -> encodeSymbolState(m, buffer, offset);
      case EngineEvent.FreezeChanged m -> encodeFreezeChanged(m, buffer, offset);
      case EngineEvent.SourceState m -> encodeSourceState(m, buffer, offset);
      case EngineEvent.MarkTotals m -> encodeMarkTotals(m, buffer, offset);
      case EngineEvent.Marked m -> encodeMarked(m, buffer, offset);
      case EngineEvent.CommandDone m -> encodeCommandDone(m, buffer, offset);
    };
  }

  /**
   * Reads one message that starts at offset.
   *
   * @throws IllegalArgumentException when the template is not a event
   */
  public EngineEvent decode(DirectBuffer buffer, int offset) {
    headerDecoder.wrap(buffer, offset);
    return switch (headerDecoder.templateId()) {
      case OrderAcceptedDecoder.TEMPLATE_ID -> decodeOrderAccepted(buffer, offset);
      case RejectedDecoder.TEMPLATE_ID -> decodeRejected(buffer, offset);
      case TriggeredDecoder.TEMPLATE_ID -> decodeTriggered(buffer, offset);
      case ActivatedDecoder.TEMPLATE_ID -> decodeActivated(buffer, offset);
      case TrailingStartedDecoder.TEMPLATE_ID -> decodeTrailingStarted(buffer, offset);
      case TradeDecoder.TEMPLATE_ID -> decodeTrade(buffer, offset);
      case PreventedMatchDecoder.TEMPLATE_ID -> decodePreventedMatch(buffer, offset);
      case AmendedDecoder.TEMPLATE_ID -> decodeAmended(buffer, offset);
      case MovedDecoder.TEMPLATE_ID -> decodeMoved(buffer, offset);
      case CanceledDecoder.TEMPLATE_ID -> decodeCanceled(buffer, offset);
      case ExpiredDecoder.TEMPLATE_ID -> decodeExpired(buffer, offset);
      case ListStatusChangedDecoder.TEMPLATE_ID -> decodeListStatusChanged(buffer, offset);
      case HoldOpenedDecoder.TEMPLATE_ID -> decodeHoldOpened(buffer, offset);
      case HoldClosedDecoder.TEMPLATE_ID -> decodeHoldClosed(buffer, offset);
      case TransferPostedDecoder.TEMPLATE_ID -> decodeTransferPosted(buffer, offset);
      case BatchRejectedDecoder.TEMPLATE_ID -> decodeBatchRejected(buffer, offset);
      case LevelChangedDecoder.TEMPLATE_ID -> decodeLevelChanged(buffer, offset);
      case BalanceChangedDecoder.TEMPLATE_ID -> decodeBalanceChanged(buffer, offset);
      case AssetChangedDecoder.TEMPLATE_ID -> decodeAssetChanged(buffer, offset);
      case SymbolChangedDecoder.TEMPLATE_ID -> decodeSymbolChanged(buffer, offset);
      case FeesChangedDecoder.TEMPLATE_ID -> decodeFeesChanged(buffer, offset);
      case AccountChangedDecoder.TEMPLATE_ID -> decodeAccountChanged(buffer, offset);
      case VenueChangedDecoder.TEMPLATE_ID -> decodeVenueChanged(buffer, offset);
      case SourceOutcomeDecoder.TEMPLATE_ID -> decodeSourceOutcome(buffer, offset);
      case OrderStateDecoder.TEMPLATE_ID -> decodeOrderState(buffer, offset);
      case ListStateDecoder.TEMPLATE_ID -> decodeListState(buffer, offset);
      case SymbolStateDecoder.TEMPLATE_ID -> decodeSymbolState(buffer, offset);
      case FreezeChangedDecoder.TEMPLATE_ID -> decodeFreezeChanged(buffer, offset);
      case SourceStateDecoder.TEMPLATE_ID -> decodeSourceState(buffer, offset);
      case MarkTotalsDecoder.TEMPLATE_ID -> decodeMarkTotals(buffer, offset);
      case MarkedDecoder.TEMPLATE_ID -> decodeMarked(buffer, offset);
      case CommandDoneDecoder.TEMPLATE_ID -> decodeCommandDone(buffer, offset);
      default -> throw new IllegalArgumentException("template " + headerDecoder.templateId());
    };
  }

  private int encodeOrderAccepted(
      EngineEvent.OrderAccepted m, MutableDirectBuffer buffer, int offset) {
    orderAcceptedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    orderAcceptedEncoder.symbol(m.symbol());
    orderAcceptedEncoder.orderId(m.orderId());
    orderAcceptedEncoder.account(m.account());
    orderAcceptedEncoder.orderListId(m.orderListId());
    orderAcceptedEncoder.executionId(m.executionId());
    orderAcceptedEncoder.status((short) m.status().ordinal());
    orderAcceptedEncoder.working((short) (m.working() ? 1 : 0));
    BlockCodec.orderSpec(m.spec(), orderAcceptedEncoder.spec());
    return MessageHeaderEncoder.ENCODED_LENGTH + orderAcceptedEncoder.encodedLength();
  }

  private EngineEvent.OrderAccepted decodeOrderAccepted(DirectBuffer buffer, int offset) {
    orderAcceptedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.OrderAccepted(
        orderAcceptedDecoder.symbol(),
        orderAcceptedDecoder.orderId(),
        orderAcceptedDecoder.account(),
        orderAcceptedDecoder.orderListId(),
        orderAcceptedDecoder.executionId(),
        OrderStatus.of(orderAcceptedDecoder.status()),
        orderAcceptedDecoder.working() != 0,
        BlockCodec.orderSpec(orderAcceptedDecoder.spec()));
  }

  private int encodeRejected(EngineEvent.Rejected m, MutableDirectBuffer buffer, int offset) {
    rejectedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    rejectedEncoder.stage((short) m.stage().ordinal());
    rejectedEncoder.reason((short) m.reason().ordinal());
    rejectedEncoder.account(m.account());
    rejectedEncoder.symbol(m.symbol());
    rejectedEncoder.leg(m.leg());
    return MessageHeaderEncoder.ENCODED_LENGTH + rejectedEncoder.encodedLength();
  }

  private EngineEvent.Rejected decodeRejected(DirectBuffer buffer, int offset) {
    rejectedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.Rejected(
        RejectStage.of(rejectedDecoder.stage()),
        RejectReason.of(rejectedDecoder.reason()),
        rejectedDecoder.account(),
        rejectedDecoder.symbol(),
        rejectedDecoder.leg());
  }

  private int encodeTriggered(EngineEvent.Triggered m, MutableDirectBuffer buffer, int offset) {
    triggeredEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    triggeredEncoder.symbol(m.symbol());
    triggeredEncoder.orderId(m.orderId());
    triggeredEncoder.account(m.account());
    triggeredEncoder.executionId(m.executionId());
    return MessageHeaderEncoder.ENCODED_LENGTH + triggeredEncoder.encodedLength();
  }

  private EngineEvent.Triggered decodeTriggered(DirectBuffer buffer, int offset) {
    triggeredDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.Triggered(
        triggeredDecoder.symbol(),
        triggeredDecoder.orderId(),
        triggeredDecoder.account(),
        triggeredDecoder.executionId());
  }

  private int encodeActivated(EngineEvent.Activated m, MutableDirectBuffer buffer, int offset) {
    activatedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    activatedEncoder.symbol(m.symbol());
    activatedEncoder.orderId(m.orderId());
    activatedEncoder.account(m.account());
    activatedEncoder.executionId(m.executionId());
    activatedEncoder.working((short) (m.working() ? 1 : 0));
    return MessageHeaderEncoder.ENCODED_LENGTH + activatedEncoder.encodedLength();
  }

  private EngineEvent.Activated decodeActivated(DirectBuffer buffer, int offset) {
    activatedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.Activated(
        activatedDecoder.symbol(),
        activatedDecoder.orderId(),
        activatedDecoder.account(),
        activatedDecoder.executionId(),
        activatedDecoder.working() != 0);
  }

  private int encodeTrailingStarted(
      EngineEvent.TrailingStarted m, MutableDirectBuffer buffer, int offset) {
    trailingStartedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    trailingStartedEncoder.symbol(m.symbol());
    trailingStartedEncoder.orderId(m.orderId());
    trailingStartedEncoder.account(m.account());
    return MessageHeaderEncoder.ENCODED_LENGTH + trailingStartedEncoder.encodedLength();
  }

  private EngineEvent.TrailingStarted decodeTrailingStarted(DirectBuffer buffer, int offset) {
    trailingStartedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.TrailingStarted(
        trailingStartedDecoder.symbol(),
        trailingStartedDecoder.orderId(),
        trailingStartedDecoder.account());
  }

  private int encodeTrade(EngineEvent.Trade m, MutableDirectBuffer buffer, int offset) {
    tradeEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    tradeEncoder.symbol(m.symbol());
    tradeEncoder.tradeId(m.tradeId());
    tradeEncoder.price(m.price());
    tradeEncoder.quantity(m.quantity());
    tradeEncoder.quoteQuantity(m.quoteQuantity());
    tradeEncoder.takerSide((short) m.takerSide().ordinal());
    tradeEncoder.takerOrderId(m.takerOrderId());
    tradeEncoder.makerOrderId(m.makerOrderId());
    tradeEncoder.takerAccount(m.takerAccount());
    tradeEncoder.makerAccount(m.makerAccount());
    tradeEncoder.takerFee(m.takerFee());
    tradeEncoder.makerFee(m.makerFee());
    tradeEncoder.takerExecutionId(m.takerExecutionId());
    tradeEncoder.makerExecutionId(m.makerExecutionId());
    return MessageHeaderEncoder.ENCODED_LENGTH + tradeEncoder.encodedLength();
  }

  private EngineEvent.Trade decodeTrade(DirectBuffer buffer, int offset) {
    tradeDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.Trade(
        tradeDecoder.symbol(),
        tradeDecoder.tradeId(),
        tradeDecoder.price(),
        tradeDecoder.quantity(),
        tradeDecoder.quoteQuantity(),
        Side.of(tradeDecoder.takerSide()),
        tradeDecoder.takerOrderId(),
        tradeDecoder.makerOrderId(),
        tradeDecoder.takerAccount(),
        tradeDecoder.makerAccount(),
        tradeDecoder.takerFee(),
        tradeDecoder.makerFee(),
        tradeDecoder.takerExecutionId(),
        tradeDecoder.makerExecutionId());
  }

  private int encodePreventedMatch(
      EngineEvent.PreventedMatch m, MutableDirectBuffer buffer, int offset) {
    preventedMatchEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    preventedMatchEncoder.symbol(m.symbol());
    preventedMatchEncoder.preventedMatchId(m.preventedMatchId());
    preventedMatchEncoder.takerOrderId(m.takerOrderId());
    preventedMatchEncoder.makerOrderId(m.makerOrderId());
    preventedMatchEncoder.takerAccount(m.takerAccount());
    preventedMatchEncoder.makerAccount(m.makerAccount());
    preventedMatchEncoder.tradeGroupId(m.tradeGroupId());
    preventedMatchEncoder.mode((short) m.mode().ordinal());
    preventedMatchEncoder.price(m.price());
    preventedMatchEncoder.matchQuantity(m.matchQuantity());
    preventedMatchEncoder.takerPreventedQuantity(m.takerPreventedQuantity());
    preventedMatchEncoder.makerPreventedQuantity(m.makerPreventedQuantity());
    preventedMatchEncoder.takerExecutionId(m.takerExecutionId());
    preventedMatchEncoder.makerExecutionId(m.makerExecutionId());
    return MessageHeaderEncoder.ENCODED_LENGTH + preventedMatchEncoder.encodedLength();
  }

  private EngineEvent.PreventedMatch decodePreventedMatch(DirectBuffer buffer, int offset) {
    preventedMatchDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.PreventedMatch(
        preventedMatchDecoder.symbol(),
        preventedMatchDecoder.preventedMatchId(),
        preventedMatchDecoder.takerOrderId(),
        preventedMatchDecoder.makerOrderId(),
        preventedMatchDecoder.takerAccount(),
        preventedMatchDecoder.makerAccount(),
        preventedMatchDecoder.tradeGroupId(),
        SelfTradePreventionMode.of(preventedMatchDecoder.mode()),
        preventedMatchDecoder.price(),
        preventedMatchDecoder.matchQuantity(),
        preventedMatchDecoder.takerPreventedQuantity(),
        preventedMatchDecoder.makerPreventedQuantity(),
        preventedMatchDecoder.takerExecutionId(),
        preventedMatchDecoder.makerExecutionId());
  }

  private int encodeAmended(EngineEvent.Amended m, MutableDirectBuffer buffer, int offset) {
    amendedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    amendedEncoder.symbol(m.symbol());
    amendedEncoder.orderId(m.orderId());
    amendedEncoder.account(m.account());
    amendedEncoder.executionId(m.executionId());
    amendedEncoder.newQuantity(m.newQuantity());
    amendedEncoder.clientOrderId(m.clientOrderId());
    amendedEncoder.origClientOrderId(m.origClientOrderId());
    return MessageHeaderEncoder.ENCODED_LENGTH + amendedEncoder.encodedLength();
  }

  private EngineEvent.Amended decodeAmended(DirectBuffer buffer, int offset) {
    amendedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.Amended(
        amendedDecoder.symbol(),
        amendedDecoder.orderId(),
        amendedDecoder.account(),
        amendedDecoder.executionId(),
        amendedDecoder.newQuantity(),
        amendedDecoder.clientOrderId(),
        amendedDecoder.origClientOrderId());
  }

  private int encodeMoved(EngineEvent.Moved m, MutableDirectBuffer buffer, int offset) {
    movedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    movedEncoder.symbol(m.symbol());
    movedEncoder.orderId(m.orderId());
    movedEncoder.account(m.account());
    movedEncoder.executionId(m.executionId());
    movedEncoder.newPrice(m.newPrice());
    return MessageHeaderEncoder.ENCODED_LENGTH + movedEncoder.encodedLength();
  }

  private EngineEvent.Moved decodeMoved(DirectBuffer buffer, int offset) {
    movedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.Moved(
        movedDecoder.symbol(),
        movedDecoder.orderId(),
        movedDecoder.account(),
        movedDecoder.executionId(),
        movedDecoder.newPrice());
  }

  private int encodeCanceled(EngineEvent.Canceled m, MutableDirectBuffer buffer, int offset) {
    canceledEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    canceledEncoder.symbol(m.symbol());
    canceledEncoder.orderId(m.orderId());
    canceledEncoder.account(m.account());
    canceledEncoder.executionId(m.executionId());
    canceledEncoder.clientOrderId(m.clientOrderId());
    return MessageHeaderEncoder.ENCODED_LENGTH + canceledEncoder.encodedLength();
  }

  private EngineEvent.Canceled decodeCanceled(DirectBuffer buffer, int offset) {
    canceledDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.Canceled(
        canceledDecoder.symbol(),
        canceledDecoder.orderId(),
        canceledDecoder.account(),
        canceledDecoder.executionId(),
        canceledDecoder.clientOrderId());
  }

  private int encodeExpired(EngineEvent.Expired m, MutableDirectBuffer buffer, int offset) {
    expiredEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    expiredEncoder.symbol(m.symbol());
    expiredEncoder.orderId(m.orderId());
    expiredEncoder.account(m.account());
    expiredEncoder.executionId(m.executionId());
    expiredEncoder.reason((short) m.reason().ordinal());
    expiredEncoder.status((short) m.status().ordinal());
    return MessageHeaderEncoder.ENCODED_LENGTH + expiredEncoder.encodedLength();
  }

  private EngineEvent.Expired decodeExpired(DirectBuffer buffer, int offset) {
    expiredDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.Expired(
        expiredDecoder.symbol(),
        expiredDecoder.orderId(),
        expiredDecoder.account(),
        expiredDecoder.executionId(),
        ExpiryReason.of(expiredDecoder.reason()),
        OrderStatus.of(expiredDecoder.status()));
  }

  private int encodeListStatusChanged(
      EngineEvent.ListStatusChanged m, MutableDirectBuffer buffer, int offset) {
    listStatusChangedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    listStatusChangedEncoder.symbol(m.symbol());
    listStatusChangedEncoder.orderListId(m.orderListId());
    listStatusChangedEncoder.account(m.account());
    listStatusChangedEncoder.contingencyType((short) m.contingencyType().ordinal());
    listStatusChangedEncoder.listStatusType((short) m.listStatusType().ordinal());
    listStatusChangedEncoder.listOrderStatus((short) m.listOrderStatus().ordinal());
    listStatusChangedEncoder.listClientOrderId(m.listClientOrderId());
    listStatusChangedEncoder.order1(m.order1());
    listStatusChangedEncoder.order2(m.order2());
    listStatusChangedEncoder.order3(m.order3());
    return MessageHeaderEncoder.ENCODED_LENGTH + listStatusChangedEncoder.encodedLength();
  }

  private EngineEvent.ListStatusChanged decodeListStatusChanged(DirectBuffer buffer, int offset) {
    listStatusChangedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.ListStatusChanged(
        listStatusChangedDecoder.symbol(),
        listStatusChangedDecoder.orderListId(),
        listStatusChangedDecoder.account(),
        ContingencyType.of(listStatusChangedDecoder.contingencyType()),
        ListStatusType.of(listStatusChangedDecoder.listStatusType()),
        ListOrderStatus.of(listStatusChangedDecoder.listOrderStatus()),
        listStatusChangedDecoder.listClientOrderId(),
        listStatusChangedDecoder.order1(),
        listStatusChangedDecoder.order2(),
        listStatusChangedDecoder.order3());
  }

  private int encodeHoldOpened(EngineEvent.HoldOpened m, MutableDirectBuffer buffer, int offset) {
    holdOpenedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    holdOpenedEncoder.holdId(m.holdId());
    holdOpenedEncoder.account(m.account());
    holdOpenedEncoder.asset(m.asset());
    holdOpenedEncoder.amount(m.amount());
    holdOpenedEncoder.deadline(m.deadline());
    holdOpenedEncoder.token(m.token());
    return MessageHeaderEncoder.ENCODED_LENGTH + holdOpenedEncoder.encodedLength();
  }

  private EngineEvent.HoldOpened decodeHoldOpened(DirectBuffer buffer, int offset) {
    holdOpenedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.HoldOpened(
        holdOpenedDecoder.holdId(),
        holdOpenedDecoder.account(),
        holdOpenedDecoder.asset(),
        holdOpenedDecoder.amount(),
        holdOpenedDecoder.deadline(),
        holdOpenedDecoder.token());
  }

  private int encodeHoldClosed(EngineEvent.HoldClosed m, MutableDirectBuffer buffer, int offset) {
    holdClosedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    holdClosedEncoder.holdId(m.holdId());
    holdClosedEncoder.account(m.account());
    holdClosedEncoder.asset(m.asset());
    holdClosedEncoder.posted(m.posted());
    holdClosedEncoder.released(m.released());
    holdClosedEncoder.reason((short) m.reason().ordinal());
    holdClosedEncoder.token(m.token());
    return MessageHeaderEncoder.ENCODED_LENGTH + holdClosedEncoder.encodedLength();
  }

  private EngineEvent.HoldClosed decodeHoldClosed(DirectBuffer buffer, int offset) {
    holdClosedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.HoldClosed(
        holdClosedDecoder.holdId(),
        holdClosedDecoder.account(),
        holdClosedDecoder.asset(),
        holdClosedDecoder.posted(),
        holdClosedDecoder.released(),
        HoldCloseReason.of(holdClosedDecoder.reason()),
        holdClosedDecoder.token());
  }

  private int encodeTransferPosted(
      EngineEvent.TransferPosted m, MutableDirectBuffer buffer, int offset) {
    transferPostedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    transferPostedEncoder.leg(m.leg());
    transferPostedEncoder.kind((short) m.kind().ordinal());
    transferPostedEncoder.from(m.from());
    transferPostedEncoder.to(m.to());
    transferPostedEncoder.asset(m.asset());
    transferPostedEncoder.amount(m.amount());
    transferPostedEncoder.holdId(m.holdId());
    transferPostedEncoder.token(m.token());
    return MessageHeaderEncoder.ENCODED_LENGTH + transferPostedEncoder.encodedLength();
  }

  private EngineEvent.TransferPosted decodeTransferPosted(DirectBuffer buffer, int offset) {
    transferPostedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.TransferPosted(
        transferPostedDecoder.leg(),
        LegKind.of(transferPostedDecoder.kind()),
        transferPostedDecoder.from(),
        transferPostedDecoder.to(),
        transferPostedDecoder.asset(),
        transferPostedDecoder.amount(),
        transferPostedDecoder.holdId(),
        transferPostedDecoder.token());
  }

  private int encodeBatchRejected(
      EngineEvent.BatchRejected m, MutableDirectBuffer buffer, int offset) {
    batchRejectedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    batchRejectedEncoder.leg(m.leg());
    batchRejectedEncoder.reason((short) m.reason().ordinal());
    return MessageHeaderEncoder.ENCODED_LENGTH + batchRejectedEncoder.encodedLength();
  }

  private EngineEvent.BatchRejected decodeBatchRejected(DirectBuffer buffer, int offset) {
    batchRejectedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.BatchRejected(
        batchRejectedDecoder.leg(), RejectReason.of(batchRejectedDecoder.reason()));
  }

  private int encodeLevelChanged(
      EngineEvent.LevelChanged m, MutableDirectBuffer buffer, int offset) {
    levelChangedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    levelChangedEncoder.symbol(m.symbol());
    levelChangedEncoder.updateId(m.updateId());
    levelChangedEncoder.side((short) m.side().ordinal());
    levelChangedEncoder.price(m.price());
    levelChangedEncoder.quantity(m.quantity());
    return MessageHeaderEncoder.ENCODED_LENGTH + levelChangedEncoder.encodedLength();
  }

  private EngineEvent.LevelChanged decodeLevelChanged(DirectBuffer buffer, int offset) {
    levelChangedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.LevelChanged(
        levelChangedDecoder.symbol(),
        levelChangedDecoder.updateId(),
        Side.of(levelChangedDecoder.side()),
        levelChangedDecoder.price(),
        levelChangedDecoder.quantity());
  }

  private int encodeBalanceChanged(
      EngineEvent.BalanceChanged m, MutableDirectBuffer buffer, int offset) {
    balanceChangedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    balanceChangedEncoder.account(m.account());
    balanceChangedEncoder.asset(m.asset());
    balanceChangedEncoder.total(m.total());
    balanceChangedEncoder.held(m.held());
    return MessageHeaderEncoder.ENCODED_LENGTH + balanceChangedEncoder.encodedLength();
  }

  private EngineEvent.BalanceChanged decodeBalanceChanged(DirectBuffer buffer, int offset) {
    balanceChangedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.BalanceChanged(
        balanceChangedDecoder.account(),
        balanceChangedDecoder.asset(),
        balanceChangedDecoder.total(),
        balanceChangedDecoder.held());
  }

  private int encodeAssetChanged(
      EngineEvent.AssetChanged m, MutableDirectBuffer buffer, int offset) {
    assetChangedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    assetChangedEncoder.asset(m.asset());
    assetChangedEncoder.code(m.code());
    assetChangedEncoder.scale(m.scale());
    return MessageHeaderEncoder.ENCODED_LENGTH + assetChangedEncoder.encodedLength();
  }

  private EngineEvent.AssetChanged decodeAssetChanged(DirectBuffer buffer, int offset) {
    assetChangedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.AssetChanged(
        assetChangedDecoder.asset(), assetChangedDecoder.code(), assetChangedDecoder.scale());
  }

  private int encodeSymbolChanged(
      EngineEvent.SymbolChanged m, MutableDirectBuffer buffer, int offset) {
    symbolChangedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    symbolChangedEncoder.symbol(m.symbol());
    symbolChangedEncoder.name(m.name());
    symbolChangedEncoder.baseAsset(m.baseAsset());
    symbolChangedEncoder.quoteAsset(m.quoteAsset());
    symbolChangedEncoder.tickUnit(m.tickUnit());
    symbolChangedEncoder.lotUnit(m.lotUnit());
    symbolChangedEncoder.status((short) m.status().ordinal());
    symbolChangedEncoder.defaultSelfTradePreventionMode(
        (short) m.defaultSelfTradePreventionMode().ordinal());
    symbolChangedEncoder.referencePrice(m.referencePrice());
    BlockCodec.filters(m.filters(), symbolChangedEncoder.filters());
    return MessageHeaderEncoder.ENCODED_LENGTH + symbolChangedEncoder.encodedLength();
  }

  private EngineEvent.SymbolChanged decodeSymbolChanged(DirectBuffer buffer, int offset) {
    symbolChangedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.SymbolChanged(
        symbolChangedDecoder.symbol(),
        symbolChangedDecoder.name(),
        symbolChangedDecoder.baseAsset(),
        symbolChangedDecoder.quoteAsset(),
        symbolChangedDecoder.tickUnit(),
        symbolChangedDecoder.lotUnit(),
        SymbolStatus.of(symbolChangedDecoder.status()),
        SelfTradePreventionMode.of(symbolChangedDecoder.defaultSelfTradePreventionMode()),
        symbolChangedDecoder.referencePrice(),
        BlockCodec.filters(symbolChangedDecoder.filters()));
  }

  private int encodeFeesChanged(EngineEvent.FeesChanged m, MutableDirectBuffer buffer, int offset) {
    feesChangedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    feesChangedEncoder.symbol(m.symbol());
    feesChangedEncoder.tier(m.tier());
    feesChangedEncoder.makerRate(m.makerRate());
    feesChangedEncoder.takerRate(m.takerRate());
    return MessageHeaderEncoder.ENCODED_LENGTH + feesChangedEncoder.encodedLength();
  }

  private EngineEvent.FeesChanged decodeFeesChanged(DirectBuffer buffer, int offset) {
    feesChangedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.FeesChanged(
        feesChangedDecoder.symbol(),
        feesChangedDecoder.tier(),
        feesChangedDecoder.makerRate(),
        feesChangedDecoder.takerRate());
  }

  private int encodeAccountChanged(
      EngineEvent.AccountChanged m, MutableDirectBuffer buffer, int offset) {
    accountChangedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    accountChangedEncoder.account(m.account());
    accountChangedEncoder.tradingEnabled((short) (m.tradingEnabled() ? 1 : 0));
    accountChangedEncoder.killed((short) (m.killed() ? 1 : 0));
    accountChangedEncoder.feeTier(m.feeTier());
    accountChangedEncoder.tradeGroupId(m.tradeGroupId());
    accountChangedEncoder.clientIdWindow(m.clientIdWindow());
    return MessageHeaderEncoder.ENCODED_LENGTH + accountChangedEncoder.encodedLength();
  }

  private EngineEvent.AccountChanged decodeAccountChanged(DirectBuffer buffer, int offset) {
    accountChangedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.AccountChanged(
        accountChangedDecoder.account(),
        accountChangedDecoder.tradingEnabled() != 0,
        accountChangedDecoder.killed() != 0,
        accountChangedDecoder.feeTier(),
        accountChangedDecoder.tradeGroupId(),
        accountChangedDecoder.clientIdWindow());
  }

  private int encodeVenueChanged(
      EngineEvent.VenueChanged m, MutableDirectBuffer buffer, int offset) {
    venueChangedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    venueChangedEncoder.killed((short) (m.killed() ? 1 : 0));
    return MessageHeaderEncoder.ENCODED_LENGTH + venueChangedEncoder.encodedLength();
  }

  private EngineEvent.VenueChanged decodeVenueChanged(DirectBuffer buffer, int offset) {
    venueChangedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.VenueChanged(venueChangedDecoder.killed() != 0);
  }

  private int encodeSourceOutcome(
      EngineEvent.SourceOutcome m, MutableDirectBuffer buffer, int offset) {
    sourceOutcomeEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    sourceOutcomeEncoder.source(m.source());
    sourceOutcomeEncoder.sourceSequence(m.sourceSequence());
    sourceOutcomeEncoder.outcome((short) m.outcome().ordinal());
    sourceOutcomeEncoder.reason((short) m.reason().ordinal());
    sourceOutcomeEncoder.result(m.result());
    return MessageHeaderEncoder.ENCODED_LENGTH + sourceOutcomeEncoder.encodedLength();
  }

  private EngineEvent.SourceOutcome decodeSourceOutcome(DirectBuffer buffer, int offset) {
    sourceOutcomeDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.SourceOutcome(
        sourceOutcomeDecoder.source(),
        sourceOutcomeDecoder.sourceSequence(),
        Outcome.of(sourceOutcomeDecoder.outcome()),
        RejectReason.of(sourceOutcomeDecoder.reason()),
        sourceOutcomeDecoder.result());
  }

  private int encodeOrderState(EngineEvent.OrderState m, MutableDirectBuffer buffer, int offset) {
    orderStateEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    orderStateEncoder.symbol(m.symbol());
    orderStateEncoder.orderId(m.orderId());
    orderStateEncoder.account(m.account());
    orderStateEncoder.orderListId(m.orderListId());
    orderStateEncoder.status((short) m.status().ordinal());
    orderStateEncoder.working((short) (m.working() ? 1 : 0));
    BlockCodec.orderSpec(m.spec(), orderStateEncoder.spec());
    orderStateEncoder.executedQuantity(m.executedQuantity());
    orderStateEncoder.executedQuote(m.executedQuote());
    orderStateEncoder.preventedQuantity(m.preventedQuantity());
    orderStateEncoder.acceptedTime(m.acceptedTime());
    orderStateEncoder.workingTime(m.workingTime());
    orderStateEncoder.updateTime(m.updateTime());
    orderStateEncoder.trailingTime(m.trailingTime());
    orderStateEncoder.preventedMatchId(m.preventedMatchId());
    return MessageHeaderEncoder.ENCODED_LENGTH + orderStateEncoder.encodedLength();
  }

  private EngineEvent.OrderState decodeOrderState(DirectBuffer buffer, int offset) {
    orderStateDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.OrderState(
        orderStateDecoder.symbol(),
        orderStateDecoder.orderId(),
        orderStateDecoder.account(),
        orderStateDecoder.orderListId(),
        OrderStatus.of(orderStateDecoder.status()),
        orderStateDecoder.working() != 0,
        BlockCodec.orderSpec(orderStateDecoder.spec()),
        orderStateDecoder.executedQuantity(),
        orderStateDecoder.executedQuote(),
        orderStateDecoder.preventedQuantity(),
        orderStateDecoder.acceptedTime(),
        orderStateDecoder.workingTime(),
        orderStateDecoder.updateTime(),
        orderStateDecoder.trailingTime(),
        orderStateDecoder.preventedMatchId());
  }

  private int encodeListState(EngineEvent.ListState m, MutableDirectBuffer buffer, int offset) {
    listStateEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    listStateEncoder.symbol(m.symbol());
    listStateEncoder.orderListId(m.orderListId());
    listStateEncoder.account(m.account());
    listStateEncoder.contingencyType((short) m.contingencyType().ordinal());
    listStateEncoder.listClientOrderId(m.listClientOrderId());
    listStateEncoder.order1(m.order1());
    listStateEncoder.order2(m.order2());
    listStateEncoder.order3(m.order3());
    listStateEncoder.acceptedTime(m.acceptedTime());
    return MessageHeaderEncoder.ENCODED_LENGTH + listStateEncoder.encodedLength();
  }

  private EngineEvent.ListState decodeListState(DirectBuffer buffer, int offset) {
    listStateDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.ListState(
        listStateDecoder.symbol(),
        listStateDecoder.orderListId(),
        listStateDecoder.account(),
        ContingencyType.of(listStateDecoder.contingencyType()),
        listStateDecoder.listClientOrderId(),
        listStateDecoder.order1(),
        listStateDecoder.order2(),
        listStateDecoder.order3(),
        listStateDecoder.acceptedTime());
  }

  private int encodeSymbolState(EngineEvent.SymbolState m, MutableDirectBuffer buffer, int offset) {
    symbolStateEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    symbolStateEncoder.symbol(m.symbol());
    symbolStateEncoder.lastPrice(m.lastPrice());
    symbolStateEncoder.nextTradeId(m.nextTradeId());
    symbolStateEncoder.updateId(m.updateId());
    return MessageHeaderEncoder.ENCODED_LENGTH + symbolStateEncoder.encodedLength();
  }

  private EngineEvent.SymbolState decodeSymbolState(DirectBuffer buffer, int offset) {
    symbolStateDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.SymbolState(
        symbolStateDecoder.symbol(),
        symbolStateDecoder.lastPrice(),
        symbolStateDecoder.nextTradeId(),
        symbolStateDecoder.updateId());
  }

  private int encodeCommandDone(EngineEvent.CommandDone m, MutableDirectBuffer buffer, int offset) {
    commandDoneEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandDoneEncoder.sequence(m.sequence());
    commandDoneEncoder.time(m.time());
    commandDoneEncoder.command(m.command());
    commandDoneEncoder.reason((short) m.reason().ordinal());
    return MessageHeaderEncoder.ENCODED_LENGTH + commandDoneEncoder.encodedLength();
  }

  private EngineEvent.CommandDone decodeCommandDone(DirectBuffer buffer, int offset) {
    commandDoneDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.CommandDone(
        commandDoneDecoder.sequence(),
        commandDoneDecoder.time(),
        commandDoneDecoder.command(),
        RejectReason.of(commandDoneDecoder.reason()));
  }

  private int encodeFreezeChanged(
      EngineEvent.FreezeChanged m, MutableDirectBuffer buffer, int offset) {
    freezeChangedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    freezeChangedEncoder.account(m.account());
    freezeChangedEncoder.frozen((short) (m.frozen() ? 1 : 0));
    return MessageHeaderEncoder.ENCODED_LENGTH + freezeChangedEncoder.encodedLength();
  }

  private EngineEvent.FreezeChanged decodeFreezeChanged(DirectBuffer buffer, int offset) {
    freezeChangedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.FreezeChanged(
        freezeChangedDecoder.account(), freezeChangedDecoder.frozen() != 0);
  }

  private int encodeSourceState(EngineEvent.SourceState m, MutableDirectBuffer buffer, int offset) {
    sourceStateEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    sourceStateEncoder.source(m.source());
    sourceStateEncoder.lastN(m.lastN());
    sourceStateEncoder.digestHigh(m.digestHigh());
    sourceStateEncoder.digestLow(m.digestLow());
    sourceStateEncoder.frozen((short) (m.frozen() ? 1 : 0));
    return MessageHeaderEncoder.ENCODED_LENGTH + sourceStateEncoder.encodedLength();
  }

  private EngineEvent.SourceState decodeSourceState(DirectBuffer buffer, int offset) {
    sourceStateDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.SourceState(
        sourceStateDecoder.source(),
        sourceStateDecoder.lastN(),
        sourceStateDecoder.digestHigh(),
        sourceStateDecoder.digestLow(),
        sourceStateDecoder.frozen() != 0);
  }

  private int encodeMarkTotals(EngineEvent.MarkTotals m, MutableDirectBuffer buffer, int offset) {
    markTotalsEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    markTotalsEncoder.cutId(m.cutId());
    markTotalsEncoder.asset(m.asset());
    markTotalsEncoder.custody(m.custody());
    markTotalsEncoder.fees(m.fees());
    markTotalsEncoder.rounding(m.rounding());
    markTotalsEncoder.suspense(m.suspense());
    markTotalsEncoder.house(m.house());
    markTotalsEncoder.testFunds(m.testFunds());
    markTotalsEncoder.customersFree(m.customersFree());
    markTotalsEncoder.customersHeld(m.customersHeld());
    return MessageHeaderEncoder.ENCODED_LENGTH + markTotalsEncoder.encodedLength();
  }

  private EngineEvent.MarkTotals decodeMarkTotals(DirectBuffer buffer, int offset) {
    markTotalsDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.MarkTotals(
        markTotalsDecoder.cutId(),
        markTotalsDecoder.asset(),
        markTotalsDecoder.custody(),
        markTotalsDecoder.fees(),
        markTotalsDecoder.rounding(),
        markTotalsDecoder.suspense(),
        markTotalsDecoder.house(),
        markTotalsDecoder.testFunds(),
        markTotalsDecoder.customersFree(),
        markTotalsDecoder.customersHeld());
  }

  private int encodeMarked(EngineEvent.Marked m, MutableDirectBuffer buffer, int offset) {
    markedEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    markedEncoder.cutId(m.cutId());
    markedEncoder.custodyLastN(m.custodyLastN());
    markedEncoder.assets(m.assets());
    return MessageHeaderEncoder.ENCODED_LENGTH + markedEncoder.encodedLength();
  }

  private EngineEvent.Marked decodeMarked(DirectBuffer buffer, int offset) {
    markedDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new EngineEvent.Marked(
        markedDecoder.cutId(), markedDecoder.custodyLastN(), markedDecoder.assets());
  }
}
