package org.fondaco.chain.command;

import org.fondaco.chain.node.ClientVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code version}. */
@Command(name = "version", description = "Print the version")
final class VersionCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().getOut().println(ClientVersion.TEXT);
    spec.commandLine().getOut().flush();
  }
}
