package org.fondaco.engine.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.protocol.Outcome;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.sbe.CommandHeaderDecoder;
import org.fondaco.engine.sbe.MessageHeaderDecoder;

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
  private final Transfers transfers;
  private final Activations activations;
  private final Kills kills;
  private final Digests digests;
  private final Sources sources;
  private final Dispatcher dispatcher;
  private final Life life;
  private final State state;
  private final ControlEvents controlEvents;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final CommandHeaderDecoder commandHeader = new CommandHeaderDecoder();

  /** An engine at birth: system accounts, nothing else. */
  public Engine(EngineSizing sizing) {
    venue = new Venue(sizing, new Nowhere());
    events = venue.events;
    digests = new Digests(sizing.requestDigests());
    sources = new Sources(sizing.sources());
    Walk walk = new Walk(venue.orders, venue.levels, venue.accounts);
    Admission admission = new Admission(venue, walk);
    life = new Life(venue);
    state = new State(venue, digests, sources);
    Matcher matcher = new Matcher(venue, admission, life);
    Placement placement = new Placement(venue, admission, matcher, life);
    Requests requests = new Requests(venue, life, placement);
    controlEvents = new ControlEvents(venue);
    kills = new Kills(venue, life);
    activations = new Activations(venue, admission, matcher, life);
    transfers = new Transfers(venue, controlEvents);
    dispatcher =
        new Dispatcher(
            venue,
            placement,
            new ListPlacement(venue, placement, admission, matcher, life),
            requests,
            new Changes(venue, admission, placement, matcher, life, requests),
            transfers,
            new Control(venue, controlEvents, kills),
            new Marks(venue, sources));
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
    int template = header.templateId();
    if (commandHeader.source() != 0) {
      numbered(template, command, offset);
    } else if (repeated(template, command, offset)) {
      events.rejected(
          Dispatcher.stage(template),
          RejectReason.DUPLICATE_REQUEST,
          dispatcher.account(template, command, offset),
          dispatcher.symbol(template, command, offset),
          0);
    } else {
      perform(template, command, offset);
    }
    events.done(sequence, venue.time, template);
  }

  private boolean repeated(int template, DirectBuffer command, int offset) {
    long high = commandHeader.digestHigh();
    long low = commandHeader.digestLow();
    return (high | low) != 0
        && !dispatcher.testOnly(template, command, offset)
        && digests.repeated(high, low, venue.time);
  }

  /** The steps of ADR 1 §A command's group. */
  private void perform(int template, DirectBuffer command, int offset) {
    activations.begin(BUDGET);
    kills.begin(BUDGET);
    transfers.sweep();
    kills.proceed();
    activations.runDeferred();
    dispatcher.dispatch(template, command, offset);
    if (venue.busyQueues() > 0) {
      Market m = venue.findMarket(dispatcher.symbol(template, command, offset));
      if (m != null) {
        activations.run(m);
      }
    }
    venue.books.finish(events);
    venue.ledger.finish(events);
  }

  /** A command of an internal source: applied if it is the next, answered again if it was seen. */
  private void numbered(int template, DirectBuffer command, int offset) {
    int id = commandHeader.source();
    long n = commandHeader.sourceSequence();
    long high = commandHeader.digestHigh();
    long low = commandHeader.digestLow();
    Sources.Source source = sources.find(id);
    if (source == null) {
      refuse(id, n, Outcome.REJECTED, RejectReason.CAPACITY);
    } else if (source.frozen) {
      refuse(id, n, Outcome.FROZEN, RejectReason.SOURCE_FROZEN);
    } else if (n == source.last + 1) {
      perform(template, command, offset);
      RejectReason reason = events.firstReason();
      long result = dispatcher.firstHold();
      source.record(n, high, low, reason, result);
      controlEvents.outcome(id, n, Sources.outcome(reason), reason, result);
    } else if (n > source.last) {
      refuse(id, n, Outcome.GAP, RejectReason.SOURCE_GAP);
    } else if (!source.kept(n)) {
      refuse(id, n, Outcome.TOO_OLD, RejectReason.SOURCE_TOO_OLD);
    } else if (source.matches(n, high, low)) {
      RejectReason reason = source.reason(n);
      controlEvents.outcome(id, n, Sources.outcome(reason), reason, source.result(n));
      events.refuse(reason);
    } else {
      source.frozen = true;
      refuse(id, n, Outcome.FROZEN, RejectReason.SOURCE_FROZEN);
    }
  }

  private void refuse(int source, long n, Outcome outcome, RejectReason reason) {
    controlEvents.outcome(source, n, outcome, reason, 0);
    events.refuse(reason);
  }

  @Override
  public long nextTickTime() {
    if (activations.due() || kills.due()) {
      return venue.time;
    }
    int hold = venue.holds.earliest();
    return hold < 0 ? Long.MAX_VALUE : venue.holds.deadline(hold);
  }

  @Override
  public void describe(EventSink sink) {
    events.begin(sink);
    new Describer(venue, state, controlEvents).describe();
  }

  @Override
  public void writeSnapshot(DataOutput out) throws IOException {
    out.writeInt(SnapshotWriter.MAGIC);
    out.writeInt(SnapshotWriter.FORMAT);
    out.writeInt(SEMANTICS_VERSION);
    state.walk(new SnapshotWriter(out));
    out.writeByte(0);
    long[] hash = stateHash();
    out.writeLong(hash[0]);
    out.writeLong(hash[1]);
  }

  @Override
  public void readSnapshot(DataInput in) throws IOException {
    if (venue.sequence != 0) {
      throw new IllegalStateException("not a newborn engine");
    }
    if (in.readInt() != SnapshotWriter.MAGIC
        || in.readInt() != SnapshotWriter.FORMAT
        || in.readInt() != SEMANTICS_VERSION) {
      throw new IOException("not a snapshot of this version");
    }
    long[] hash;
    try {
      new SnapshotReader(venue, digests, sources, kills, life).read(in);
      hash = stateHash();
    } catch (RuntimeException e) {
      throw new IOException("damaged snapshot", e);
    }
    if (in.readLong() != hash[0] || in.readLong() != hash[1]) {
      throw new IOException("the snapshot does not give the state that it was made of");
    }
  }

  @Override
  public long[] ledgerHash() {
    Ledger ledger = venue.ledger;
    LedgerHash hash = new LedgerHash();
    for (int b = 0; b < ledger.size(); b++) {
      hash.add(
          venue.accounts.id(ledger.account(b)),
          venue.assets.id(ledger.asset(b)),
          ledger.total(b),
          ledger.held(b));
    }
    return hash.value();
  }

  @Override
  public long[] stateHash() {
    Audit.check(venue);
    StateHash hash = new StateHash();
    try {
      state.walk(hash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hash.value();
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
