package org.fondaco.engine.core;

import java.util.Arrays;
import org.fondaco.engine.sbe.MarkDecoder;
import org.fondaco.engine.sbe.MarkTotalsEncoder;
import org.fondaco.engine.sbe.MarkedEncoder;
import org.fondaco.engine.sbe.MessageHeaderEncoder;
import org.fondaco.engine.sbe.SourceStateEncoder;

/**
 * Says where the ledger and a source stand, without a walk over accounts: customers own what the
 * system accounts owe, and what is held is counted all along. O(assets).
 */
final class Marks {

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

  private final Venue venue;
  private final Sources sources;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MarkTotalsEncoder totals = new MarkTotalsEncoder();
  private final MarkedEncoder marked = new MarkedEncoder();
  private final SourceStateEncoder state = new SourceStateEncoder();

  Marks(Venue venue, Sources sources) {
    this.venue = venue;
    this.sources = sources;
  }

  void mark(MarkDecoder command) {
    int[] ids = new int[venue.assets.size()];
    Arrays.setAll(ids, venue.assets::id);
    Arrays.sort(ids);
    for (int id : ids) {
      totals(command.cutId(), id, venue.assets.find(id));
    }
    EventSink sink = venue.events.sink();
    int at = sink.claim(HEADER + MarkedEncoder.BLOCK_LENGTH);
    marked.wrapAndApplyHeader(sink.buffer(), at, header);
    marked.cutId(command.cutId());
    // Its own number is recorded only after the command, but nothing can come between.
    marked.custodyLastN(
        command.header().source() == InternalSources.CUSTODY
            ? command.header().sourceSequence()
            : last(InternalSources.CUSTODY));
    marked.assets(ids.length);
    sink.commit();
  }

  private long total(long account, int asset) {
    int balance = venue.ledger.find(venue.accounts.find(account), asset);
    return balance < 0 ? 0 : venue.ledger.total(balance);
  }

  private long held(long account, int asset) {
    int balance = venue.ledger.find(venue.accounts.find(account), asset);
    return balance < 0 ? 0 : venue.ledger.held(balance);
  }

  private void totals(long cutId, int id, int asset) {
    long system = 0;
    long held = venue.ledger.heldSum(asset);
    for (long account = SystemAccounts.CUSTODY; SystemAccounts.isSystem(account); account++) {
      system += total(account, asset);
      held -= held(account, asset);
    }
    EventSink sink = venue.events.sink();
    int at = sink.claim(HEADER + MarkTotalsEncoder.BLOCK_LENGTH);
    totals.wrapAndApplyHeader(sink.buffer(), at, header);
    totals.cutId(cutId);
    totals.asset(id);
    totals.custody(total(SystemAccounts.CUSTODY, asset));
    totals.fees(total(SystemAccounts.FEES, asset));
    totals.rounding(total(SystemAccounts.ROUNDING, asset));
    totals.suspense(total(SystemAccounts.SUSPENSE, asset));
    totals.house(total(SystemAccounts.HOUSE, asset));
    totals.testFunds(total(SystemAccounts.TEST_FUNDS, asset));
    totals.customersFree(-system - held);
    totals.customersHeld(held);
    sink.commit();
  }

  private long last(int source) {
    Sources.Source known = sources.known(source);
    return known == null ? 0 : known.last;
  }

  void source(int id) {
    Sources.Source source = sources.known(id);
    // Nothing is recorded under number 0, so that a source that never sent has no digest.
    int outcome = source == null ? 0 : Sources.Source.at(source.last);
    EventSink sink = venue.events.sink();
    int at = sink.claim(HEADER + SourceStateEncoder.BLOCK_LENGTH);
    state.wrapAndApplyHeader(sink.buffer(), at, header);
    state.source(id);
    state.lastN(source == null ? 0 : source.last);
    state.digestHigh(source == null ? 0 : source.outcomes[outcome]);
    state.digestLow(source == null ? 0 : source.outcomes[outcome + 1]);
    state.frozen((short) (source != null && source.frozen ? 1 : 0));
    sink.commit();
  }
}
