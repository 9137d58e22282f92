package org.fondaco.api.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own that can be filled, for those who may mount one. */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK_BYTES = 64 << 10;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws IOException when this user may not mount
   */
  static SmallDisk mount(Path folder, int mebibytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    DemoFolder.run(
        "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  /** Leaves not a block free. */
  void fill() throws IOException {
    FileStore store = Files.getFileStore(folder);
    try (OutputStream ballast = Files.newOutputStream(ballast())) {
      byte[] block = new byte[BLOCK_BYTES];
      while (store.getUsableSpace() > 0) {
        ballast.write(block, 0, (int) Math.min(block.length, store.getUsableSpace()));
      }
    } catch (IOException full) {
      if (store.getUsableSpace() > 0) {
        throw full;
      }
    }
  }

  /** Gives back what {@link #fill} took. */
  void free() throws IOException {
    Files.delete(ballast());
  }

  @Override
  public void close() throws IOException {
    try {
      DemoFolder.run("umount", "--lazy", folder.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }
}
