package org.fondaco.chain.command;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Gives each flag that the command line leaves out the value of its variable: {@code --http.port}
 * is {@code FONDACO_NODE_HTTP_PORT}.
 */
final class Environment implements CommandLine.IDefaultValueProvider {
  static final String PREFIX = "FONDACO_NODE_";

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The variable of a flag. */
  static String variable(String flag) {
    return PREFIX + flag.substring(2).replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public @Nullable String defaultValue(CommandLine.Model.ArgSpec argument) {
    if (!(argument instanceof CommandLine.Model.OptionSpec option)
        || option.usageHelp()
        || option.versionHelp()
        || !option.longestName().startsWith("--")) {
      return null;
    }
    String value = variables.get(variable(option.longestName()));
    return value == null || value.isBlank() ? null : value.strip();
  }
}
