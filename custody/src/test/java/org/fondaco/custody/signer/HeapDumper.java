package org.fondaco.custody.signer;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.vault.Passphrase;
import org.fondaco.custody.vault.Vault;

/** Opens the vault of its first argument, signs, and dumps its heap while the vault is open. */
final class HeapDumper {
  static final String PATH = "m/84'/0'/1'/0/0";
  static final String CONTROL = "the search must find this";

  /** No: what nobody refers to any more is dumped too. */
  private static final boolean ONLY_REACHABLE = false;

  private HeapDumper() {}

  public static void main(String[] arguments) throws Exception {
    byte[] control = CONTROL.getBytes(StandardCharsets.US_ASCII);
    InProcessVault signer;
    try (Passphrase passphrase = Passphrase.read(Path.of(arguments[1]))) {
      signer = InProcessVault.open(Vault.read(Path.of(arguments[0])), passphrase, digest -> true);
    }
    KeyRef key = KeyRef.parse(PATH);
    for (int i = 0; i < 20; i++) {
      for (Scheme scheme : Scheme.values()) {
        signer.sign(key, Digest.sha256("payment " + i), scheme);
      }
    }
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(arguments[2], ONLY_REACHABLE);
    signer.close();
    if (control.length == 0) {
      throw new IllegalStateException("the control is used after the dump");
    }
  }
}
