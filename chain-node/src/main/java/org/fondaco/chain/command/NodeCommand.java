package org.fondaco.chain.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.fondaco.chain.account.AccountException;
import org.fondaco.chain.console.Attach;
import org.fondaco.chain.node.NodeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code fondaco node}. Exit codes: 0 done, 1 it could not be done and standard error says why, 2
 * the command line is wrong.
 */
@Command(
    name = "fondaco node",
    description = "A full node of the account chain, with geth's commands and flags.",
    footer = "Every flag is also a variable: --http.port is FONDACO_NODE_HTTP_PORT.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InitCommand.class,
      RunCommand.class,
      Attach.class,
      DeployCommand.class,
      AccountCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      RemoveDbCommand.class,
      DumpGenesisCommand.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class NodeCommand implements Runnable {
  static final int FAILED = 1;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "give a command");
    }
  }

  public static void main(String[] arguments) {
    System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
    System.exit(execute(System.getenv(), arguments));
  }

  /** The exit code. */
  static int execute(Map<String, String> environment, String... arguments) {
    return commandLine(environment).execute(arguments);
  }

  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine line = new CommandLine(new NodeCommand());
    line.setDefaultValueProvider(new Environment(environment));
    line.setExecutionExceptionHandler(NodeCommand::explain);
    line.setUsageHelpAutoWidth(true);
    addHelp(line);
    return line;
  }

  private static void addHelp(CommandLine line) {
    line.getSubcommands()
        .values()
        .forEach(subcommand -> {
          if (!subcommand.getCommandSpec().optionsMap().containsKey("--help")) {
            subcommand
                .getCommandSpec()
                .addOption(
                    CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help")
                        .build());
          }
          addHelp(subcommand);
        });
  }

  /**
   * What went wrong in the operator's world is one line; what went wrong in ours keeps its trace.
   */
  private static int explain(Exception error, CommandLine line, CommandLine.ParseResult parsed) {
    switch (error) {
      case CommandFailed failed -> fatal(line, failed);
      case AccountException failed -> fatal(line, failed);
      case NodeException failed -> fatal(line, failed);
      case IOException failed -> fatal(line, failed);
      case UncheckedIOException failed -> fatal(line, failed);
      default -> error.printStackTrace(line.getErr());
    }
    line.getErr().flush();
    return FAILED;
  }

  private static void fatal(CommandLine line, Exception error) {
    Throwable cause = error instanceof UncheckedIOException ? error.getCause() : null;
    line.getErr()
        .println("Fatal: " + error.getMessage() + (cause == null ? "" : ": " + cause.getMessage()));
  }
}
