package org.fondaco.custody.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.key.HdKey;
import org.fondaco.custody.key.KeyPath;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process opens a vault, signs, and dumps its heap: no secret is in the dump. */
class HeapDumpTest {
  @TempDir Path folder;

  @Test
  void noSecretIsInAHeapDump() throws Exception {
    byte[] entropy = Mnemonic.newEntropy();
    Path vault = folder.resolve("vault");
    Path passphrase = folder.resolve("passphrase");
    Files.writeString(passphrase, "a passphrase of this test alone\n");
    try (Passphrase unlock = Passphrase.read(passphrase)) {
      Vault.create(
          vault,
          Network.REGTEST,
          Vault.accounts(entropy, Network.REGTEST, EnumSet.of(Tier.HOT)),
          entropy,
          unlock,
          new Argon2(64, 1, 1));
    }
    Path dump = folder.resolve("heap.hprof");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HeapDumper.class.getName(),
                vault.toString(),
                passphrase.toString(),
                dump.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    byte[] heap = Files.readAllBytes(dump);
    assertThat(contains(heap, HeapDumper.CONTROL.getBytes(StandardCharsets.US_ASCII)))
        .as("the search finds what is there")
        .isTrue();
    secrets(entropy)
        .forEach((name, secret) -> assertThat(contains(heap, secret)).as(name).isFalse());
  }

  private static Map<String, byte[]> secrets(byte[] entropy) {
    byte[] seed = Mnemonic.seed(entropy, new byte[0]);
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    secrets.put("entropy", entropy);
    secrets.put("seed", seed);
    secrets.put("half of the seed", Arrays.copyOf(seed, 16));
    secrets.put("the other half", Arrays.copyOfRange(seed, 48, 64));
    secrets.put("words", Arrays.copyOf(Mnemonic.words(entropy), 40));
    secrets.put("passphrase", "a passphrase of this test".getBytes(StandardCharsets.US_ASCII));
    for (String path : List.of("m", "m/84'/0'/1'", HeapDumper.PATH)) {
      secrets.put("key " + path, HdKey.derive(seed, KeyPath.parse(path)).secret());
    }
    return secrets;
  }

  private static boolean contains(byte[] heap, byte[] secret) {
    for (int i = 0; i + secret.length <= heap.length; i++) {
      if (heap[i] == secret[0]
          && Arrays.equals(heap, i, i + secret.length, secret, 0, secret.length)) {
        return true;
      }
    }
    return false;
  }
}
