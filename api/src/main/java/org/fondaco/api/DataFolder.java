package org.fondaco.api;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The venue's data folder, held for this process alone until closed. */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder when absent and locks it.
   *
   * @throws StartFailed when another process has it
   */
  static DataFolder lock(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(
            path.resolve("fondaco.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new StartFailed("another Fondaco is running on the data folder " + path);
    }
    return new DataFolder(path, channel);
  }

  Path journal() {
    return path.resolve("journal");
  }

  Path masterKey() {
    return path.resolve("keys").resolve("master.key");
  }

  @Override
  public void close() throws IOException {
    // Closing the channel gives the lock back; the file stays, or two processes could lock two.
    channel.close();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
