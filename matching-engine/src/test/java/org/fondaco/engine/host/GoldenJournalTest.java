package org.fondaco.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test 10 of ENGINE.md for the containers: files of every format version are read for ever, and the
 * present program still writes the newest of them to the byte. The state inside is the toy
 * machine's; what the engine writes has golden files of its own.
 */
@Timeout(60)
class GoldenJournalTest {

  private static final List<String> VERSION_1 =
      List.of("journal-0000000001.segment", "snapshot-0000000000000000003.state");

  /** Behind the SEGMENT frame. */
  private static final int FIRST_COMMAND = 56;

  @TempDir Path folder;

  /** Stands still, so that stamps do not differ from run to run. */
  private static final class StoppedClock implements TimeSource {
    @Override
    public long wallMicros() {
      return 1_800_000_000_000_000L;
    }

    @Override
    public long monotonicNanos() {
      return 0;
    }
  }

  private static HostConfig config(Path folder) {
    return HostConfig.small(folder)
        .withRing(64, 8192)
        .withSegmentBytes(48 * 1024)
        .withClock(new StoppedClock());
  }

  private static void copyGolden(Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : VERSION_1) {
      String resource = "/golden/journal/version-1/" + name;
      try (InputStream golden = GoldenJournalTest.class.getResourceAsStream(resource)) {
        assertThat(golden).as(resource).isNotNull();
        Files.copy(golden, to.resolve(name));
      }
    }
  }

  /** Three commands and a clean stop. */
  private static void write(Path folder) throws Exception {
    try (EngineHost host = EngineHost.start(config(folder), ToyMachine::new, new NoProjection())) {
      for (int i = 1; i <= 3; i++) {
        Command command = EngineHostTest.transfer(1, 1000, i);
        host.gateway().submit(command, i, -i).get(5, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void filesOfVersion1AreRead() throws Exception {
    copyGolden(folder);
    try (EngineHost host = EngineHost.start(config(folder), ToyMachine::new, new NoProjection())) {
      assertThat(host.recovery().snapshotSequence()).isEqualTo(3);
      assertThat(host.readModel().balances(1000))
          .containsExactly(new EngineEvent.BalanceChanged(1000, 1, 6, 0));
    }
  }

  @Test
  void theJournalOfVersion1AloneIsReplayed() throws Exception {
    copyGolden(folder);
    Files.delete(folder.resolve(VERSION_1.getLast()));
    try (EngineHost host = EngineHost.start(config(folder), ToyMachine::new, new NoProjection())) {
      assertThat(host.recovery().replayed()).isEqualTo(3);
      assertThat(host.readModel().balances(1000))
          .containsExactly(new EngineEvent.BalanceChanged(1000, 1, 6, 0));
    }
  }

  @Test
  void thePresentProgramWritesVersion1() throws Exception {
    Path golden = folder.resolve("golden");
    copyGolden(golden);
    Path written = folder.resolve("written");
    write(written);

    assertThat(commands(written)).isEqualTo(commands(golden));
    assertThat(Files.readAllBytes(written.resolve(VERSION_1.getLast())))
        .isEqualTo(Files.readAllBytes(golden.resolve(VERSION_1.getLast())));
  }

  /** Segment header and first command: how later frames fell into batches is chance. */
  private static byte[] commands(Path folder) throws IOException {
    byte[] segment = Files.readAllBytes(folder.resolve(VERSION_1.getFirst()));
    ByteBuffer frames = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
    return Arrays.copyOf(segment, FIRST_COMMAND + frames.getInt(FIRST_COMMAND));
  }
}
