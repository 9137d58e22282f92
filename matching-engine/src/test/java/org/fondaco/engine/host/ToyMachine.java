package org.fondaco.engine.host;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.core.EventSink;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.TransferLeg;

/**
 * A ledger without rules, to test the host alone: balances move, holds expire, sources count.
 * CancelAll on symbol n emits n extra events; AddAsset of POISON breaks an invariant.
 */
final class ToyMachine implements StateMachine {

  static final String POISON = "POISON";

  private final CommandCodec commands = new CommandCodec();
  private final EventCodec events = new EventCodec();
  private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1024]);
  private final TreeMap<Long, Long> balances = new TreeMap<>();
  private final TreeMap<Long, Long> holdDeadlines = new TreeMap<>();
  private final TreeMap<Integer, Long> sources = new TreeMap<>();
  private final int semanticsVersion;
  private final long bias;
  private final Runnable poisoned;
  private long sequence;
  private long time;
  private long ticks;
  private long nextHoldId = 1;

  ToyMachine() {
    this(1);
  }

  ToyMachine(int semanticsVersion) {
    this(semanticsVersion, 0);
  }

  /**
   * @param bias added to every credit, to make a machine that is wrong
   */
  ToyMachine(int semanticsVersion, long bias) {
    this(semanticsVersion, bias, () -> {});
  }

  /**
   * @param poisoned run before the poison is refused
   */
  ToyMachine(Runnable poisoned) {
    this(1, 0, poisoned);
  }

  private ToyMachine(int semanticsVersion, long bias, Runnable poisoned) {
    this.bias = bias;
    this.semanticsVersion = semanticsVersion;
    this.poisoned = poisoned;
  }

  @Override
  public int semanticsVersion() {
    return semanticsVersion;
  }

  @Override
  public void apply(long next, DirectBuffer command, int offset, int length, EventSink sink) {
    if (next != sequence + 1) {
      throw new IllegalStateException(next + " after " + sequence);
    }
    CommandHeader header = commands.decodeHeader(command, offset);
    Command decoded = commands.decode(command, offset);
    if (decoded instanceof Command.AddAsset(_, String code, _) && code.equals(POISON)) {
      poisoned.run();
      throw new IllegalStateException("poisoned");
    }
    sequence = next;
    time = Math.max(time, header.time());
    sweep(sink);
    switch (decoded) {
      case Command.TransferBatch(var legs) -> {
        for (int i = 0; i < legs.size(); i++) {
          leg(i, legs.get(i), sink);
        }
      }
      case Command.CancelAll(long account, int count) -> {
        for (int i = 0; i < count; i++) {
          emit(new EngineEvent.BalanceChanged(account, 1, i, 0), sink);
        }
      }
      case Command.Tick _ -> ticks++;
      default -> {
        // Counted by its sequence only.
      }
    }
    if (header.source() != 0) {
      sources.put(header.source(), header.sourceSequence());
    }
    int template = command.getShort(offset + 2);
    emit(new EngineEvent.CommandDone(sequence, time, template, RejectReason.NONE), sink);
  }

  private void sweep(EventSink sink) {
    holdDeadlines
        .entrySet()
        .removeIf(hold -> {
          boolean due = hold.getValue() <= time;
          if (due) {
            emit(new EngineEvent.BalanceChanged(hold.getKey(), 2, 0, 0), sink);
          }
          return due;
        });
  }

  private void leg(int index, TransferLeg leg, EventSink sink) {
    if (leg.kind() == LegKind.RESERVE) {
      holdDeadlines.put(nextHoldId++, leg.deadline());
      return;
    }
    move(leg.from(), -leg.amount(), sink);
    move(leg.to(), leg.amount() + bias, sink);
    emit(
        new EngineEvent.TransferPosted(
            index, leg.kind(), leg.from(), leg.to(), leg.asset(), leg.amount(), 0, 0),
        sink);
  }

  private void move(long account, long amount, EventSink sink) {
    long total = balances.merge(account, amount, Math::addExact);
    emit(new EngineEvent.BalanceChanged(account, 1, total, 0), sink);
  }

  private void emit(EngineEvent event, EventSink sink) {
    int length = events.encode(event, scratch, 0);
    int at = sink.claim(length);
    MutableDirectBuffer buffer = sink.buffer();
    buffer.putBytes(at, scratch, 0, length);
    sink.commit();
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public long time() {
    return time;
  }

  long ticks() {
    return ticks;
  }

  @Override
  public long nextTickTime() {
    return holdDeadlines.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
  }

  @Override
  public void describe(EventSink sink) {
    balances.forEach(
        (account, total) -> emit(new EngineEvent.BalanceChanged(account, 1, total, 0), sink));
  }

  @Override
  public void writeSnapshot(DataOutput out) throws IOException {
    out.writeLong(sequence);
    out.writeLong(time);
    out.writeLong(ticks);
    out.writeLong(nextHoldId);
    writeMap(balances, out);
    writeMap(holdDeadlines, out);
    out.writeInt(sources.size());
    for (Map.Entry<Integer, Long> source : sources.entrySet()) {
      out.writeInt(source.getKey());
      out.writeLong(source.getValue());
    }
  }

  private static void writeMap(TreeMap<Long, Long> map, DataOutput out) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<Long, Long> entry : map.entrySet()) {
      out.writeLong(entry.getKey());
      out.writeLong(entry.getValue());
    }
  }

  @Override
  public void readSnapshot(DataInput in) throws IOException {
    sequence = in.readLong();
    time = in.readLong();
    ticks = in.readLong();
    nextHoldId = in.readLong();
    readMap(balances, in);
    readMap(holdDeadlines, in);
    for (int left = in.readInt(); left > 0; left--) {
      sources.put(in.readInt(), in.readLong());
    }
  }

  private static void readMap(TreeMap<Long, Long> map, DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      map.put(in.readLong(), in.readLong());
    }
  }

  @Override
  public long[] ledgerHash() {
    return stateHash();
  }

  @Override
  public long[] stateHash() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writeSnapshot(new DataOutputStream(bytes));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    UnsafeBuffer state = new UnsafeBuffer(bytes.toByteArray());
    EventHash hash = new EventHash(7);
    hash.add(state, 0, state.capacity());
    long high = hash.value();
    hash.add(state, 0, state.capacity());
    return new long[] {high, hash.value()};
  }
}
