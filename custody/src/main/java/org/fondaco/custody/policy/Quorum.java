package org.fondaco.custody.policy;

import java.util.List;
import java.util.Set;

/**
 * Who has to approve: numbers of people of groups, joined by AND and OR. Monotone: more approvals
 * never make it worse.
 */
public sealed interface Quorum {

  /** So many different people of a group. One person counts in each group that has him. */
  record Members(String group, int count) implements Quorum {}

  /** Every part. */
  record All(List<Quorum> parts) implements Quorum {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** At least one part. */
  record Any(List<Quorum> parts) implements Quorum {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** True when these people suffice under a document's groups and bars. */
  default boolean satisfied(PolicyDocument document, Set<String> people) {
    return switch (this) {
      case Members m ->
          people.stream().filter(person -> document.mayApprove(m.group(), person)).count()
              >= m.count();
      case All all -> all.parts().stream().allMatch(part -> part.satisfied(document, people));
      case Any any -> any.parts().stream().anyMatch(part -> part.satisfied(document, people));
    };
  }

  /** For people to read, for example "2 of treasury and 1 of risk". */
  default String words() {
    return switch (this) {
      case Members m -> m.count() + " of " + m.group();
      case All all -> joined(all.parts(), " and ");
      case Any any -> joined(any.parts(), " or ");
    };
  }

  private static String joined(List<Quorum> parts, String word) {
    List<String> words =
        parts.stream()
            .map(part -> part instanceof Members ? part.words() : "(" + part.words() + ")")
            .toList();
    return String.join(word, words);
  }
}
