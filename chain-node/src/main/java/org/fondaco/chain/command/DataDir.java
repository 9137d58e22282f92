package org.fondaco.chain.command;

import java.nio.file.Path;
import org.fondaco.chain.keystore.Keystore;
import org.fondaco.chain.node.NodeFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say where a node keeps its data and keys. */
final class DataDir {
  @Option(
      names = "--datadir",
      paramLabel = "DIR",
      description = "folder of the chain and the keystore (default: ~/.fondaco/node)")
  @Nullable Path folder;

  @Option(
      names = "--keystore",
      paramLabel = "DIR",
      description = "folder of the key files (default: keystore in the data folder)")
  @Nullable Path keystore;

  @Option(
      names = "--lightkdf",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      description = "protect new keys less, with less memory and time")
  boolean lightKdf;

  boolean isGiven() {
    return folder != null;
  }

  NodeFolder folder() {
    return new NodeFolder(
        folder != null ? folder : Path.of(System.getProperty("user.home"), ".fondaco", "node"));
  }

  Path keystore() {
    return keystore != null ? keystore : folder().keystore();
  }

  Keystore.Derivation derivation() {
    return lightKdf ? Keystore.Derivation.SCRYPT_LIGHT : Keystore.Derivation.SCRYPT_STANDARD;
  }
}
