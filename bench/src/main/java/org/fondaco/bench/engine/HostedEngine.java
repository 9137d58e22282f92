package org.fondaco.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.fondaco.bench.workload.Mix;
import org.fondaco.bench.workload.Workload;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.host.BulkIngress;
import org.fondaco.engine.host.EngineHost;
import org.fondaco.engine.host.HostConfig;
import org.fondaco.engine.host.NoProjection;
import org.fondaco.engine.host.RecoveryReport;
import org.fondaco.engine.readmodel.ReadModel;
import org.fondaco.engine.sbe.CommandDoneDecoder;
import org.fondaco.engine.sbe.MessageHeaderDecoder;
import org.fondaco.engine.sbe.TradeDecoder;

/**
 * The engine as a venue hosts it: ring, journal with fdatasync before any answer, read model,
 * replica and snapshots; only the history database is missing.
 */
public final class HostedEngine implements AutoCloseable {

  private final Workload workload;
  private final EngineHost host;
  private final BulkIngress ingress;
  private final Reader reader = new Reader();

  private HostedEngine(Workload workload, EngineHost host) {
    this.workload = workload;
    this.host = host;
    this.ingress = host.bulk(reader);
  }

  /** Hears of each answered command on the output thread. */
  public interface Answers {
    void answered(long correlation);
  }

  /** Starts on a folder, which is recovered when it is not new. */
  public static HostedEngine start(Workload workload, Path folder) throws IOException {
    return start(workload, HostConfig.standard(folder));
  }

  /** Starts without ever writing a snapshot while it runs. */
  public static HostedEngine startWithoutSnapshots(Workload workload, Path folder)
      throws IOException {
    return start(workload, HostConfig.standard(folder).withSnapshotInterval(Long.MAX_VALUE));
  }

  private static HostedEngine start(Workload workload, HostConfig config) throws IOException {
    EngineSizing sizing = Contender.sizing(workload);
    return new HostedEngine(
        workload, EngineHost.start(config, () -> new Engine(sizing), new NoProjection()));
  }

  /** Who hears of answers from now on. */
  public void listen(Answers answers) {
    reader.answers = answers;
  }

  /** Publishes all commands, waiting whenever the venue is busy, and waits for the last answer. */
  public void run(EncodedCommands commands) {
    for (int i = 0; i < commands.count(); i++) {
      publish(commands, i, 1);
    }
    awaitAnswers();
  }

  /** Publishes one command; correlation is handed to the listener. */
  public void publish(EncodedCommands commands, int index, long correlation) {
    reader.published++;
    while (!ingress.tryPublish(
        commands.buffer(index), commands.offset(index), commands.length(index), correlation)) {
      failIfHalted();
      // A full ring is work for milliseconds; a producer that spins would take a core from it.
      LockSupport.parkNanos(100_000);
    }
  }

  /** Returns when everything published is durable, executed and visible. */
  public void awaitAnswers() {
    while (reader.answered < reader.published) {
      failIfHalted();
      LockSupport.parkNanos(20_000);
    }
  }

  private void failIfHalted() {
    if (host.halted().isDone()) {
      throw new IllegalStateException("the venue halted", host.halted().join());
    }
  }

  /** What the start found. */
  public RecoveryReport recovery() {
    return host.recovery();
  }

  public long journalBytes() {
    return host.journalBytes();
  }

  /** Trades so far. */
  public long trades() {
    return reader.trades;
  }

  /** Commands refused so far. */
  public long refused() {
    return reader.refused;
  }

  /** Trades so far and the levels that readers see; orders are not hashed. */
  public Workload.Digest digest() {
    long levels = 0;
    for (int symbol = 0; symbol < workload.symbols(); symbol++) {
      ReadModel.Depth depth = host.readModel().depth(Venue.symbol(symbol), Integer.MAX_VALUE);
      for (ReadModel.Level level : depth.bids()) {
        levels += level(symbol, true, level);
      }
      for (ReadModel.Level level : depth.asks()) {
        levels += level(symbol, false, level);
      }
    }
    return new Workload.Digest(reader.trades, reader.tradeHash, 0, levels);
  }

  private static long level(int symbol, boolean buy, ReadModel.Level level) {
    return Mix.level(symbol, buy, level.price() / Venue.TICK, level.quantity() / Venue.LOT);
  }

  /** Stops; throws when the replica's state differs from the live one. */
  @Override
  public void close() {
    host.close();
  }

  private static final class Reader implements BulkIngress.Listener {
    private final TradeDecoder trade = new TradeDecoder();
    private volatile Answers answers = _ -> {};
    private volatile long answered;
    private long published;
    private long trades;
    private long tradeHash;
    private long refused;

    @Override
    public void answered(
        long correlation, long sequence, DirectBuffer events, int offset, int length) {
      int end = offset + length;
      for (int at = offset; at < end; ) {
        int event = at + Integer.BYTES;
        int template = events.getShort(event + MessageHeaderDecoder.templateIdEncodingOffset());
        if (template == TradeDecoder.TEMPLATE_ID) {
          trade(events, event + MessageHeaderDecoder.ENCODED_LENGTH);
        } else if (template == CommandDoneDecoder.TEMPLATE_ID) {
          int reason =
              event
                  + MessageHeaderDecoder.ENCODED_LENGTH
                  + CommandDoneDecoder.reasonEncodingOffset();
          if (events.getByte(reason) != 0) {
            refused++;
          }
        }
        at = event + events.getInt(at);
      }
      answers.answered(correlation);
      long next = answered + 1;
      answered = next;
    }

    private void trade(DirectBuffer events, int at) {
      trade.wrap(events, at, TradeDecoder.BLOCK_LENGTH, TradeDecoder.SCHEMA_VERSION);
      trades++;
      tradeHash =
          Mix.trade(
              tradeHash,
              trade.takerOrderId(),
              trade.makerOrderId(),
              trade.price() / Venue.TICK,
              trade.quantity() / Venue.LOT);
    }
  }
}
