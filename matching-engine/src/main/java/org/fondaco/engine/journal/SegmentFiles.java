package org.fondaco.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of segments, and their allocation: every block written and synced before first use. */
final class SegmentFiles {

  private static final Pattern NAME = Pattern.compile("journal-(\\d{10})\\.segment");
  private static final int CHUNK = 1 << 20;

  private SegmentFiles() {}

  static String name(int id) {
    return String.format(Locale.ROOT, "journal-%010d.segment", id);
  }

  /** Ids of all segment files, ascending. */
  static List<Integer> ids(Storage storage) throws IOException {
    List<Integer> ids = new ArrayList<>();
    for (String file : storage.names()) {
      Matcher matcher = NAME.matcher(file);
      if (matcher.matches()) {
        ids.add(Integer.parseInt(matcher.group(1)));
      }
    }
    Collections.sort(ids);
    return ids;
  }

  /**
   * Creates a segment of zeros and makes it durable, so that no later write to it can lack space.
   *
   * @throws IOException when there is no room; nothing is left behind
   */
  static Storage.StoredFile allocate(Storage storage, int id, int length) throws IOException {
    String name = name(id);
    Storage.StoredFile file = storage.create(name);
    try {
      ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(CHUNK, length));
      for (long at = 0; at < length; at += zeros.capacity()) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), length - at));
        file.write(zeros, at);
      }
      file.sync();
      storage.syncFolder();
      return file;
    } catch (IOException full) {
      file.close();
      storage.delete(name);
      throw full;
    }
  }
}
