package org.fondaco.engine.core;

import org.agrona.MutableDirectBuffer;
import org.fondaco.engine.protocol.HoldCloseReason;
import org.fondaco.engine.protocol.Outcome;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.sbe.AccountChangedEncoder;
import org.fondaco.engine.sbe.AssetChangedEncoder;
import org.fondaco.engine.sbe.BatchRejectedEncoder;
import org.fondaco.engine.sbe.FeesChangedEncoder;
import org.fondaco.engine.sbe.FiltersDecoder;
import org.fondaco.engine.sbe.FreezeChangedEncoder;
import org.fondaco.engine.sbe.HoldClosedEncoder;
import org.fondaco.engine.sbe.HoldOpenedEncoder;
import org.fondaco.engine.sbe.MessageHeaderEncoder;
import org.fondaco.engine.sbe.SourceOutcomeEncoder;
import org.fondaco.engine.sbe.SymbolChangedEncoder;
import org.fondaco.engine.sbe.TransferPostedEncoder;
import org.fondaco.engine.sbe.VenueChangedEncoder;

/** Writes the events of configuration, transfers and sources in place. */
final class ControlEvents {

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

  private final Venue venue;
  private final EventWriter events;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final HoldOpenedEncoder holdOpened = new HoldOpenedEncoder();
  private final HoldClosedEncoder holdClosed = new HoldClosedEncoder();
  private final TransferPostedEncoder posted = new TransferPostedEncoder();
  private final BatchRejectedEncoder batchRejected = new BatchRejectedEncoder();
  private final AssetChangedEncoder asset = new AssetChangedEncoder();
  private final SymbolChangedEncoder symbol = new SymbolChangedEncoder();
  private final FeesChangedEncoder fees = new FeesChangedEncoder();
  private final AccountChangedEncoder account = new AccountChangedEncoder();
  private final FreezeChangedEncoder freezeChanged = new FreezeChangedEncoder();
  private final VenueChangedEncoder venueChanged = new VenueChangedEncoder();
  private final SourceOutcomeEncoder sourceOutcome = new SourceOutcomeEncoder();

  ControlEvents(Venue venue) {
    this.venue = venue;
    this.events = venue.events;
  }

  void holdOpened(long id, long owner, int assetId, long amount, long deadline, long token) {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + HoldOpenedEncoder.BLOCK_LENGTH);
    holdOpened.wrapAndApplyHeader(sink.buffer(), at, header);
    holdOpened.holdId(id);
    holdOpened.account(owner);
    holdOpened.asset(assetId);
    holdOpened.amount(amount);
    holdOpened.deadline(deadline);
    holdOpened.token(token);
    sink.commit();
  }

  void holdClosed(
      long id,
      long owner,
      int assetId,
      long moved,
      long released,
      HoldCloseReason reason,
      long token) {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + HoldClosedEncoder.BLOCK_LENGTH);
    holdClosed.wrapAndApplyHeader(sink.buffer(), at, header);
    holdClosed.holdId(id);
    holdClosed.account(owner);
    holdClosed.asset(assetId);
    holdClosed.posted(moved);
    holdClosed.released(released);
    holdClosed.reason((short) reason.ordinal());
    holdClosed.token(token);
    sink.commit();
  }

  void posted(
      int leg, int kind, long from, long to, int assetId, long amount, long hold, long token) {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + TransferPostedEncoder.BLOCK_LENGTH);
    posted.wrapAndApplyHeader(sink.buffer(), at, header);
    posted.leg(leg);
    posted.kind((short) kind);
    posted.from(from);
    posted.to(to);
    posted.asset(assetId);
    posted.amount(amount);
    posted.holdId(hold);
    posted.token(token);
    sink.commit();
  }

  void batchRejected(int leg, RejectReason reason) {
    events.refuse(reason);
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + BatchRejectedEncoder.BLOCK_LENGTH);
    batchRejected.wrapAndApplyHeader(sink.buffer(), at, header);
    batchRejected.leg(leg);
    batchRejected.reason((short) reason.ordinal());
    sink.commit();
  }

  void asset(int slot) {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + AssetChangedEncoder.BLOCK_LENGTH);
    asset.wrapAndApplyHeader(sink.buffer(), at, header);
    asset.asset(venue.assets.id(slot));
    ClientIdCodec.writeCode(
        sink.buffer(),
        at + HEADER + AssetChangedEncoder.codeEncodingOffset(),
        venue.assets.codeArray(),
        venue.assets.codeAt(slot));
    asset.scale(venue.assets.scale(slot));
    sink.commit();
  }

  void symbol(Market m) {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + SymbolChangedEncoder.BLOCK_LENGTH);
    MutableDirectBuffer buffer = sink.buffer();
    symbol.wrapAndApplyHeader(buffer, at, header);
    symbol.symbol(m.id);
    ClientIdCodec.writeCode(
        buffer, at + HEADER + SymbolChangedEncoder.nameEncodingOffset(), m.name, 0);
    symbol.baseAsset(venue.assets.id(m.baseAsset));
    symbol.quoteAsset(venue.assets.id(m.quoteAsset));
    symbol.tickUnit(m.tickUnit);
    symbol.lotUnit(m.lotUnit);
    symbol.status((short) m.status);
    symbol.defaultSelfTradePreventionMode((short) m.defaultMode);
    symbol.referencePrice(m.referencePrice);
    buffer.putBytes(
        at + HEADER + SymbolChangedEncoder.filtersEncodingOffset(),
        m.rules.wire,
        0,
        FiltersDecoder.ENCODED_LENGTH);
    sink.commit();
  }

  void fees(Market m, int tier) {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + FeesChangedEncoder.BLOCK_LENGTH);
    fees.wrapAndApplyHeader(sink.buffer(), at, header);
    fees.symbol(m.id);
    fees.tier(tier);
    fees.makerRate(m.makerRate[tier]);
    fees.takerRate(m.takerRate[tier]);
    sink.commit();
  }

  void account(int slot) {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + AccountChangedEncoder.BLOCK_LENGTH);
    Accounts accounts = venue.accounts;
    account.wrapAndApplyHeader(sink.buffer(), at, header);
    account.account(accounts.id(slot));
    account.tradingEnabled((short) (accounts.enabled(slot) ? 1 : 0));
    account.killed((short) (accounts.killed(slot) ? 1 : 0));
    account.feeTier(accounts.tier(slot));
    account.tradeGroupId(accounts.group(slot));
    account.clientIdWindow(accounts.window(slot));
    sink.commit();
  }

  void frozen(int slot) {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + FreezeChangedEncoder.BLOCK_LENGTH);
    freezeChanged.wrapAndApplyHeader(sink.buffer(), at, header);
    freezeChanged.account(venue.accounts.id(slot));
    freezeChanged.frozen((short) (venue.accounts.frozen(slot) ? 1 : 0));
    sink.commit();
  }

  void venue() {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + VenueChangedEncoder.BLOCK_LENGTH);
    venueChanged.wrapAndApplyHeader(sink.buffer(), at, header);
    venueChanged.killed((short) (venue.killed ? 1 : 0));
    sink.commit();
  }

  void outcome(int source, long n, Outcome outcome, RejectReason reason, long result) {
    EventSink sink = events.sink();
    int at = sink.claim(HEADER + SourceOutcomeEncoder.BLOCK_LENGTH);
    sourceOutcome.wrapAndApplyHeader(sink.buffer(), at, header);
    sourceOutcome.source(source);
    sourceOutcome.sourceSequence(n);
    sourceOutcome.outcome((short) outcome.ordinal());
    sourceOutcome.reason((short) reason.ordinal());
    sourceOutcome.result(result);
    sink.commit();
  }
}
