package org.fondaco.engine.host;

import java.util.SortedMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.journal.JournalReader;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.sbe.MarkDecoder;

/**
 * A machine that follows a journal: applies its commands, rolls the event hash, compares
 * checkpoints. Used by recovery and by the replica.
 */
final class Follower {

  /** More sequences than can lie between a command and its checkpoint (twice the largest ring). */
  private static final int HISTORY = 1 << 18;

  private final StateMachine machine;
  private final SortedMap<Long, String> skips;
  private final EventHash hash;
  private final long begin;
  private final long[] history = new long[HISTORY];
  private final GroupBuffer group = new GroupBuffer();
  private final UnsafeBuffer tick = new UnsafeBuffer(new byte[64]);
  private long matchedSequence;
  private boolean marked;

  /**
   * @param eventHash of everything up to the machine's sequence
   * @param skips quarantined sequences
   */
  Follower(StateMachine machine, long eventHash, SortedMap<Long, String> skips) {
    this.machine = machine;
    this.hash = new EventHash(eventHash);
    this.skips = skips;
    this.begin = machine.sequence();
    this.matchedSequence = begin;
    history[(int) (begin & (HISTORY - 1))] = eventHash;
  }

  StateMachine machine() {
    return machine;
  }

  long eventHash() {
    return hash.value();
  }

  /** Greatest sequence whose checkpoint agreed. */
  long matchedSequence() {
    return matchedSequence;
  }

  /**
   * Applies the command or compares the checkpoint that the reader stands at.
   *
   * @return whether it was a command; its group is then in {@link #group()}
   * @throws RecoveryFailed when the machine cannot apply it, when it was written by another
   *     version, or when the checkpoint disagrees
   */
  boolean step(JournalReader reader) {
    if (!reader.isCommand()) {
      compare(reader.sequence(), reader.eventHash());
      return false;
    }
    long sequence = reader.sequence();
    if (reader.semanticsVersion() != machine.semanticsVersion()) {
      throw new RecoveryFailed(
          "Sequence "
              + sequence
              + " was written by engine semantics "
              + reader.semanticsVersion()
              + "; this program has "
              + machine.semanticsVersion()
              + ". Start the old program, let it stop cleanly, then start this one.",
          null);
    }
    group.clear();
    boolean skipped = skips.containsKey(sequence);
    try {
      if (skipped) {
        // The machine must still count the sequence; a Tick does nothing but let time pass.
        int length =
            new CommandCodec()
                .encode(new CommandHeader(reader.time(), 0, 0, 0, 0), new Command.Tick(), tick, 0);
        machine.apply(sequence, tick, 0, length, group);
      } else {
        machine.apply(sequence, reader.buffer(), reader.offset(), reader.length(), group);
      }
    } catch (RuntimeException broken) {
      throw new RecoveryFailed(
          "Sequence "
              + sequence
              + " cannot be applied; two persons may quarantine it: "
              + broken.getMessage(),
          broken);
    }
    hash.add(group.buffer(), 0, group.length());
    marked = !skipped && Wire.template(reader.buffer(), reader.offset()) == MarkDecoder.TEMPLATE_ID;
    history[(int) (sequence & (HISTORY - 1))] = hash.value();
    return true;
  }

  private void compare(long sequence, long expected) {
    if (sequence < begin || sequence <= machine.sequence() - HISTORY) {
      return; // about events before this follower's time
    }
    if (sequence > machine.sequence() || history[(int) (sequence & (HISTORY - 1))] != expected) {
      throw new RecoveryFailed(
          "The events up to sequence "
              + sequence
              + " differ from those that were acknowledged; the venue must not go on.",
          null);
    }
    matchedSequence = Math.max(matchedSequence, sequence);
  }

  /** Whether the last command was a Mark, whatever became of it. */
  boolean marked() {
    return marked;
  }

  /** Events of the last command, valid until the next step. */
  DirectBuffer group() {
    return group.buffer();
  }

  int groupLength() {
    return group.length();
  }
}
