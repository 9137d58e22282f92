package org.fondaco.custody.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.fondaco.custody.key.Tier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What commands share in reading their options. */
final class Commands {
  private Commands() {}

  /** What picocli has filled in before a command runs. */
  static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the command runs without its options");
    }
    return value;
  }

  static Set<Tier> tiers(CommandSpec spec, List<String> names) {
    Set<Tier> tiers = EnumSet.noneOf(Tier.class);
    for (String name : names) {
      try {
        tiers.add(Tier.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(),
            "there is no tier " + name + ": customer, hot, warm, cold and gas are",
            e);
      }
    }
    return tiers;
  }
}
