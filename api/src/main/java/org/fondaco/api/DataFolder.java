package org.fondaco.api;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The venue's data folder, held for this process alone until closed. */
final class DataFolder implements AutoCloseable {
  private static final String KEYS = "keys";

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
    boolean isNew = !Files.exists(path);
    Files.createDirectories(path);
    if (isNew) {
      // A folder that was there may be used by others too: its permissions are its owner's matter.
      closeToOthers(path);
    }
    FileChannel channel =
        FileChannel.open(
            path.resolve("fondaco.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new StartFailed("another Fondaco is running on the data folder " + path);
    }
    DataFolder folder = new DataFolder(path, channel);
    for (Path secret : List.of(folder.journal(), path.resolve(KEYS))) {
      Files.createDirectories(secret);
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
    }
    return folder;
  }

  /** Root's PostgreSQL runs as another account, which has to pass through to its own cluster. */
  private static void closeToOthers(Path path) throws IOException {
    boolean root = Files.getAttribute(path, "unix:uid").equals(0);
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(root ? "rwx--x--x" : "rwx------"));
  }

  Path journal() {
    return path.resolve("journal");
  }

  Path masterKey() {
    return path.resolve(KEYS).resolve("master.key");
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
