package org.fondaco.api.identity;

import java.util.concurrent.Semaphore;
import org.fondaco.api.security.PasswordHash;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords, a few at a time: each costs 19 MiB and a core for tens of
 * milliseconds, and a crowd must not take them from trading.
 */
final class Passwords {
  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /** Checked when there is no such user, so that a stranger learns nothing from the time. */
  private static final String NOBODY = PasswordHash.of("nobody has this password");

  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  String hash(String password) {
    turns.acquireUninterruptibly();
    try {
      return PasswordHash.of(password);
    } finally {
      turns.release();
    }
  }

  /**
   * @param secret null = there is no such user; takes as long as if there were
   */
  boolean matches(String password, Users.@Nullable Secret secret) {
    turns.acquireUninterruptibly();
    try {
      boolean right =
          PasswordHash.matches(password, secret == null ? NOBODY : secret.passwordHash());
      return right && secret != null;
    } finally {
      turns.release();
    }
  }
}
