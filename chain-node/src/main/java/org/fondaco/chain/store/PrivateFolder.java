package org.fondaco.chain.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that only their owner may enter, as geth and Bitcoin Core make theirs. */
public final class PrivateFolder {
  private PrivateFolder() {}

  /** Makes a folder and those above it that are missing; one that is there keeps its mode. */
  public static void create(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
