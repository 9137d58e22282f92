package org.fondaco.engine.simulation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.RejectReason;

/**
 * Episodes from a seed. In each the naive engine, the fast engine and a shadow of it see the same
 * commands. The shadow is now and then replaced by an engine of another sizing that was restored
 * from a snapshot; it must hash like the original and go on like it.
 */
final class Simulation {

  private static final int EPISODE = 10_000;
  private static final int SNAPSHOT_INTERVAL_MAX = 2_500;

  private final Differential differential = new Differential(NaiveSubject::new, Engines::fast);
  private long commands;
  private long trades;
  private int snapshots;
  private final Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
  private final Set<ExpiryReason> expiries = EnumSet.noneOf(ExpiryReason.class);
  private final Set<Class<?>> kinds = new HashSet<>();

  /** Reasons that some command ended with. */
  Set<RejectReason> reasons() {
    return reasons;
  }

  /** Reasons that some order expired for. */
  Set<ExpiryReason> expiries() {
    return expiries;
  }

  /** Kinds of events that were emitted. */
  Set<Class<?>> kinds() {
    return kinds;
  }

  long commands() {
    return commands;
  }

  long trades() {
    return trades;
  }

  int snapshots() {
    return snapshots;
  }

  /** Runs episodes with consecutive seeds until this many commands have been compared. */
  void run(long seed, long commandsWanted) {
    for (long episode = seed; commands < commandsWanted; episode++) {
      // Every eighth is long, so that what accumulates over time is seen too.
      int length = episode % 8 == 0 ? 4 * EPISODE : EPISODE;
      episode(episode, (int) Math.min(length, commandsWanted - commands));
    }
  }

  private void episode(long seed, int length) {
    CommandGenerator generator = new CommandGenerator(seed);
    SplittableRandom random = new SplittableRandom(~seed);
    List<Step> steps = new ArrayList<>();
    NaiveSubject naive = new NaiveSubject();
    MachineSubject fast = Engines.fast();
    MachineSubject shadow = new MachineSubject(new Engine(Engines.tiny()));
    EventChecker checker = new EventChecker();
    int nextSnapshot = random.nextInt(SNAPSHOT_INTERVAL_MAX);
    for (int i = 0; i < length; i++) {
      Step step = generator.next();
      steps.add(step);
      Differential.Answer expected = Differential.Answer.of(naive, step);
      Differential.Answer actual = Differential.Answer.of(fast, step);
      if (!expected.agrees(actual)) {
        throw differential.report(
            seed,
            steps,
            new Differential.Difference(i, expected.text(actual), actual.text(expected)));
      }
      List<EngineEvent> events = expected.events();
      requireSame(seed, i, events, shadow.apply(step));
      checker.check(events);
      generator.observe(events);
      count(events);
      if (i == nextSnapshot) {
        shadow = restored(seed, i, fast.machine(), shadow.machine(), random);
        nextSnapshot += 1 + random.nextInt(SNAPSHOT_INTERVAL_MAX);
      }
    }
    requireSameHash(seed, length, fast.machine(), shadow.machine());
  }

  private void count(List<EngineEvent> events) {
    commands++;
    for (EngineEvent event : events) {
      kinds.add(event.getClass());
      switch (event) {
        case EngineEvent.Trade _ -> trades++;
        case EngineEvent.Expired e -> expiries.add(e.reason());
        case EngineEvent.CommandDone e -> reasons.add(e.reason());
        default -> {}
      }
    }
  }

  private static void requireSame(
      long seed, int index, List<EngineEvent> live, List<EngineEvent> restored) {
    if (!live.equals(restored)) {
      throw new AssertionError(
          "seed %d, command %d: a restored engine went another way\n  live %s\n  restored %s"
              .formatted(seed, index, live, restored));
    }
  }

  private static void requireSameHash(
      long seed, int index, StateMachine live, StateMachine restored) {
    if (!Arrays.equals(live.stateHash(), restored.stateHash())) {
      throw new AssertionError("seed %d, command %d: state hashes differ".formatted(seed, index));
    }
  }

  /** Restores in turn from the live engine and from its shadow, which must write the same bytes. */
  private MachineSubject restored(
      long seed, int index, StateMachine live, StateMachine shadow, SplittableRandom random) {
    requireSameHash(seed, index, live, shadow);
    byte[] snapshot = snapshot(live);
    if (!Arrays.equals(snapshot, snapshot(shadow))) {
      throw new AssertionError("seed %d, command %d: snapshots differ".formatted(seed, index));
    }
    Engine engine = new Engine(sizing(random));
    try {
      engine.readSnapshot(new DataInputStream(new ByteArrayInputStream(snapshot)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    requireSameHash(seed, index, live, engine);
    if (engine.sequence() != live.sequence()
        || engine.time() != live.time()
        || engine.nextTickTime() != live.nextTickTime()) {
      throw new AssertionError("seed %d, command %d: clocks differ".formatted(seed, index));
    }
    snapshots++;
    return new MachineSubject(engine);
  }

  private static EngineSizing sizing(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> Engines.tiny();
      case 1 -> Engines.odd();
      default -> EngineSizing.small();
    };
  }

  private static byte[] snapshot(StateMachine machine) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      machine.writeSnapshot(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
