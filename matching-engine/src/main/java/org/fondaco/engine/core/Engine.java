package org.fondaco.engine.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.sbe.*;
import org.jspecify.annotations.Nullable;

/**
 * The matching engine: risk, books and ledger behind one door. ENGINE.md and ADR 1 give the
 * semantics. Validates fully, then mutates without failing; allocates nothing in steady state.
 */
public final class Engine implements StateMachine {

  private static final int SEMANTICS_VERSION = 1;

  /** Queue entries, and expirations by the kill switch, that one command may run. */
  static final int BUDGET = 1_000;

  private final Venue venue;
  private final EventWriter events;
  private final Placement placement;
  private final Requests requests;
  private final Transfers transfers;
  private final Control control;
  private final Activations activations;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final CommandHeaderDecoder commandHeader = new CommandHeaderDecoder();
  private final PlaceOrderDecoder placeOrder = new PlaceOrderDecoder();
  private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
  private final TransferBatchDecoder transferBatch = new TransferBatchDecoder();
  private final AddAssetDecoder addAsset = new AddAssetDecoder();
  private final AddSymbolDecoder addSymbol = new AddSymbolDecoder();
  private final SetFiltersDecoder setFilters = new SetFiltersDecoder();
  private final SetFeesDecoder setFees = new SetFeesDecoder();
  private final SetStatusDecoder setStatus = new SetStatusDecoder();
  private final SetReferencePriceDecoder setReferencePrice = new SetReferencePriceDecoder();
  private final SetAccountDecoder setAccount = new SetAccountDecoder();

  /** An engine at birth: system accounts, nothing else. */
  public Engine(EngineSizing sizing) {
    venue = new Venue(sizing, new Nowhere());
    events = venue.events;
    Walk walk = new Walk(venue.orders, venue.levels, venue.accounts);
    Admission admission = new Admission(venue, walk);
    Life life = new Life(venue);
    Matcher matcher = new Matcher(venue, admission, life);
    ControlEvents controlEvents = new ControlEvents(venue);
    Kills kills = new Kills(venue);
    activations = new Activations(venue, admission, matcher, life);
    placement = new Placement(venue, admission, matcher, life);
    requests = new Requests(venue, life);
    transfers = new Transfers(venue, controlEvents);
    control = new Control(venue, controlEvents, kills);
  }

  @Override
  public int semanticsVersion() {
    return SEMANTICS_VERSION;
  }

  @Override
  public long sequence() {
    return venue.sequence;
  }

  @Override
  public long time() {
    return venue.time;
  }

  @Override
  public void apply(long sequence, DirectBuffer command, int offset, int length, EventSink sink) {
    if (sequence != venue.sequence + 1) {
      throw new IllegalStateException("sequence " + sequence + " after " + venue.sequence);
    }
    venue.sequence = sequence;
    events.begin(sink);
    venue.ledger.begin(sequence);
    venue.books.begin(sequence);
    header.wrap(command, offset);
    commandHeader.wrap(command, offset + MessageHeaderDecoder.ENCODED_LENGTH);
    venue.time = Math.max(venue.time, commandHeader.time());
    transfers.sweep();
    int template = header.templateId();
    activations.begin(BUDGET);
    activations.runDeferred();
    Market touched = dispatch(template, command, offset);
    if (touched != null) {
      activations.run(touched);
    }
    venue.books.finish(events);
    venue.ledger.finish(events);
    events.done(sequence, venue.time, template);
  }

  private @Nullable Market dispatch(int template, DirectBuffer command, int offset) {
    switch (template) {
      case PlaceOrderDecoder.TEMPLATE_ID -> {
        return placement.place(placeOrder.wrapAndApplyHeader(command, offset, header));
      }
      case CancelOrderDecoder.TEMPLATE_ID -> {
        return requests.cancel(cancelOrder.wrapAndApplyHeader(command, offset, header));
      }
      case TransferBatchDecoder.TEMPLATE_ID ->
          transfers.batch(transferBatch.wrapAndApplyHeader(command, offset, header));
      case AddAssetDecoder.TEMPLATE_ID ->
          control.addAsset(addAsset.wrapAndApplyHeader(command, offset, header));
      case AddSymbolDecoder.TEMPLATE_ID ->
          control.addSymbol(addSymbol.wrapAndApplyHeader(command, offset, header));
      case SetFiltersDecoder.TEMPLATE_ID ->
          control.setFilters(setFilters.wrapAndApplyHeader(command, offset, header));
      case SetFeesDecoder.TEMPLATE_ID ->
          control.setFees(setFees.wrapAndApplyHeader(command, offset, header));
      case SetStatusDecoder.TEMPLATE_ID -> {
        return control.setStatus(setStatus.wrapAndApplyHeader(command, offset, header));
      }
      case SetReferencePriceDecoder.TEMPLATE_ID ->
          control.setReferencePrice(setReferencePrice.wrapAndApplyHeader(command, offset, header));
      case SetAccountDecoder.TEMPLATE_ID ->
          control.setAccount(setAccount.wrapAndApplyHeader(command, offset, header));
      case TickDecoder.TEMPLATE_ID -> {}
      default ->
          events.rejected(RejectStage.CONTROL, RejectReason.UNSUPPORTED_COMBINATION, 0, 0, 0);
    }
    return null;
  }

  @Override
  public long nextTickTime() {
    if (activations.due()) {
      return venue.time;
    }
    int hold = venue.holds.earliest();
    return hold < 0 ? Long.MAX_VALUE : venue.holds.deadline(hold);
  }

  @Override
  public void describe(EventSink sink) {
    throw new UnsupportedOperationException("comes with the snapshot");
  }

  @Override
  public void writeSnapshot(DataOutput out) throws IOException {
    throw new UnsupportedOperationException("comes with the snapshot");
  }

  @Override
  public void readSnapshot(DataInput in) throws IOException {
    throw new UnsupportedOperationException("comes with the snapshot");
  }

  @Override
  public long[] stateHash() {
    throw new UnsupportedOperationException("comes with the snapshot");
  }

  /** Stands in for a sink before the first command. */
  private static final class Nowhere implements EventSink {
    @Override
    public int claim(int length) {
      throw new IllegalStateException("no command is being applied");
    }

    @Override
    public MutableDirectBuffer buffer() {
      return new UnsafeBuffer(0, 0);
    }

    @Override
    public void commit() {}
  }
}
