package org.fondaco.engine.protocol;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.fondaco.engine.sbe.AddAssetDecoder;
import org.fondaco.engine.sbe.AddAssetEncoder;
import org.fondaco.engine.sbe.AddSymbolDecoder;
import org.fondaco.engine.sbe.AddSymbolEncoder;
import org.fondaco.engine.sbe.AmendOrderDecoder;
import org.fondaco.engine.sbe.AmendOrderEncoder;
import org.fondaco.engine.sbe.AskSourceDecoder;
import org.fondaco.engine.sbe.AskSourceEncoder;
import org.fondaco.engine.sbe.CancelAllDecoder;
import org.fondaco.engine.sbe.CancelAllEncoder;
import org.fondaco.engine.sbe.CancelOrderDecoder;
import org.fondaco.engine.sbe.CancelOrderEncoder;
import org.fondaco.engine.sbe.CancelOrderListDecoder;
import org.fondaco.engine.sbe.CancelOrderListEncoder;
import org.fondaco.engine.sbe.CancelReplaceDecoder;
import org.fondaco.engine.sbe.CancelReplaceEncoder;
import org.fondaco.engine.sbe.CommandHeaderDecoder;
import org.fondaco.engine.sbe.CommandHeaderEncoder;
import org.fondaco.engine.sbe.FreezeDecoder;
import org.fondaco.engine.sbe.FreezeEncoder;
import org.fondaco.engine.sbe.KillDecoder;
import org.fondaco.engine.sbe.KillEncoder;
import org.fondaco.engine.sbe.LiftKillDecoder;
import org.fondaco.engine.sbe.LiftKillEncoder;
import org.fondaco.engine.sbe.MarkDecoder;
import org.fondaco.engine.sbe.MarkEncoder;
import org.fondaco.engine.sbe.MessageHeaderDecoder;
import org.fondaco.engine.sbe.MessageHeaderEncoder;
import org.fondaco.engine.sbe.MoveOrderDecoder;
import org.fondaco.engine.sbe.MoveOrderEncoder;
import org.fondaco.engine.sbe.PlaceOrderDecoder;
import org.fondaco.engine.sbe.PlaceOrderEncoder;
import org.fondaco.engine.sbe.PlaceOrderListDecoder;
import org.fondaco.engine.sbe.PlaceOrderListEncoder;
import org.fondaco.engine.sbe.SetAccountDecoder;
import org.fondaco.engine.sbe.SetAccountEncoder;
import org.fondaco.engine.sbe.SetFeesDecoder;
import org.fondaco.engine.sbe.SetFeesEncoder;
import org.fondaco.engine.sbe.SetFiltersDecoder;
import org.fondaco.engine.sbe.SetFiltersEncoder;
import org.fondaco.engine.sbe.SetReferencePriceDecoder;
import org.fondaco.engine.sbe.SetReferencePriceEncoder;
import org.fondaco.engine.sbe.SetStatusDecoder;
import org.fondaco.engine.sbe.SetStatusEncoder;
import org.fondaco.engine.sbe.TickDecoder;
import org.fondaco.engine.sbe.TickEncoder;
import org.fondaco.engine.sbe.TransferBatchDecoder;
import org.fondaco.engine.sbe.TransferBatchEncoder;
import org.fondaco.engine.sbe.UnfreezeDecoder;
import org.fondaco.engine.sbe.UnfreezeEncoder;

/**
 * Records to SBE and back, for the edges and for tests; the engine itself reads and writes
 * flyweights. Not thread-safe: one instance a thread.
 */
public final class CommandCodec {

  private final CommandHeaderDecoder commandHeaderDecoder = new CommandHeaderDecoder();
  private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
  private final PlaceOrderEncoder placeOrderEncoder = new PlaceOrderEncoder();
  private final PlaceOrderDecoder placeOrderDecoder = new PlaceOrderDecoder();
  private final PlaceOrderListEncoder placeOrderListEncoder = new PlaceOrderListEncoder();
  private final PlaceOrderListDecoder placeOrderListDecoder = new PlaceOrderListDecoder();
  private final CancelOrderEncoder cancelOrderEncoder = new CancelOrderEncoder();
  private final CancelOrderDecoder cancelOrderDecoder = new CancelOrderDecoder();
  private final CancelAllEncoder cancelAllEncoder = new CancelAllEncoder();
  private final CancelAllDecoder cancelAllDecoder = new CancelAllDecoder();
  private final CancelReplaceEncoder cancelReplaceEncoder = new CancelReplaceEncoder();
  private final CancelReplaceDecoder cancelReplaceDecoder = new CancelReplaceDecoder();
  private final AmendOrderEncoder amendOrderEncoder = new AmendOrderEncoder();
  private final AmendOrderDecoder amendOrderDecoder = new AmendOrderDecoder();
  private final MoveOrderEncoder moveOrderEncoder = new MoveOrderEncoder();
  private final MoveOrderDecoder moveOrderDecoder = new MoveOrderDecoder();
  private final CancelOrderListEncoder cancelOrderListEncoder = new CancelOrderListEncoder();
  private final CancelOrderListDecoder cancelOrderListDecoder = new CancelOrderListDecoder();
  private final TransferBatchEncoder transferBatchEncoder = new TransferBatchEncoder();
  private final TransferBatchDecoder transferBatchDecoder = new TransferBatchDecoder();
  private final AddAssetEncoder addAssetEncoder = new AddAssetEncoder();
  private final AddAssetDecoder addAssetDecoder = new AddAssetDecoder();
  private final AddSymbolEncoder addSymbolEncoder = new AddSymbolEncoder();
  private final AddSymbolDecoder addSymbolDecoder = new AddSymbolDecoder();
  private final SetFiltersEncoder setFiltersEncoder = new SetFiltersEncoder();
  private final SetFiltersDecoder setFiltersDecoder = new SetFiltersDecoder();
  private final SetFeesEncoder setFeesEncoder = new SetFeesEncoder();
  private final SetFeesDecoder setFeesDecoder = new SetFeesDecoder();
  private final SetStatusEncoder setStatusEncoder = new SetStatusEncoder();
  private final SetStatusDecoder setStatusDecoder = new SetStatusDecoder();
  private final SetReferencePriceEncoder setReferencePriceEncoder = new SetReferencePriceEncoder();
  private final SetReferencePriceDecoder setReferencePriceDecoder = new SetReferencePriceDecoder();
  private final SetAccountEncoder setAccountEncoder = new SetAccountEncoder();
  private final SetAccountDecoder setAccountDecoder = new SetAccountDecoder();
  private final KillEncoder killEncoder = new KillEncoder();
  private final KillDecoder killDecoder = new KillDecoder();
  private final LiftKillEncoder liftKillEncoder = new LiftKillEncoder();
  private final LiftKillDecoder liftKillDecoder = new LiftKillDecoder();
  private final TickEncoder tickEncoder = new TickEncoder();
  private final TickDecoder tickDecoder = new TickDecoder();
  private final FreezeEncoder freezeEncoder = new FreezeEncoder();
  private final FreezeDecoder freezeDecoder = new FreezeDecoder();
  private final UnfreezeEncoder unfreezeEncoder = new UnfreezeEncoder();
  private final UnfreezeDecoder unfreezeDecoder = new UnfreezeDecoder();
  private final MarkEncoder markEncoder = new MarkEncoder();
  private final MarkDecoder markDecoder = new MarkDecoder();
  private final AskSourceEncoder askSourceEncoder = new AskSourceEncoder();
  private final AskSourceDecoder askSourceDecoder = new AskSourceDecoder();

  /**
   * Writes message header and body.
   *
   * @return bytes written
   */
  public int encode(CommandHeader header, Command message, MutableDirectBuffer buffer, int offset) {
    return switch (message) {
      case Command.PlaceOrder m -> encodePlaceOrder(header, m, buffer, offset);
      case Command.PlaceOrderList m -> encodePlaceOrderList(header, m, buffer, offset);
      case Command.CancelOrder m -> encodeCancelOrder(header, m, buffer, offset);
      case Command.CancelAll m -> encodeCancelAll(header, m, buffer, offset);
      case Command.CancelReplace m -> encodeCancelReplace(header, m, buffer, offset);
      case Command.AmendOrder m -> encodeAmendOrder(header, m, buffer, offset);
      case Command.MoveOrder m -> encodeMoveOrder(header, m, buffer, offset);
      case Command.CancelOrderList m -> encodeCancelOrderList(header, m, buffer, offset);
      case Command.TransferBatch m -> encodeTransferBatch(header, m, buffer, offset);
      case Command.AddAsset m -> encodeAddAsset(header, m, buffer, offset);
      case Command.AddSymbol m -> encodeAddSymbol(header, m, buffer, offset);
      case Command.SetFilters m -> encodeSetFilters(header, m, buffer, offset);
      case Command.SetFees m -> encodeSetFees(header, m, buffer, offset);
      case Command.SetStatus m -> encodeSetStatus(header, m, buffer, offset);
      case Command.SetReferencePrice m -> encodeSetReferencePrice(header, m, buffer, offset);
      case Command.SetAccount m -> encodeSetAccount(header, m, buffer, offset);
      case Command.Kill m -> encodeKill(header, m, buffer, offset);
      case Command.LiftKill m -> encodeLiftKill(header, m, buffer, offset);
      case Command.Tick _ -> encodeTick(header, buffer, offset);
      case Command.Freeze m -> encodeFreeze(header, m, buffer, offset);
      case Command.Unfreeze m -> encodeUnfreeze(header, m, buffer, offset);
      case Command.Mark m -> encodeMark(header, m, buffer, offset);
      case Command.AskSource m -> encodeAskSource(header, m, buffer, offset);
    };
  }

  /**
   * Reads one message that starts at offset.
   *
   * @throws IllegalArgumentException when the template is not a command
   */
  public Command decode(DirectBuffer buffer, int offset) {
    headerDecoder.wrap(buffer, offset);
    return switch (headerDecoder.templateId()) {
      case PlaceOrderDecoder.TEMPLATE_ID -> decodePlaceOrder(buffer, offset);
      case PlaceOrderListDecoder.TEMPLATE_ID -> decodePlaceOrderList(buffer, offset);
      case CancelOrderDecoder.TEMPLATE_ID -> decodeCancelOrder(buffer, offset);
      case CancelAllDecoder.TEMPLATE_ID -> decodeCancelAll(buffer, offset);
      case CancelReplaceDecoder.TEMPLATE_ID -> decodeCancelReplace(buffer, offset);
      case AmendOrderDecoder.TEMPLATE_ID -> decodeAmendOrder(buffer, offset);
      case MoveOrderDecoder.TEMPLATE_ID -> decodeMoveOrder(buffer, offset);
      case CancelOrderListDecoder.TEMPLATE_ID -> decodeCancelOrderList(buffer, offset);
      case TransferBatchDecoder.TEMPLATE_ID -> decodeTransferBatch(buffer, offset);
      case AddAssetDecoder.TEMPLATE_ID -> decodeAddAsset(buffer, offset);
      case AddSymbolDecoder.TEMPLATE_ID -> decodeAddSymbol(buffer, offset);
      case SetFiltersDecoder.TEMPLATE_ID -> decodeSetFilters(buffer, offset);
      case SetFeesDecoder.TEMPLATE_ID -> decodeSetFees(buffer, offset);
      case SetStatusDecoder.TEMPLATE_ID -> decodeSetStatus(buffer, offset);
      case SetReferencePriceDecoder.TEMPLATE_ID -> decodeSetReferencePrice(buffer, offset);
      case SetAccountDecoder.TEMPLATE_ID -> decodeSetAccount(buffer, offset);
      case KillDecoder.TEMPLATE_ID -> decodeKill(buffer, offset);
      case LiftKillDecoder.TEMPLATE_ID -> decodeLiftKill(buffer, offset);
      case TickDecoder.TEMPLATE_ID -> decodeTick(buffer, offset);
      case FreezeDecoder.TEMPLATE_ID -> decodeFreeze(buffer, offset);
      case UnfreezeDecoder.TEMPLATE_ID -> decodeUnfreeze(buffer, offset);
      case MarkDecoder.TEMPLATE_ID -> decodeMark(buffer, offset);
      case AskSourceDecoder.TEMPLATE_ID -> decodeAskSource(buffer, offset);
      default -> throw new IllegalArgumentException("template " + headerDecoder.templateId());
    };
  }

  /** Reads the command header of the message that starts at offset. */
  public CommandHeader decodeHeader(DirectBuffer buffer, int offset) {
    commandHeaderDecoder.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
    return new CommandHeader(
        commandHeaderDecoder.time(),
        commandHeaderDecoder.digestHigh(),
        commandHeaderDecoder.digestLow(),
        commandHeaderDecoder.sourceSequence(),
        commandHeaderDecoder.source());
  }

  private static void commandHeader(CommandHeader from, CommandHeaderEncoder to) {
    to.time(from.time());
    to.digestHigh(from.digestHigh());
    to.digestLow(from.digestLow());
    to.sourceSequence(from.sourceSequence());
    to.source(from.source());
  }

  private int encodePlaceOrder(
      CommandHeader header, Command.PlaceOrder m, MutableDirectBuffer buffer, int offset) {
    placeOrderEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, placeOrderEncoder.header());
    placeOrderEncoder.account(m.account());
    placeOrderEncoder.symbol(m.symbol());
    placeOrderEncoder.testOnly((short) (m.testOnly() ? 1 : 0));
    BlockCodec.orderSpec(m.spec(), placeOrderEncoder.spec());
    return MessageHeaderEncoder.ENCODED_LENGTH + placeOrderEncoder.encodedLength();
  }

  private Command.PlaceOrder decodePlaceOrder(DirectBuffer buffer, int offset) {
    placeOrderDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.PlaceOrder(
        placeOrderDecoder.account(),
        placeOrderDecoder.symbol(),
        placeOrderDecoder.testOnly() != 0,
        BlockCodec.orderSpec(placeOrderDecoder.spec()));
  }

  private int encodePlaceOrderList(
      CommandHeader header, Command.PlaceOrderList m, MutableDirectBuffer buffer, int offset) {
    placeOrderListEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, placeOrderListEncoder.header());
    placeOrderListEncoder.account(m.account());
    placeOrderListEncoder.symbol(m.symbol());
    placeOrderListEncoder.listType((short) m.listType().ordinal());
    placeOrderListEncoder.listClientOrderId(m.listClientOrderId());
    PlaceOrderListEncoder.LegsEncoder legs = placeOrderListEncoder.legsCount(m.legs().size());
    for (OrderSpec leg : m.legs()) {
      BlockCodec.orderSpec(leg, legs.next().spec());
    }
    return MessageHeaderEncoder.ENCODED_LENGTH + placeOrderListEncoder.encodedLength();
  }

  private Command.PlaceOrderList decodePlaceOrderList(DirectBuffer buffer, int offset) {
    placeOrderListDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    List<OrderSpec> legs = new ArrayList<>();
    for (PlaceOrderListDecoder.LegsDecoder leg : placeOrderListDecoder.legs()) {
      legs.add(BlockCodec.orderSpec(leg.spec()));
    }
    return new Command.PlaceOrderList(
        placeOrderListDecoder.account(),
        placeOrderListDecoder.symbol(),
        ListType.of(placeOrderListDecoder.listType()),
        placeOrderListDecoder.listClientOrderId(),
        List.copyOf(legs));
  }

  private int encodeCancelOrder(
      CommandHeader header, Command.CancelOrder m, MutableDirectBuffer buffer, int offset) {
    cancelOrderEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, cancelOrderEncoder.header());
    cancelOrderEncoder.account(m.account());
    cancelOrderEncoder.symbol(m.symbol());
    cancelOrderEncoder.orderId(m.orderId());
    cancelOrderEncoder.origClientOrderId(m.origClientOrderId());
    cancelOrderEncoder.newClientOrderId(m.newClientOrderId());
    cancelOrderEncoder.restriction((short) m.restriction().ordinal());
    return MessageHeaderEncoder.ENCODED_LENGTH + cancelOrderEncoder.encodedLength();
  }

  private Command.CancelOrder decodeCancelOrder(DirectBuffer buffer, int offset) {
    cancelOrderDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.CancelOrder(
        cancelOrderDecoder.account(),
        cancelOrderDecoder.symbol(),
        cancelOrderDecoder.orderId(),
        cancelOrderDecoder.origClientOrderId(),
        cancelOrderDecoder.newClientOrderId(),
        CancelRestriction.of(cancelOrderDecoder.restriction()));
  }

  private int encodeCancelAll(
      CommandHeader header, Command.CancelAll m, MutableDirectBuffer buffer, int offset) {
    cancelAllEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, cancelAllEncoder.header());
    cancelAllEncoder.account(m.account());
    cancelAllEncoder.symbol(m.symbol());
    return MessageHeaderEncoder.ENCODED_LENGTH + cancelAllEncoder.encodedLength();
  }

  private Command.CancelAll decodeCancelAll(DirectBuffer buffer, int offset) {
    cancelAllDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.CancelAll(cancelAllDecoder.account(), cancelAllDecoder.symbol());
  }

  private int encodeCancelReplace(
      CommandHeader header, Command.CancelReplace m, MutableDirectBuffer buffer, int offset) {
    cancelReplaceEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, cancelReplaceEncoder.header());
    cancelReplaceEncoder.account(m.account());
    cancelReplaceEncoder.symbol(m.symbol());
    cancelReplaceEncoder.mode((short) m.mode().ordinal());
    cancelReplaceEncoder.cancelRestriction((short) m.cancelRestriction().ordinal());
    cancelReplaceEncoder.cancelOrderId(m.cancelOrderId());
    cancelReplaceEncoder.cancelOrigClientOrderId(m.cancelOrigClientOrderId());
    cancelReplaceEncoder.cancelNewClientOrderId(m.cancelNewClientOrderId());
    BlockCodec.orderSpec(m.spec(), cancelReplaceEncoder.spec());
    return MessageHeaderEncoder.ENCODED_LENGTH + cancelReplaceEncoder.encodedLength();
  }

  private Command.CancelReplace decodeCancelReplace(DirectBuffer buffer, int offset) {
    cancelReplaceDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.CancelReplace(
        cancelReplaceDecoder.account(),
        cancelReplaceDecoder.symbol(),
        CancelReplaceMode.of(cancelReplaceDecoder.mode()),
        CancelRestriction.of(cancelReplaceDecoder.cancelRestriction()),
        cancelReplaceDecoder.cancelOrderId(),
        cancelReplaceDecoder.cancelOrigClientOrderId(),
        cancelReplaceDecoder.cancelNewClientOrderId(),
        BlockCodec.orderSpec(cancelReplaceDecoder.spec()));
  }

  private int encodeAmendOrder(
      CommandHeader header, Command.AmendOrder m, MutableDirectBuffer buffer, int offset) {
    amendOrderEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, amendOrderEncoder.header());
    amendOrderEncoder.account(m.account());
    amendOrderEncoder.symbol(m.symbol());
    amendOrderEncoder.orderId(m.orderId());
    amendOrderEncoder.origClientOrderId(m.origClientOrderId());
    amendOrderEncoder.newClientOrderId(m.newClientOrderId());
    amendOrderEncoder.newQuantity(m.newQuantity());
    return MessageHeaderEncoder.ENCODED_LENGTH + amendOrderEncoder.encodedLength();
  }

  private Command.AmendOrder decodeAmendOrder(DirectBuffer buffer, int offset) {
    amendOrderDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.AmendOrder(
        amendOrderDecoder.account(),
        amendOrderDecoder.symbol(),
        amendOrderDecoder.orderId(),
        amendOrderDecoder.origClientOrderId(),
        amendOrderDecoder.newClientOrderId(),
        amendOrderDecoder.newQuantity());
  }

  private int encodeMoveOrder(
      CommandHeader header, Command.MoveOrder m, MutableDirectBuffer buffer, int offset) {
    moveOrderEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, moveOrderEncoder.header());
    moveOrderEncoder.account(m.account());
    moveOrderEncoder.symbol(m.symbol());
    moveOrderEncoder.orderId(m.orderId());
    moveOrderEncoder.newPrice(m.newPrice());
    return MessageHeaderEncoder.ENCODED_LENGTH + moveOrderEncoder.encodedLength();
  }

  private Command.MoveOrder decodeMoveOrder(DirectBuffer buffer, int offset) {
    moveOrderDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.MoveOrder(
        moveOrderDecoder.account(),
        moveOrderDecoder.symbol(),
        moveOrderDecoder.orderId(),
        moveOrderDecoder.newPrice());
  }

  private int encodeCancelOrderList(
      CommandHeader header, Command.CancelOrderList m, MutableDirectBuffer buffer, int offset) {
    cancelOrderListEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, cancelOrderListEncoder.header());
    cancelOrderListEncoder.account(m.account());
    cancelOrderListEncoder.symbol(m.symbol());
    cancelOrderListEncoder.orderListId(m.orderListId());
    cancelOrderListEncoder.listClientOrderId(m.listClientOrderId());
    cancelOrderListEncoder.newClientOrderId(m.newClientOrderId());
    return MessageHeaderEncoder.ENCODED_LENGTH + cancelOrderListEncoder.encodedLength();
  }

  private Command.CancelOrderList decodeCancelOrderList(DirectBuffer buffer, int offset) {
    cancelOrderListDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.CancelOrderList(
        cancelOrderListDecoder.account(),
        cancelOrderListDecoder.symbol(),
        cancelOrderListDecoder.orderListId(),
        cancelOrderListDecoder.listClientOrderId(),
        cancelOrderListDecoder.newClientOrderId());
  }

  private int encodeTransferBatch(
      CommandHeader header, Command.TransferBatch m, MutableDirectBuffer buffer, int offset) {
    transferBatchEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, transferBatchEncoder.header());
    TransferBatchEncoder.LegsEncoder legs = transferBatchEncoder.legsCount(m.legs().size());
    for (TransferLeg leg : m.legs()) {
      legs.next();
      legs.kind((short) leg.kind().ordinal());
      legs.from(leg.from());
      legs.to(leg.to());
      legs.asset(leg.asset());
      legs.amount(leg.amount());
      legs.holdId(leg.holdId());
      legs.deadline(leg.deadline());
      legs.token(leg.token());
    }
    return MessageHeaderEncoder.ENCODED_LENGTH + transferBatchEncoder.encodedLength();
  }

  private Command.TransferBatch decodeTransferBatch(DirectBuffer buffer, int offset) {
    transferBatchDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    List<TransferLeg> legs = new ArrayList<>();
    for (TransferBatchDecoder.LegsDecoder leg : transferBatchDecoder.legs()) {
      legs.add(
          new TransferLeg(
              LegKind.of(leg.kind()),
              leg.from(),
              leg.to(),
              leg.asset(),
              leg.amount(),
              leg.holdId(),
              leg.deadline(),
              leg.token()));
    }
    return new Command.TransferBatch(List.copyOf(legs));
  }

  private int encodeAddAsset(
      CommandHeader header, Command.AddAsset m, MutableDirectBuffer buffer, int offset) {
    addAssetEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, addAssetEncoder.header());
    addAssetEncoder.asset(m.asset());
    addAssetEncoder.code(m.code());
    addAssetEncoder.scale(m.scale());
    return MessageHeaderEncoder.ENCODED_LENGTH + addAssetEncoder.encodedLength();
  }

  private Command.AddAsset decodeAddAsset(DirectBuffer buffer, int offset) {
    addAssetDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.AddAsset(
        addAssetDecoder.asset(), addAssetDecoder.code(), addAssetDecoder.scale());
  }

  private int encodeAddSymbol(
      CommandHeader header, Command.AddSymbol m, MutableDirectBuffer buffer, int offset) {
    addSymbolEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, addSymbolEncoder.header());
    addSymbolEncoder.symbol(m.symbol());
    addSymbolEncoder.name(m.name());
    addSymbolEncoder.baseAsset(m.baseAsset());
    addSymbolEncoder.quoteAsset(m.quoteAsset());
    addSymbolEncoder.tickUnit(m.tickUnit());
    addSymbolEncoder.lotUnit(m.lotUnit());
    addSymbolEncoder.defaultSelfTradePreventionMode(
        (short) m.defaultSelfTradePreventionMode().ordinal());
    BlockCodec.filters(m.filters(), addSymbolEncoder.filters());
    return MessageHeaderEncoder.ENCODED_LENGTH + addSymbolEncoder.encodedLength();
  }

  private Command.AddSymbol decodeAddSymbol(DirectBuffer buffer, int offset) {
    addSymbolDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.AddSymbol(
        addSymbolDecoder.symbol(),
        addSymbolDecoder.name(),
        addSymbolDecoder.baseAsset(),
        addSymbolDecoder.quoteAsset(),
        addSymbolDecoder.tickUnit(),
        addSymbolDecoder.lotUnit(),
        SelfTradePreventionMode.of(addSymbolDecoder.defaultSelfTradePreventionMode()),
        BlockCodec.filters(addSymbolDecoder.filters()));
  }

  private int encodeSetFilters(
      CommandHeader header, Command.SetFilters m, MutableDirectBuffer buffer, int offset) {
    setFiltersEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, setFiltersEncoder.header());
    setFiltersEncoder.symbol(m.symbol());
    BlockCodec.filters(m.filters(), setFiltersEncoder.filters());
    return MessageHeaderEncoder.ENCODED_LENGTH + setFiltersEncoder.encodedLength();
  }

  private Command.SetFilters decodeSetFilters(DirectBuffer buffer, int offset) {
    setFiltersDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.SetFilters(
        setFiltersDecoder.symbol(), BlockCodec.filters(setFiltersDecoder.filters()));
  }

  private int encodeSetFees(
      CommandHeader header, Command.SetFees m, MutableDirectBuffer buffer, int offset) {
    setFeesEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, setFeesEncoder.header());
    setFeesEncoder.symbol(m.symbol());
    setFeesEncoder.tier(m.tier());
    setFeesEncoder.makerRate(m.makerRate());
    setFeesEncoder.takerRate(m.takerRate());
    return MessageHeaderEncoder.ENCODED_LENGTH + setFeesEncoder.encodedLength();
  }

  private Command.SetFees decodeSetFees(DirectBuffer buffer, int offset) {
    setFeesDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.SetFees(
        setFeesDecoder.symbol(),
        setFeesDecoder.tier(),
        setFeesDecoder.makerRate(),
        setFeesDecoder.takerRate());
  }

  private int encodeSetStatus(
      CommandHeader header, Command.SetStatus m, MutableDirectBuffer buffer, int offset) {
    setStatusEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, setStatusEncoder.header());
    setStatusEncoder.symbol(m.symbol());
    setStatusEncoder.status((short) m.status().ordinal());
    return MessageHeaderEncoder.ENCODED_LENGTH + setStatusEncoder.encodedLength();
  }

  private Command.SetStatus decodeSetStatus(DirectBuffer buffer, int offset) {
    setStatusDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.SetStatus(
        setStatusDecoder.symbol(), SymbolStatus.of(setStatusDecoder.status()));
  }

  private int encodeSetReferencePrice(
      CommandHeader header, Command.SetReferencePrice m, MutableDirectBuffer buffer, int offset) {
    setReferencePriceEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, setReferencePriceEncoder.header());
    setReferencePriceEncoder.symbol(m.symbol());
    setReferencePriceEncoder.referencePrice(m.referencePrice());
    return MessageHeaderEncoder.ENCODED_LENGTH + setReferencePriceEncoder.encodedLength();
  }

  private Command.SetReferencePrice decodeSetReferencePrice(DirectBuffer buffer, int offset) {
    setReferencePriceDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.SetReferencePrice(
        setReferencePriceDecoder.symbol(), setReferencePriceDecoder.referencePrice());
  }

  private int encodeSetAccount(
      CommandHeader header, Command.SetAccount m, MutableDirectBuffer buffer, int offset) {
    setAccountEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, setAccountEncoder.header());
    setAccountEncoder.account(m.account());
    setAccountEncoder.tradingEnabled((short) (m.tradingEnabled() ? 1 : 0));
    setAccountEncoder.feeTier(m.feeTier());
    setAccountEncoder.tradeGroupId(m.tradeGroupId());
    setAccountEncoder.clientIdWindow(m.clientIdWindow());
    return MessageHeaderEncoder.ENCODED_LENGTH + setAccountEncoder.encodedLength();
  }

  private Command.SetAccount decodeSetAccount(DirectBuffer buffer, int offset) {
    setAccountDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.SetAccount(
        setAccountDecoder.account(),
        setAccountDecoder.tradingEnabled() != 0,
        setAccountDecoder.feeTier(),
        setAccountDecoder.tradeGroupId(),
        setAccountDecoder.clientIdWindow());
  }

  private int encodeKill(
      CommandHeader header, Command.Kill m, MutableDirectBuffer buffer, int offset) {
    killEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, killEncoder.header());
    killEncoder.scope((short) m.scope().ordinal());
    killEncoder.account(m.account());
    return MessageHeaderEncoder.ENCODED_LENGTH + killEncoder.encodedLength();
  }

  private Command.Kill decodeKill(DirectBuffer buffer, int offset) {
    killDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.Kill(KillScope.of(killDecoder.scope()), killDecoder.account());
  }

  private int encodeLiftKill(
      CommandHeader header, Command.LiftKill m, MutableDirectBuffer buffer, int offset) {
    liftKillEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, liftKillEncoder.header());
    liftKillEncoder.scope((short) m.scope().ordinal());
    liftKillEncoder.account(m.account());
    return MessageHeaderEncoder.ENCODED_LENGTH + liftKillEncoder.encodedLength();
  }

  private Command.LiftKill decodeLiftKill(DirectBuffer buffer, int offset) {
    liftKillDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.LiftKill(KillScope.of(liftKillDecoder.scope()), liftKillDecoder.account());
  }

  private int encodeTick(CommandHeader header, MutableDirectBuffer buffer, int offset) {
    tickEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, tickEncoder.header());
    return MessageHeaderEncoder.ENCODED_LENGTH + tickEncoder.encodedLength();
  }

  private Command.Tick decodeTick(DirectBuffer buffer, int offset) {
    tickDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.Tick();
  }

  private int encodeFreeze(
      CommandHeader header, Command.Freeze m, MutableDirectBuffer buffer, int offset) {
    freezeEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, freezeEncoder.header());
    freezeEncoder.account(m.account());
    return MessageHeaderEncoder.ENCODED_LENGTH + freezeEncoder.encodedLength();
  }

  private Command.Freeze decodeFreeze(DirectBuffer buffer, int offset) {
    freezeDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.Freeze(freezeDecoder.account());
  }

  private int encodeUnfreeze(
      CommandHeader header, Command.Unfreeze m, MutableDirectBuffer buffer, int offset) {
    unfreezeEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, unfreezeEncoder.header());
    unfreezeEncoder.account(m.account());
    return MessageHeaderEncoder.ENCODED_LENGTH + unfreezeEncoder.encodedLength();
  }

  private Command.Unfreeze decodeUnfreeze(DirectBuffer buffer, int offset) {
    unfreezeDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.Unfreeze(unfreezeDecoder.account());
  }

  private int encodeMark(
      CommandHeader header, Command.Mark m, MutableDirectBuffer buffer, int offset) {
    markEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, markEncoder.header());
    markEncoder.cutId(m.cutId());
    return MessageHeaderEncoder.ENCODED_LENGTH + markEncoder.encodedLength();
  }

  private Command.Mark decodeMark(DirectBuffer buffer, int offset) {
    markDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.Mark(markDecoder.cutId());
  }

  private int encodeAskSource(
      CommandHeader header, Command.AskSource m, MutableDirectBuffer buffer, int offset) {
    askSourceEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
    commandHeader(header, askSourceEncoder.header());
    askSourceEncoder.asked(m.asked());
    return MessageHeaderEncoder.ENCODED_LENGTH + askSourceEncoder.encodedLength();
  }

  private Command.AskSource decodeAskSource(DirectBuffer buffer, int offset) {
    askSourceDecoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    return new Command.AskSource(askSourceDecoder.asked());
  }
}
