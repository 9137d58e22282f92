package org.fondaco.custody.policy;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What people are asked about.
 *
 * @param initiators names of people who may not approve it
 * @param account whose money it is, null = the house's; its owner may not approve it
 */
public record Subject(Kind kind, long id, List<String> initiators, @Nullable Long account) {
  public Subject {
    initiators = List.copyOf(initiators);
  }

  /** A customer's withdrawal; the customer initiated it. */
  public static Subject withdrawal(long id, long account) {
    return new Subject(Kind.WITHDRAWAL, id, List.of(), account);
  }

  /** Something that a person proposed for the house. */
  public static Subject proposal(Kind kind, long id, String proposer) {
    return new Subject(kind, id, List.of(proposer), null);
  }

  boolean initiatedBy(Person person) {
    return initiators.contains(person.name())
        || (account != null && Objects.equals(account, person.account()));
  }

  /** Whose table the id is of. */
  public enum Kind {
    WITHDRAWAL,
    MOVEMENT,
    ADJUSTMENT
  }
}
