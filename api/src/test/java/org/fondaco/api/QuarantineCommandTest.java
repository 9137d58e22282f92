package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fondaco.api.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's way to the engine's quarantine; what it does to a journal is tested there. */
class QuarantineCommandTest {
  @TempDir Path data;

  @Test
  void needsEveryOption() {
    refused("usage: ./fondaco engine quarantine");
    refused("usage: ./fondaco engine quarantine", "--sequence");
    refused(
        "usage: ./fondaco engine quarantine", "--sequence", "1", "--by", "ada", "--reason", "x");
    refused("usage: ./fondaco engine quarantine", "--speed", "1");
  }

  @Test
  void needsTwoPersons() {
    refused(
        "two different persons", "--sequence", "1", "--by", "ada", "--by", "Ada", "--reason", "x");
  }

  @Test
  void namesWhatTheJournalHolds() {
    refused(
        "Sequence 7 would not be replayed",
        "--sequence",
        "7",
        "--by",
        "ada",
        "--by",
        "bob",
        "--reason",
        "x");
  }

  @Test
  void leavesARunningVenueAlone() throws IOException {
    try (DataFolder running = DataFolder.lock(data)) {
      refused(
          "another Fondaco is running",
          "--sequence",
          "7",
          "--by",
          "ada",
          "--by",
          "bob",
          "--reason",
          "x");
    }
  }

  private void refused(String message, String... arguments) {
    Settings settings = Settings.of(Map.of("FONDACO_DATA", data.toString()));
    assertThatThrownBy(() -> QuarantineCommand.run(settings, List.of(arguments)))
        .hasMessageContaining(message);
  }
}
