package org.fondaco.api.config;

import java.time.Duration;
import java.util.Optional;
import org.fondaco.api.identity.IdentitySettings;
import org.fondaco.api.session.PublicOrigin;
import org.fondaco.api.session.SessionSettings;

/**
 * What concerns people.
 *
 * @param origin where their browsers find the venue; empty = where it listens
 * @param approval how long a proposal waits for a second person
 */
public record PeopleSettings(
    Optional<PublicOrigin> origin,
    SessionSettings sessions,
    IdentitySettings identity,
    Duration approval) {

  static final PeopleSettings DEFAULT =
      new PeopleSettings(
          Optional.empty(),
          SessionSettings.DEFAULT,
          IdentitySettings.DEFAULT,
          Duration.ofHours(24));
}
