package org.fondaco.engine.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * A deterministic state machine: the same commands give the same events and the same state hash, on
 * whatever host. It must not know which host it has (ring and journal, replica, or a Raft log).
 *
 * <p>Not thread-safe: one thread at a time. An exception from {@link #apply} means a broken
 * invariant; the host must halt and never call again.
 */
public interface StateMachine {

  /** Behaviour version written to journal and snapshots; a binary replays only its own. */
  int semanticsVersion();

  /**
   * Applies one encoded command (SBE message header first) and emits its whole group of events, of
   * which {@code CommandDone} is the last.
   *
   * @param sequence journal sequence, exactly one more than {@link #sequence()}
   */
  void apply(long sequence, DirectBuffer command, int offset, int length, EventSink events);

  /** Sequence of the last command applied, 0 at birth. */
  long sequence();

  /** Engine time in microseconds: the greatest command stamp so far. */
  long time();

  /**
   * Earliest engine time at which a Tick would change something: the next hold deadline, or {@link
   * #time()} when deferred work waits; {@code Long.MAX_VALUE} when nothing is due ever.
   */
  long nextTickTime();

  /** Emits the present state as events that prime a read model; changes nothing. */
  void describe(EventSink events);

  /** Writes the whole state in a canonical form that does not depend on table layout. */
  void writeSnapshot(DataOutput out) throws IOException;

  /**
   * Replaces the state of a newborn machine.
   *
   * @throws IOException when the form is not of this version or is damaged
   */
  void readSnapshot(DataInput in) throws IOException;

  /** {@link LedgerHash} of all balances, high half first. O(balances): never on the live path. */
  long[] ledgerHash();

  /**
   * 128-bit hash of the state as two longs, high first: the sum mod 2^128 of a mix of every record;
   * also verifies zero sums and held = sum of holds. O(state).
   *
   * @throws IllegalStateException when an invariant is broken
   */
  long[] stateHash();
}
