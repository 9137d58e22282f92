package org.fondaco.engine.core;

import org.agrona.DirectBuffer;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.sbe.*;

/** Knows the commands' wire form: hands each to who handles it. */
final class Dispatcher {

  private static final int BODY = MessageHeaderDecoder.ENCODED_LENGTH;

  private final Venue venue;
  private final Placement placement;
  private final ListPlacement listPlacement;
  private final Requests requests;
  private final Changes changes;
  private final Transfers transfers;
  private final Control control;
  private final Marks marks;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final PlaceOrderDecoder placeOrder = new PlaceOrderDecoder();
  private final PlaceOrderListDecoder placeOrderList = new PlaceOrderListDecoder();
  private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
  private final CancelAllDecoder cancelAll = new CancelAllDecoder();
  private final CancelReplaceDecoder cancelReplace = new CancelReplaceDecoder();
  private final AmendOrderDecoder amendOrder = new AmendOrderDecoder();
  private final MoveOrderDecoder moveOrder = new MoveOrderDecoder();
  private final CancelOrderListDecoder cancelOrderList = new CancelOrderListDecoder();
  private final TransferBatchDecoder transferBatch = new TransferBatchDecoder();
  private final AddAssetDecoder addAsset = new AddAssetDecoder();
  private final AddSymbolDecoder addSymbol = new AddSymbolDecoder();
  private final SetFiltersDecoder setFilters = new SetFiltersDecoder();
  private final SetFeesDecoder setFees = new SetFeesDecoder();
  private final SetStatusDecoder setStatus = new SetStatusDecoder();
  private final SetReferencePriceDecoder setReferencePrice = new SetReferencePriceDecoder();
  private final SetAccountDecoder setAccount = new SetAccountDecoder();
  private final KillDecoder kill = new KillDecoder();
  private final LiftKillDecoder liftKill = new LiftKillDecoder();
  private final FreezeDecoder freeze = new FreezeDecoder();
  private final UnfreezeDecoder unfreeze = new UnfreezeDecoder();
  private final MarkDecoder mark = new MarkDecoder();
  private final AskSourceDecoder askSource = new AskSourceDecoder();
  private long firstHold;

  Dispatcher(
      Venue venue,
      Placement placement,
      ListPlacement listPlacement,
      Requests requests,
      Changes changes,
      Transfers transfers,
      Control control,
      Marks marks) {
    this.venue = venue;
    this.placement = placement;
    this.listPlacement = listPlacement;
    this.requests = requests;
    this.changes = changes;
    this.transfers = transfers;
    this.control = control;
    this.marks = marks;
  }

  /** First hold id that the last command opened, 0 = none. */
  long firstHold() {
    return firstHold;
  }

  /** Runs one command, of a template as {@link MessageHeaderDecoder} says. */
  void dispatch(int template, DirectBuffer command, int offset) {
    firstHold = 0;
    if (template < AddAssetDecoder.TEMPLATE_ID) {
      trade(template, command, offset);
    } else {
      administer(template, command, offset);
    }
  }

  private void trade(int template, DirectBuffer command, int offset) {
    switch (template) {
      case PlaceOrderDecoder.TEMPLATE_ID -> {
        placeOrder.wrapAndApplyHeader(command, offset, header);
        placement.place(
            placeOrder.account(),
            placeOrder.symbol(),
            placeOrder.testOnly() != 0,
            placeOrder.spec());
      }
      case PlaceOrderListDecoder.TEMPLATE_ID ->
          listPlacement.place(placeOrderList.wrapAndApplyHeader(command, offset, header));
      case CancelOrderDecoder.TEMPLATE_ID ->
          requests.cancel(cancelOrder.wrapAndApplyHeader(command, offset, header));
      case CancelAllDecoder.TEMPLATE_ID ->
          requests.cancelAll(cancelAll.wrapAndApplyHeader(command, offset, header));
      case CancelReplaceDecoder.TEMPLATE_ID ->
          requests.cancelReplace(cancelReplace.wrapAndApplyHeader(command, offset, header));
      case AmendOrderDecoder.TEMPLATE_ID ->
          changes.amend(amendOrder.wrapAndApplyHeader(command, offset, header));
      case MoveOrderDecoder.TEMPLATE_ID ->
          changes.move(moveOrder.wrapAndApplyHeader(command, offset, header));
      case CancelOrderListDecoder.TEMPLATE_ID ->
          requests.cancelList(cancelOrderList.wrapAndApplyHeader(command, offset, header));
      case TransferBatchDecoder.TEMPLATE_ID ->
          firstHold = transfers.batch(transferBatch.wrapAndApplyHeader(command, offset, header));
      default -> unknown();
    }
  }

  private void administer(int template, DirectBuffer command, int offset) {
    switch (template) {
      case AddAssetDecoder.TEMPLATE_ID ->
          control.addAsset(addAsset.wrapAndApplyHeader(command, offset, header));
      case AddSymbolDecoder.TEMPLATE_ID ->
          control.addSymbol(addSymbol.wrapAndApplyHeader(command, offset, header));
      case SetFiltersDecoder.TEMPLATE_ID ->
          control.setFilters(setFilters.wrapAndApplyHeader(command, offset, header));
      case SetFeesDecoder.TEMPLATE_ID ->
          control.setFees(setFees.wrapAndApplyHeader(command, offset, header));
      case SetStatusDecoder.TEMPLATE_ID ->
          control.setStatus(setStatus.wrapAndApplyHeader(command, offset, header));
      case SetReferencePriceDecoder.TEMPLATE_ID ->
          control.setReferencePrice(setReferencePrice.wrapAndApplyHeader(command, offset, header));
      case SetAccountDecoder.TEMPLATE_ID ->
          control.setAccount(setAccount.wrapAndApplyHeader(command, offset, header));
      case KillDecoder.TEMPLATE_ID ->
          control.kill(kill.wrapAndApplyHeader(command, offset, header));
      case LiftKillDecoder.TEMPLATE_ID ->
          control.liftKill(liftKill.wrapAndApplyHeader(command, offset, header));
      case TickDecoder.TEMPLATE_ID -> {}
      case FreezeDecoder.TEMPLATE_ID ->
          control.freeze(freeze.wrapAndApplyHeader(command, offset, header).account(), true);
      case UnfreezeDecoder.TEMPLATE_ID ->
          control.freeze(unfreeze.wrapAndApplyHeader(command, offset, header).account(), false);
      case MarkDecoder.TEMPLATE_ID -> marks.mark(mark.wrapAndApplyHeader(command, offset, header));
      case AskSourceDecoder.TEMPLATE_ID ->
          marks.source(askSource.wrapAndApplyHeader(command, offset, header).asked());
      default -> unknown();
    }
  }

  /** A template of a later version cannot come: the host checks semanticsVersion. */
  private void unknown() {
    venue.events.rejected(RejectStage.CONTROL, RejectReason.UNSUPPORTED_COMBINATION, 0, 0, 0);
  }

  /** PlaceOrder with testOnly set, which leaves no trace. */
  boolean testOnly(int template, DirectBuffer command, int offset) {
    return template == PlaceOrderDecoder.TEMPLATE_ID
        && placeOrder.wrapAndApplyHeader(command, offset, header).testOnly() != 0;
  }

  /** Account of a command, 0 when it has none; the trading commands all begin alike. */
  long account(int template, DirectBuffer command, int offset) {
    if (template <= CancelOrderListDecoder.TEMPLATE_ID) {
      return cancelAll.wrap(command, offset + BODY, CancelAllDecoder.BLOCK_LENGTH, 0).account();
    }
    return switch (template) {
      case SetAccountDecoder.TEMPLATE_ID ->
          setAccount.wrapAndApplyHeader(command, offset, header).account();
      case KillDecoder.TEMPLATE_ID -> kill.wrapAndApplyHeader(command, offset, header).account();
      case LiftKillDecoder.TEMPLATE_ID ->
          liftKill.wrapAndApplyHeader(command, offset, header).account();
      case FreezeDecoder.TEMPLATE_ID ->
          freeze.wrapAndApplyHeader(command, offset, header).account();
      case UnfreezeDecoder.TEMPLATE_ID ->
          unfreeze.wrapAndApplyHeader(command, offset, header).account();
      default -> 0;
    };
  }

  /** Symbol of a command, 0 when it has none. */
  int symbol(int template, DirectBuffer command, int offset) {
    if (template <= CancelOrderListDecoder.TEMPLATE_ID) {
      return cancelAll.wrap(command, offset + BODY, CancelAllDecoder.BLOCK_LENGTH, 0).symbol();
    }
    return template >= AddSymbolDecoder.TEMPLATE_ID
            && template <= SetReferencePriceDecoder.TEMPLATE_ID
        ? setStatus.wrap(command, offset + BODY, SetStatusDecoder.BLOCK_LENGTH, 0).symbol()
        : 0;
  }

  /** The part of a request that a refusal before its handler is about. */
  static RejectStage stage(int template) {
    return switch (template) {
      case PlaceOrderDecoder.TEMPLATE_ID, CancelReplaceDecoder.TEMPLATE_ID -> RejectStage.PLACE;
      case PlaceOrderListDecoder.TEMPLATE_ID -> RejectStage.LIST;
      case CancelOrderDecoder.TEMPLATE_ID,
          CancelAllDecoder.TEMPLATE_ID,
          CancelOrderListDecoder.TEMPLATE_ID ->
          RejectStage.CANCEL;
      case AmendOrderDecoder.TEMPLATE_ID -> RejectStage.AMEND;
      case MoveOrderDecoder.TEMPLATE_ID -> RejectStage.MOVE;
      default -> RejectStage.CONTROL;
    };
  }
}
