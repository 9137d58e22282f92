package org.fondaco.engine.simulation;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;

/** The engines that every test of semantics is run against. */
public final class Engines {

  private Engines() {}

  /** Engines by name, in the order of their names. */
  public static Map<String, Supplier<Subject>> all() {
    Map<String, Supplier<Subject>> engines = new TreeMap<>();
    engines.put("fast", Engines::fast);
    engines.put("naive", NaiveSubject::new);
    return engines;
  }

  /** A newborn fast engine. */
  public static MachineSubject fast() {
    return new MachineSubject(new Engine(EngineSizing.small()));
  }

  /** As small as it can be born, so that every table grows. */
  static EngineSizing tiny() {
    return new EngineSizing(16, 16, 16, 16, 16, 16, 1, 1, 1, 64, 1, 1 << 16);
  }

  /** Larger than small, and not in proportion. */
  static EngineSizing odd() {
    return new EngineSizing(1_000, 300, 5_000, 77, 33, 21, 999, 500, 3, 50, 10_000, 1 << 10);
  }
}
