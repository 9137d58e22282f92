package org.fondaco.custody.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.signer.Pkcs11Module;
import org.fondaco.custody.signer.Pkcs11Signer;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Unlock;
import org.fondaco.custody.vault.Vault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code custody init}. */
@Command(
    name = "init",
    description =
        "Make a vault with a new seed, print its 24 words once, and begin the guard file. On an"
            + " offline machine, --tiers cold makes the cold tier, whose accounts the online vault"
            + " watches.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  /** Line ends of pairs of words. */
  private static final int WORDS_A_LINE = 6;

  private static final Pattern MODULE_KEY = Pattern.compile("(BTC|BCH|LTC|ETH) (HOT|WARM|GAS)");
  private static final KeyRef.Hsm WRAPPING_KEY = new KeyRef.Hsm("fondaco-vault");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private @Nullable Surroundings surroundings;

  @Option(
      names = "--network",
      defaultValue = "regtest",
      description = "main, test or regtest (default: regtest); decides how addresses are written")
  private String network = "regtest";

  @Option(
      names = "--tiers",
      split = ",",
      defaultValue = "customer,hot,warm,gas",
      description = "tiers to sign for: customer, hot, warm, cold, gas (default: all but cold)")
  private List<String> tiers = List.of();

  @Option(
      names = "--watch",
      paramLabel = "ACCOUNT",
      description =
          "an account whose seed is elsewhere, as init prints it there: \"BTC COLD m/84'/0'/3'"
              + " xpub…\"; may be repeated")
  private List<String> watch = new ArrayList<>();

  @Option(
      names = "--module-key",
      paramLabel = "ACCOUNT",
      description =
          "make the one key of a tier in the hardware module instead: \"ETH HOT\"; may be repeated")
  private List<String> moduleKeys = new ArrayList<>();

  @Option(
      names = "--module-wrap",
      description = "let a key of the hardware module open the vault instead of a passphrase")
  private boolean moduleWrap;

  @Override
  public Integer call() throws Exception {
    Surroundings where = Commands.present(surroundings);
    CustodyFolder folder = where.folder();
    for (var file : List.of(folder.vault(), folder.guard())) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    byte[] entropy = Mnemonic.newEntropy();
    try {
      Network on = network();
      List<AccountKey> accounts = new ArrayList<>(Vault.accounts(entropy, on, tiers()));
      accounts.addAll(watched());
      Unlock wrapping = moduleWrap || !moduleKeys.isEmpty() ? inModule(where, accounts) : null;
      try (Unlock unlock = wrapping == null ? where.newPassphrase() : wrapping) {
        Guard.create(folder.guard());
        Vault.create(folder.vault(), on, accounts, entropy, unlock, where.cost());
      }
      print(folder, accounts, entropy);
      return 0;
    } finally {
      Wipe.bytes(entropy);
    }
  }

  /** Makes the keys that belong into the module; null where a passphrase opens the vault. */
  private @Nullable Unlock inModule(Surroundings where, List<AccountKey> accounts)
      throws IOException {
    List<Matcher> wanted = new ArrayList<>();
    for (String account : moduleKeys) {
      Matcher words = MODULE_KEY.matcher(account);
      if (!words.matches()) {
        throw new ParameterException(
            spec.commandLine(), "--module-key is a chain and HOT, WARM or GAS, not " + account);
      }
      wanted.add(words);
    }
    Pkcs11Module module = where.module();
    for (Matcher words : wanted) {
      ChainName chain = ChainName.valueOf(words.group(1));
      Tier tier = Tier.valueOf(words.group(2));
      KeyRef.Hsm key = new KeyRef.Hsm(("fondaco-" + chain + "-" + tier).toLowerCase(Locale.ROOT));
      module.generateKey(key);
      byte[] publicKey = new Pkcs11Signer(module, digest -> false).publicKey(key);
      accounts.removeIf(other -> other.chain() == chain && other.tier() == tier);
      accounts.add(
          new AccountKey.Single(
              chain,
              tier,
              key,
              Derivation.defaultPurpose(chain),
              HexFormat.of().formatHex(publicKey)));
    }
    if (!moduleWrap) {
      return null;
    }
    module.generateWrappingKey(WRAPPING_KEY);
    return module.wrappingKey(WRAPPING_KEY);
  }

  private Network network() {
    try {
      return Network.parse(network);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Set<Tier> tiers() {
    return Commands.tiers(spec, tiers);
  }

  private List<AccountKey> watched() {
    List<AccountKey> accounts = new ArrayList<>();
    for (String line : watch) {
      try {
        AccountKey account = AccountKey.parse(line);
        if (!(account instanceof AccountKey.Extended extended)) {
          throw new IllegalArgumentException("not an account with an extended public key: " + line);
        }
        accounts.add(
            new AccountKey.Extended(
                extended.chain(), extended.tier(), extended.path(), true, extended.extended()));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--watch: " + e.getMessage(), e);
      }
    }
    return accounts;
  }

  private void print(CustodyFolder folder, List<AccountKey> accounts, byte[] entropy) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("The vault is " + folder.vault());
    out.println("Accounts, in public:");
    accounts.forEach(account -> out.println("  " + account.line()));
    out.println();
    out.println("These words are the keys. Write them on paper, now, and show them to nobody:");
    out.println();
    byte[] words = Mnemonic.words(entropy);
    int count = 0;
    out.print("  ");
    for (byte letter : words) {
      boolean lineEnds = letter == ' ' && ++count % WORDS_A_LINE == 0;
      out.print(lineEnds ? "\n  " : String.valueOf((char) letter));
    }
    Wipe.bytes(words);
    out.println();
    out.println();
    out.println("They find coins, not owners: fondaco custody backup keeps whose each address is.");
    out.flush();
  }
}
