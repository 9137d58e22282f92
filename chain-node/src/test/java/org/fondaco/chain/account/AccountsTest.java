package org.fondaco.chain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.keystore.Keystore;
import org.fondaco.chain.typed.SignedText;
import org.fondaco.chain.word.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
  private static final byte[] KEY = Keccak.hash256(new byte[] {7});
  private static final byte[] TEXT = "Some data".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private Accounts accounts;

  @BeforeEach
  void open() {
    accounts = open(folder.resolve("keystore"));
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  private static Accounts open(Path keystore) {
    return Accounts.open(keystore, Keystore.Derivation.SCRYPT_LIGHT);
  }

  private static char[] password(String text) {
    return text.toCharArray();
  }

  @Test
  void newKeysAreListedInOrderAndOnlyTheirOwnerReadsThem() throws IOException {
    assertThat(accounts.list()).isEmpty();
    Address first = accounts.create(password("one"));
    Address second = accounts.create(password("two"));
    assertThat(accounts.list()).containsExactly(first, second);
    Path file = accounts.file(first);
    assertThat(file).isNotNull();
    assertThat(file.getFileName().toString())
        .matches(
            "UTC--\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{9}Z--"
                + first.toString().substring(2));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).hasSize(2); // nothing temporary stays
    }
  }

  @Test
  void aKeySignsOnlyWhileUnlocked() throws AccountException {
    Address address = accounts.importKey(KEY, password("right"));
    assertThat(address).isEqualTo(Secp256k1.addressOf(KEY));
    byte[] hash = SignedText.hash(TEXT);
    assertThatThrownBy(() -> accounts.signHash(hash, address))
        .hasMessage("authentication needed: password or unlock");
    assertThatThrownBy(() -> accounts.unlock(address, password("wrong"), null))
        .hasMessage("could not decrypt key with given password");
    assertThat(accounts.isUnlocked(address)).isFalse();

    accounts.unlock(address, password("right"), null);
    byte[] signature = accounts.signHash(hash, address);
    assertThat(SignedText.signer(TEXT, signature)).isEqualTo(address);
    assertThat(accounts.signHash(hash, address, password("right"))).isEqualTo(signature);

    accounts.lock(address);
    assertThatThrownBy(() -> accounts.signHash(hash, address)).isInstanceOf(AccountException.class);
  }

  @Test
  void anUnlockEndsWithItsTimeUnlessItWasForGood() throws Exception {
    Address address = accounts.importKey(KEY, password("p"));
    accounts.unlock(address, password("p"), Duration.ofMillis(20));
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (accounts.isUnlocked(address) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(accounts.isUnlocked(address)).isFalse();

    accounts.unlock(address, password("p"), Duration.ZERO);
    accounts.unlock(address, password("p"), Duration.ofNanos(1));
    assertThat(accounts.isUnlocked(address)).isTrue();
  }

  @Test
  void unknownDoubleAndForgedKeysAreRefused() throws Exception {
    Address stranger = Address.of(1);
    assertThatThrownBy(() -> accounts.signHash(new byte[32], stranger))
        .hasMessage("unknown account");
    assertThatThrownBy(() -> accounts.unlock(stranger, password(""), null))
        .hasMessage("no key for given address or file");

    Address address = accounts.importKey(KEY, password("p"));
    assertThatThrownBy(() -> accounts.importKey(KEY, password("p")))
        .hasMessage("account already exists");
    assertThatThrownBy(() -> accounts.importKey(new byte[32], password("p")))
        .hasMessage("invalid private key");

    Path file = accounts.file(address);
    assertThat(file).isNotNull();
    Files.copy(file, file.resolveSibling("copy"));
    assertThat(accounts.list()).containsExactly(address);
    assertThatThrownBy(() -> accounts.unlock(address, password("p"), null))
        .hasMessageStartingWith("multiple keys match address (");
    String forged =
        Files.readString(file)
            .replace(address.toString().substring(2), stranger.toString().substring(2));
    Files.writeString(file.resolveSibling("copy"), forged);
    assertThatThrownBy(() -> accounts.unlock(stranger, password("p"), null))
        .hasMessageStartingWith("key content mismatch");
  }

  @Test
  void whatIsNoKeyIsPassedOver() throws Exception {
    Address address = accounts.create(password("p"));
    Path keystore = folder.resolve("keystore");
    Files.writeString(keystore.resolve("notes.txt"), "not JSON");
    Files.writeString(keystore.resolve("number"), "{\"address\": 7}");
    Files.writeString(keystore.resolve("short"), "{\"address\": \"00\"}");
    Files.writeString(keystore.resolve(".hidden"), "{\"address\": \"" + Address.of(2) + "\"}");
    Files.createDirectory(keystore.resolve("folder"));
    assertThat(accounts.list()).containsExactly(address);
  }

  @Test
  void aPasswordChangesAndKeysOfOthersAreRead() throws Exception {
    Address address = accounts.importKey(KEY, password("old"));
    accounts.changePassword(address, password("old"), password("new"));
    assertThatThrownBy(() -> accounts.unlock(address, password("old"), null))
        .isInstanceOf(AccountException.class);
    accounts.unlock(address, password("new"), null);
    assertThat(accounts.list()).containsExactly(address);

    byte[] other = Keccak.hash256(new byte[] {8});
    Files.writeString(
        folder.resolve("keystore/from-elsewhere"),
        Keystore.encrypt(other, password("x"), Keystore.Derivation.PBKDF2));
    Address second = Secp256k1.addressOf(other);
    accounts.unlock(second, password("x"), null);
    assertThat(accounts.isUnlocked(second)).isTrue();
  }
}
