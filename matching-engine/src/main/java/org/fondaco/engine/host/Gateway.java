package org.fondaco.engine.host;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.journal.Journal;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.CommandHeader;
import org.jspecify.annotations.Nullable;

/** Stamps, encodes, and refuses early what there is no room for. */
final class Gateway implements EngineGateway, BulkIngress {

  private final IngressRing ring;
  private final Journal journal;
  private final OutputStage output;
  private final Stamps stamps;
  private final TimeSource clock;
  private final Halt halt;
  private final int orderLimit;
  private final int cancelLimit;
  private final ConcurrentLinkedQueue<Encoder> encoders = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;
  private volatile boolean dead;

  /** Reused, because codec and buffer are too large to make for each virtual thread. */
  private static final class Encoder {
    final CommandCodec codec = new CommandCodec();
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[IngressRing.COMMAND_BYTES_MAX]);
    final MessageDigest sha256 = sha256();

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException missing) {
        throw new IllegalStateException("every Java platform has SHA-256", missing);
      }
    }
  }

  Gateway(IngressRing ring, Journal journal, OutputStage output, TimeSource clock, Halt halt) {
    this.ring = ring;
    this.journal = journal;
    this.output = output;
    this.stamps = new Stamps(clock);
    this.clock = clock;
    this.halt = halt;
    // 90 % for orders; the last 1 % for the kill switch alone.
    this.orderLimit = ring.size() / 10 * 9;
    this.cancelLimit = ring.size() - Math.max(IngressRing.SPAN_MAX, ring.size() / 100);
  }

  @Override
  public CompletableFuture<CommandResult> submit(Command command, long digestHigh, long digestLow) {
    Encoder encoder = encoder();
    try {
      CommandHeader header = new CommandHeader(0, digestHigh, digestLow, 0, 0);
      int length = encoder.codec.encode(header, command, encoder.buffer, 0);
      return submit(encoder.buffer, length);
    } finally {
      encoders.offer(encoder);
    }
  }

  @Override
  public CompletableFuture<CommandResult> submitFromSource(
      Command command, int source, long sourceSequence) {
    if (source <= 0 || sourceSequence <= 0) {
      throw new IllegalArgumentException("source " + source + " number " + sourceSequence);
    }
    Encoder encoder = encoder();
    try {
      CommandHeader header = new CommandHeader(0, 0, 0, sourceSequence, source);
      int length = encoder.codec.encode(header, command, encoder.buffer, 0);
      // The engine tells a repeat from another payload under the same number by this hash.
      MessageDigest sha256 = encoder.sha256;
      sha256.update((byte) Wire.template(encoder.buffer, 0));
      sha256.update(encoder.buffer.byteArray(), Wire.MIN_LENGTH, length - Wire.MIN_LENGTH);
      UnsafeBuffer digest = new UnsafeBuffer(sha256.digest());
      header = new CommandHeader(0, digest.getLong(0), digest.getLong(8), sourceSequence, source);
      length = encoder.codec.encode(header, command, encoder.buffer, 0);
      return submit(encoder.buffer, length);
    } finally {
      encoders.offer(encoder);
    }
  }

  @Override
  public CompletableFuture<CommandResult> submitFromSource(
      Command command, int source, long sourceSequence, long idHigh, long idLow) {
    if (source <= 0 || sourceSequence <= 0 || (idHigh | idLow) == 0) {
      throw new IllegalArgumentException("source " + source + " number " + sourceSequence);
    }
    Encoder encoder = encoder();
    try {
      CommandHeader header = new CommandHeader(0, idHigh, idLow, sourceSequence, source);
      return submit(encoder.buffer, encoder.codec.encode(header, command, encoder.buffer, 0));
    } finally {
      encoders.offer(encoder);
    }
  }

  private Encoder encoder() {
    Encoder pooled = encoders.poll();
    return pooled != null ? pooled : new Encoder();
  }

  private CompletableFuture<CommandResult> submit(UnsafeBuffer command, int length) {
    if (stopping || halt.halted()) {
      return CompletableFuture.failedFuture(new Stopping());
    }
    PendingCommand pending = new PendingCommand(clock.monotonicNanos());
    String refusal = publish(command, 0, length, 0, pending);
    return refusal == null ? pending : CompletableFuture.failedFuture(new Busy(refusal));
  }

  @Override
  public boolean tryPublish(DirectBuffer command, int offset, int length, long correlation) {
    if (length < Wire.MIN_LENGTH || length > IngressRing.COMMAND_BYTES_MAX) {
      throw new IllegalArgumentException("command of " + length + " bytes");
    }
    return !stopping
        && !halt.halted()
        && publish(command, offset, length, correlation, null) == null;
  }

  /**
   * @return null when published, else why not
   */
  private @Nullable String publish(
      DirectBuffer command,
      int offset,
      int length,
      long correlation,
      @Nullable PendingCommand pending) {
    Wire.Priority priority = Wire.priority(command, offset);
    switch (journal.room()) {
      case NOTHING -> {
        return "the journal has no room on its disk";
      }
      case NO_ORDERS -> {
        if (priority == Wire.Priority.ORDER) {
          return "the journal is near its limit";
        }
      }
      case ALL -> {
        // Nothing to refuse.
      }
    }
    long time = stamps.next();
    if (time == Stamps.REFUSED) {
      return "the wall clock jumped ahead by more than an hour; correct it";
    }
    int limit =
        switch (priority) {
          case ORDER -> orderLimit;
          case CANCEL -> cancelLimit;
          case KILL -> ring.size();
        };
    long at = ring.claim(length, limit);
    if (at < 0) {
      return "too many requests in flight";
    }
    ring.fill(at, command, offset, length, correlation);
    Wire.time(ring.buffer(), ring.commandOffset(at), time);
    if (pending != null) {
      ring.pending(at, pending);
    }
    ring.publish(at);
    if (dead && pending != null) {
      // Slipped in while the venue stopped; whether a stage still saw it is not known here.
      pending.completeExceptionally(new OutcomeUnknown("the venue stopped"));
    }
    return null;
  }

  @Override
  public long answeredSequence() {
    return output.answered();
  }

  /** Time by the clock of the stamps, microseconds. */
  long now() {
    return clock.wallMicros();
  }

  /** Ring sequence behind which everything published from now on lies. */
  long cursor() {
    return ring.cursor();
  }

  /** Refuses everything from now on. */
  void stop() {
    stopping = true;
  }

  /** Fails what is too old; the answer may still come into the read model. Timer thread. */
  void expire(long timeoutNanos) {
    long now = clock.monotonicNanos();
    long cursor = ring.cursor();
    for (long at = output.done.get() + 1; at <= cursor; at++) {
      PendingCommand pending = ring.pending(at);
      if (pending != null) {
        if (now - pending.sinceNanos() < timeoutNanos) {
          return;
        }
        pending.completeExceptionally(new OutcomeUnknown("no answer in time"));
      }
    }
  }

  /** The pipeline no longer runs: nobody else will answer. */
  void fail(String why) {
    stopping = true;
    dead = true;
    for (long slot = 0; slot < ring.size(); slot++) {
      PendingCommand pending = ring.takePending(slot);
      if (pending != null) {
        pending.completeExceptionally(new OutcomeUnknown(why));
      }
    }
  }
}
