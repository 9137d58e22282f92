package org.fondaco.custody;

import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;

import java.util.Optional;
import org.fondaco.custody.breaks.RestoreLock;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.guard.GuardEntry;
import org.fondaco.custody.outbox.Dispatcher;
import org.jooq.DSLContext;

/** The guard file and the database must be of one past. */
final class GuardCheck {

  private GuardCheck() {}

  /**
   * Refuses a database that has forgotten what was signed, unless people brought back exactly this
   * file.
   *
   * @throws Dispatcher.Contradiction when the newest entry of the file is not in the database
   */
  static void check(Guard guard, DSLContext database) {
    Optional<GuardEntry> newest = guard.newest();
    if (newest.isEmpty()) {
      return;
    }
    byte[] digest = newest.get().unsigned().toBytes();
    boolean known =
        database.fetchExists(
            database.selectFrom(CUSTODY_ATTEMPTS).where(CUSTODY_ATTEMPTS.DIGEST.eq(digest)));
    if (!known && !RestoreLock.knows(database, digest)) {
      throw new Dispatcher.Contradiction(
          "the guard file's newest entry, for %s, is not in the database: it is older than the guard file"
              .formatted(newest.get().anchor().parts()));
    }
  }
}
