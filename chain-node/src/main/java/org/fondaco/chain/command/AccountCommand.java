package org.fondaco.chain.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.account.AccountException;
import org.fondaco.chain.account.Accounts;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code account new|list|import|update}. */
@Command(
    name = "account",
    description = "Manage accounts",
    synopsisSubcommandLabel = "(new | list | import | update)")
final class AccountCommand {
  @Spec CommandSpec spec = CommandSpec.create();

  @Command(name = "new", description = "Create an account; asks for a password without --password")
  int create(
      @Mixin DataDir data,
      @Option(names = "--password", paramLabel = "FILE", description = "file of the password")
          @Nullable Path file) {
    char[] password = Passwords.of(file).chosen();
    try (Accounts accounts = open(data)) {
      Address address = accounts.create(password);
      PrintWriter out = out();
      out.printf("%nYour new key was generated%n%n");
      out.printf("Public address of the key:   %s%n", address);
      out.printf("Path of the secret key file: %s%n%n", accounts.file(address));
      out.println("- You can share your public address with anyone. Others need it to pay you.");
      out.println("- You must NEVER share the secret key with anyone: it controls your funds.");
      out.println("- You must BACK UP your key file: without it your funds are lost.");
      out.println("- You must REMEMBER your password: without it the key cannot be decrypted.");
      out.println();
      return 0;
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Command(name = "list", description = "Print the accounts and their files")
  int list(@Mixin DataDir data) {
    try (Accounts accounts = open(data)) {
      List<Address> list = accounts.list();
      for (int i = 0; i < list.size(); i++) {
        Address address = list.get(i);
        out()
            .printf(
                "Account #%d: {%s} keystore://%s%n",
                i, address.toString().substring(2), accounts.file(address));
      }
      return 0;
    }
  }

  @Command(name = "import", description = "Encrypt a private key that a file has in hexadecimal")
  int importKey(
      @Mixin DataDir data,
      @Option(names = "--password", paramLabel = "FILE", description = "file of the password")
          @Nullable Path file,
      @Parameters(paramLabel = "KEYFILE", description = "64 hexadecimal digits") Path keyFile)
      throws AccountException {
    byte[] key = privateKey(keyFile);
    char[] password = Passwords.of(file).chosen();
    try (Accounts accounts = open(data)) {
      out().printf("Address: {%s}%n", accounts.importKey(key, password).toString().substring(2));
      return 0;
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(password, '\0');
    }
  }

  @Command(name = "update", description = "Change the password of an account")
  int update(
      @Mixin DataDir data,
      @Option(
              names = "--password",
              paramLabel = "FILE",
              description = "file of the old password, and of the new in its second line")
          @Nullable Path file,
      @Parameters(paramLabel = "ADDRESS", description = "address or number in the list")
          String account)
      throws AccountException {
    Passwords passwords = Passwords.of(file);
    try (Accounts accounts = open(data)) {
      Address address = AccountNames.resolve(accounts, account);
      char[] from = passwords.at(0, "Password of " + address + ": ");
      char[] to = file == null ? passwords.chosen() : passwords.at(1, "");
      try {
        accounts.changePassword(address, from, to);
        return 0;
      } finally {
        Arrays.fill(from, '\0');
        Arrays.fill(to, '\0');
      }
    }
  }

  private static byte[] privateKey(Path file) {
    try {
      String text = Files.readString(file).strip();
      return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
    } catch (IOException e) {
      throw new CommandFailed("cannot read the key file " + file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(file + " holds no private key of 64 hexadecimal digits");
    }
  }

  private static Accounts open(DataDir data) {
    return Accounts.open(data.keystore(), data.derivation());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
