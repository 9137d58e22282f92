package org.fondaco.bench;

import java.nio.file.Path;
import org.fondaco.bench.workload.Preset;

/**
 * How to run.
 *
 * @param quick fewer commands and samples: for trying, not for publishing
 * @param preset of the matching workload
 * @param seed of the matching workload
 * @param folder for temporary files, on the disk that is measured
 */
record Plan(boolean quick, Preset preset, long seed, Path folder) {

  /** Samples of each contender. */
  int samples() {
    return quick ? 3 : 5;
  }

  /** Measured commands of the matching workload. */
  Preset workload() {
    return quick ? preset.withCommands(Math.min(preset.commands(), 500_000)) : preset;
  }
}
