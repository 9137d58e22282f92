package org.fondaco.custody.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  private static final Argon2 LIGHT = new Argon2(32, 1, 1);
  private static final byte[] ENTROPY = new byte[Mnemonic.ENTROPY_BYTES];

  @TempDir Path folder;

  private static Passphrase passphrase(String text) {
    return Passphrase.of(text.toCharArray());
  }

  private Path vault() throws Exception {
    Path file = folder.resolve("custody/vault");
    Vault.create(
        file,
        Network.REGTEST,
        Vault.accounts(ENTROPY, Network.REGTEST, EnumSet.of(Tier.CUSTOMER, Tier.HOT, Tier.GAS)),
        ENTROPY,
        passphrase("correct horse"),
        LIGHT);
    return file;
  }

  @Test
  void addressesNeedNoPassphraseAndTheSeedDoes() throws Exception {
    Vault vault = Vault.read(vault());
    assertThat(vault.derivation().accounts())
        .extracting(AccountKey::chain, AccountKey::tier)
        .hasSize(9)
        .contains(tuple(ChainName.ETH, Tier.GAS), tuple(ChainName.LTC, Tier.CUSTOMER));
    assertThat(vault.derivation().derive(ChainName.BTC, Tier.CUSTOMER, 0).address().text())
        .startsWith("bcrt1q");
    assertThat(vault.open(passphrase("correct horse"))).isEqualTo(ENTROPY);
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> vault.open(passphrase("incorrect horse")))
        .extracting(VaultException::reason)
        .isEqualTo(VaultException.Reason.WRONG_KEY);
  }

  @Test
  void onlyItsOwnerReadsItAndNothingOverwritesIt() throws Exception {
    Path file = vault();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(this::vault);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aNewPassphraseReplacesTheOld() throws Exception {
    Path file = vault();
    Vault old = Vault.read(file);
    Vault.replace(
        file,
        Network.REGTEST,
        old.derivation().accounts(),
        ENTROPY,
        passphrase("another horse"),
        LIGHT);
    assertThat(Vault.read(file).open(passphrase("another horse"))).isEqualTo(ENTROPY);
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> Vault.read(file).open(passphrase("correct horse")));
  }

  @Test
  void anAccountOfAnotherSeedIsFoundWhenItIsOpened() throws Exception {
    byte[] other = ENTROPY.clone();
    other[0] = 1;
    List<AccountKey> accounts =
        new ArrayList<>(Vault.accounts(other, Network.REGTEST, EnumSet.of(Tier.HOT)));
    Path file = folder.resolve("vault");
    Vault.create(file, Network.REGTEST, accounts, ENTROPY, passphrase("correct horse"), LIGHT);
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> Vault.read(file).open(passphrase("correct horse")))
        .withMessageContaining("BTC HOT does not come from this vault's seed");
  }

  @Test
  void passphrasesComeFromAFileOrAVariable() throws Exception {
    Path file = vault();
    Path secret = folder.resolve("secret");
    Files.writeString(secret, "correct horse\r\nsecond line\n");
    for (Passphrase passphrase :
        List.of(
            Passphrase.find(secret, Map.of(), "", false),
            Passphrase.find(null, Map.of(Passphrase.FILE_VARIABLE, secret.toString()), "", false),
            Passphrase.find(null, Map.of(Passphrase.VARIABLE, "correct horse"), "", false))) {
      assertThat(Vault.read(file).open(passphrase)).isEqualTo(ENTROPY);
      assertThat(passphrase.toString()).isEqualTo("passphrase");
      passphrase.close();
      assertThat(passphrase.utf8()).containsOnly(0);
    }
  }

  @Test
  void whatIsNoVaultIsNotOne() throws Exception {
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> Vault.read(folder.resolve("none")))
        .withMessageContaining("fondaco custody init makes one");
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> Vault.of("hello".getBytes(StandardCharsets.UTF_8)))
        .withMessage("this is no fondaco-vault");
    byte[] empty =
        Envelope.seal("fondaco-vault", 1, List.of(), ENTROPY, passphrase("correct horse"), LIGHT);
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> Vault.of(empty))
        .withMessageContaining("not well formed");
  }
}
