package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.EventSink;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;
import org.junit.jupiter.api.Test;

/**
 * ENGINE.md, fifth of the ten tests: an engine restored from a snapshot at any sequence, in tables
 * of another size, goes on exactly as the one that wrote it: same bytes, same events, same hashes.
 */
class SnapshotSimulationTest {

  private static final int SEEDS = 2;
  private static final int COMMANDS = 3_000;
  private static final int EVERY = 97;

  /** Larger tables than small(), so that no slot and no bucket agrees. */
  private static final EngineSizing OTHER =
      new EngineSizing(1_000, 2_000, 3_000, 500, 1_000, 1_000, 100, 200, 300, 64, 4_096, 1 << 10);

  @Test
  void restoredEnginesGoOnTheSame() throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      run(seed);
    }
  }

  private static void run(int seed) throws IOException {
    CommandGenerator generator = new CommandGenerator(seed);
    MachineSubject live = new MachineSubject(new Engine(EngineSizing.small()));
    MachineSubject restored = new MachineSubject(new Engine(OTHER));
    for (int i = 1; i <= COMMANDS; i++) {
      Step step = generator.next();
      List<EngineEvent> events = live.apply(step);
      generator.observe(events);
      assertThat(restored.apply(step)).as("seed %d command %d", seed, i).isEqualTo(events);
      if (i % EVERY == 0) {
        byte[] snapshot = snapshot(live);
        assertThat(snapshot(restored)).as("seed %d at %d", seed, i).isEqualTo(snapshot);
        EngineSizing sizing = (i / EVERY & 1) == 0 ? OTHER : EngineSizing.small();
        restored = restore(snapshot, sizing);
        assertThat(restored.machine().stateHash()).isEqualTo(live.machine().stateHash());
        assertThat(restored.machine().ledgerHash()).isEqualTo(live.machine().ledgerHash());
        assertThat(snapshot(restored)).isEqualTo(snapshot);
        assertThat(restored.machine().nextTickTime()).isEqualTo(live.machine().nextTickTime());
        assertThat(describe(restored)).containsExactlyInAnyOrderElementsOf(describe(live));
      }
    }
  }

  @Test
  void damagedSnapshotsAreRefused() throws IOException {
    CommandGenerator generator = new CommandGenerator(5);
    MachineSubject live = new MachineSubject(new Engine(EngineSizing.small()));
    for (int i = 0; i < 500; i++) {
      generator.observe(live.apply(generator.next()));
    }
    byte[] snapshot = snapshot(live);
    int refused = 0;
    for (int at = 0; at < snapshot.length; at += 1 + snapshot.length / 200) {
      byte[] damaged = snapshot.clone();
      damaged[at] = (byte) (damaged[at] ^ 1 << at % 8);
      try {
        restore(damaged, EngineSizing.small());
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(150);
  }

  private static byte[] snapshot(MachineSubject subject) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    subject.machine().writeSnapshot(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static MachineSubject restore(byte[] snapshot, EngineSizing sizing) throws IOException {
    Engine engine = new Engine(sizing);
    engine.readSnapshot(new DataInputStream(new ByteArrayInputStream(snapshot)));
    return new MachineSubject(engine);
  }

  private static List<EngineEvent> describe(MachineSubject subject) {
    List<EngineEvent> events = new ArrayList<>();
    EventCodec codec = new EventCodec();
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
    subject
        .machine()
        .describe(
            new EventSink() {
              @Override
              public int claim(int length) {
                buffer.checkLimit(length);
                return 0;
              }

              @Override
              public MutableDirectBuffer buffer() {
                return buffer;
              }

              @Override
              public void commit() {
                events.add(codec.decode(buffer, 0));
              }
            });
    return events;
  }
}
