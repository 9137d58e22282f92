package org.fondaco.api.admin;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.custody.policy.Limit;
import org.fondaco.custody.policy.PolicyDocument;
import org.fondaco.custody.policy.PolicyException;
import org.fondaco.custody.policy.Quorum;
import org.fondaco.custody.policy.Rule;

/**
 * What a document names must be there: a rule that blocks an asset that is misspelt blocks nothing,
 * and a quorum of people who do not exist is never reached.
 *
 * @param assets codes of the venue's assets
 * @param administrators names of the people who may approve
 */
record PolicyNames(Set<String> assets, Set<String> administrators) {
  private static final String EVERYBODY = "*";

  /**
   * Checks a document.
   *
   * @throws PolicyException naming the first place that is wrong
   */
  void check(PolicyDocument document) {
    document
        .groups()
        .forEach((group, members) ->
            members.forEach(member ->
                unless(
                    member.equals(EVERYBODY) || administrators.contains(member),
                    "groups." + group + ": " + member + " is no administrator of this venue")));
    for (Limit limit : document.limits()) {
      String asset = limit.asset();
      unless(
          asset == null || assets.contains(asset),
          limit.id() + ": the venue has no asset " + asset);
    }
    for (Rule rule : document.rules()) {
      for (String asset : rule.assets()) {
        unless(assets.contains(asset), rule.id() + ": the venue has no asset " + asset);
      }
      if (rule.then() instanceof Rule.Verdict.Approvals approvals) {
        check(rule.id(), approvals.quorum(), document);
      }
    }
  }

  private void check(String rule, Quorum quorum, PolicyDocument document) {
    switch (quorum) {
      case Quorum.Members members -> {
        int there = able(members.group(), document);
        unless(
            members.count() <= there,
            "%s: %d of %s are asked for, and only %d can approve"
                .formatted(rule, members.count(), members.group(), there));
      }
      case Quorum.All all -> all.parts().forEach(part -> check(rule, part, document));
      case Quorum.Any any -> any.parts().forEach(part -> check(rule, part, document));
    }
  }

  private int able(String group, PolicyDocument document) {
    Set<String> members = document.groups().getOrDefault(group, Set.of());
    Set<String> able = new HashSet<>(members.contains(EVERYBODY) ? administrators : members);
    able.removeAll(document.barred());
    return able.size();
  }

  private static void unless(boolean condition, String message) {
    if (!condition) {
      throw new PolicyException(message);
    }
  }

  static PolicyNames of(List<String> assets, List<String> administrators) {
    return new PolicyNames(Set.copyOf(assets), Set.copyOf(administrators));
  }
}
