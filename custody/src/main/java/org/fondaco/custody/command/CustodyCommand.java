package org.fondaco.custody.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Map;
import org.fondaco.custody.guard.GuardException;
import org.fondaco.custody.signer.SignerException;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.VaultException;
import org.fondaco.db.postgres.PostgresException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code fondaco custody}. Exit codes: 0 done, 1 it could not be done or something is wrong and
 * standard error says what, 2 the command line is wrong.
 */
@Command(
    name = "fondaco custody",
    description = "Keys: make them, keep them elsewhere, bring them back, check them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InitCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      VerifyCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class CustodyCommand implements Runnable {
  static final int FAILED = 1;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "give a command");
    }
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv(), Argon2.STANDARD).execute(arguments));
  }

  /**
   * The command line.
   *
   * @param cost of a guess of the passphrases that it sets
   */
  static CommandLine commandLine(Map<String, String> environment, Argon2 cost) {
    CommandLine line = new CommandLine(new CustodyCommand(), new Factory(environment, cost));
    line.setExecutionExceptionHandler(CustodyCommand::explain);
    line.setUsageHelpAutoWidth(true);
    return line;
  }

  /**
   * What went wrong in the operator's world is one line; what went wrong in ours keeps its trace.
   */
  private static int explain(Exception error, CommandLine line, CommandLine.ParseResult parsed) {
    switch (error) {
      case FileAlreadyExistsException failed ->
          line.getErr().println("fondaco: " + failed.getFile() + " is there already; nothing done");
      case CommandFailed failed -> line.getErr().println("fondaco: " + failed.getMessage());
      case SignerException failed -> line.getErr().println("fondaco: " + failed.getMessage());
      case VaultException failed -> line.getErr().println("fondaco: " + failed.getMessage());
      case GuardException failed -> line.getErr().println("fondaco: " + failed.getMessage());
      case PostgresException failed -> line.getErr().println("fondaco: " + failed.getMessage());
      case DataAccessException failed -> line.getErr().println("fondaco: " + failed.getMessage());
      case IOException failed -> line.getErr().println("fondaco: " + failed);
      default -> error.printStackTrace(line.getErr());
    }
    line.getErr().flush();
    return FAILED;
  }

  /** Gives each command what the process was started with. */
  private record Factory(Map<String, String> environment, Argon2 cost)
      implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == Surroundings.class) {
        return type.cast(new Surroundings(environment, cost));
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
