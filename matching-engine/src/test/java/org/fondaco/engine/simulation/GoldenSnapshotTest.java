package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.junit.jupiter.api.Test;

/**
 * Snapshots of every format that was ever written can be read, for ever. A new format gets a new
 * file beside the old ones ({@code -Dfondaco.golden.snapshot=FILE} writes the present one).
 */
class GoldenSnapshotTest {

  private static final String FIRST = "/golden/snapshot-1.bin";
  private static final String FIRST_HASH = "ab3b733132bc17bfe0a4a27a42813135";

  @Test
  void theFirstFormatIsRead() throws IOException {
    String target = System.getProperty("fondaco.golden.snapshot");
    if (target != null) {
      Files.write(Path.of(target), present());
    }
    byte[] golden;
    try (InputStream in = GoldenSnapshotTest.class.getResourceAsStream(FIRST)) {
      assertThat(in).isNotNull();
      golden = in.readAllBytes();
    }
    Engine engine = new Engine(EngineSizing.small());
    engine.readSnapshot(new DataInputStream(new ByteArrayInputStream(golden)));
    long[] hash = engine.stateHash();
    HexFormat hex = HexFormat.of();
    assertThat(hex.toHexDigits(hash[0]) + hex.toHexDigits(hash[1])).isEqualTo(FIRST_HASH);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    engine.writeSnapshot(new DataOutputStream(again));
    assertThat(again.toByteArray()).isEqualTo(golden);
  }

  /** A state with every kind of record but a work queue, which takes more than 1,000 triggers. */
  private static byte[] present() throws IOException {
    CommandGenerator generator = new CommandGenerator(11);
    MachineSubject subject = new MachineSubject(new Engine(EngineSizing.small()));
    for (int i = 0; i < 800 || subject.machine().nextTickTime() == Long.MAX_VALUE; i++) {
      generator.observe(subject.apply(generator.next()));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    subject.machine().writeSnapshot(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
