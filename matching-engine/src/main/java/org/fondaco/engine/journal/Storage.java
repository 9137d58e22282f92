package org.fondaco.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The folder that a journal lives in. A seam, so that a simulated disk can lose, reorder and damage
 * what was not synced; {@link FolderStorage} is the real one.
 *
 * <p>What was written is durable only after {@link StoredFile#sync()}; created, renamed and deleted
 * names only after {@link #syncFolder()}.
 */
public interface Storage {

  /**
   * Takes the folder for this process.
   *
   * @return closing it gives the folder back
   * @throws FolderInUse when another process, or another venue in this one, has it
   */
  Closeable lock() throws IOException;

  /** Names of all files, in no order. */
  List<String> names() throws IOException;

  /** Opens an existing file for reading and writing. */
  StoredFile open(String name) throws IOException;

  /** Creates an empty file, replacing one of that name. */
  StoredFile create(String name) throws IOException;

  /** Replaces the target if there is one. */
  void rename(String from, String to) throws IOException;

  /** Does nothing when there is no such file. */
  void delete(String name) throws IOException;

  /** Makes created, renamed and deleted names durable. */
  void syncFolder() throws IOException;

  /** Full name of a file for messages to people. */
  String describe(String name);

  /** An open file; one thread writes, others may read what was written before. */
  interface StoredFile extends Closeable {

    /** Present length in bytes. */
    long size() throws IOException;

    /**
     * Reads at most {@code into.remaining()} bytes.
     *
     * @return bytes read, -1 at the end of the file
     */
    int read(ByteBuffer into, long position) throws IOException;

    /** Writes all remaining bytes. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Makes everything written durable (fdatasync). After a failure nothing may be assumed. */
    void sync() throws IOException;
  }

  /** Another process has the folder. */
  final class FolderInUse extends IOException {
    private static final long serialVersionUID = 1L;

    public FolderInUse(String message) {
      super(message);
    }
  }
}
