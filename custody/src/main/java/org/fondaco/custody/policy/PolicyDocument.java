package org.fondaco.custody.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A whole policy. What no rule allows is blocked, so a wallet that no rule names can only receive.
 *
 * @param rules in order
 * @param groups approvers by group; the member {@code *} is everybody whom the API lets approve
 * @param barred people who may never approve, for example those who operate the venue
 */
public record PolicyDocument(
    List<Rule> rules, List<Limit> limits, Map<String, Set<String>> groups, Set<String> barred) {
  private static final String EVERYBODY = "*";
  private static final int RULES_MAX = 200;
  private static final int HOURS_MAX = 168;

  /**
   * Checks what a document must be.
   *
   * @throws PolicyException when an id is used twice, a group is not there, or a number is out of
   *     range
   */
  public PolicyDocument {
    rules = List.copyOf(rules);
    limits = List.copyOf(limits);
    groups = Map.copyOf(groups);
    barred = Set.copyOf(barred);
    PolicyException.unless(
        rules.size() <= RULES_MAX && limits.size() <= RULES_MAX,
        "at most " + RULES_MAX + " rules and limits each");
    Set<String> ids = new HashSet<>();
    for (Rule rule : rules) {
      PolicyException.unless(ids.add(rule.id()), "two rules have the id " + rule.id());
      if (rule.then() instanceof Rule.Verdict.Approvals approvals) {
        PolicyException.unless(
            approvals.hours() >= 1 && approvals.hours() <= HOURS_MAX,
            rule.id() + ": expiresHours must be 1 to " + HOURS_MAX);
        check(rule.id(), approvals.quorum(), groups.keySet());
      }
    }
    for (Limit limit : limits) {
      PolicyException.unless(ids.add(limit.id()), "two limits or rules have the id " + limit.id());
      PolicyException.unless(limit.max().signum() >= 0, limit.id() + ": max is below zero");
      PolicyException.unless(
          limit.unit() == Limit.Unit.REFERENCE || limit.asset() != null,
          limit.id() + ": a limit in coins names its asset");
      PolicyException.unless(
          limit.per() == Limit.Per.CUSTOMER || limit.account() == null,
          limit.id() + ": a limit of the venue names no account");
    }
  }

  private static void check(String rule, Quorum quorum, Set<String> groups) {
    switch (quorum) {
      case Quorum.Members m -> {
        PolicyException.unless(groups.contains(m.group()), rule + ": no group " + m.group());
        PolicyException.unless(m.count() >= 1, rule + ": a quorum is at least 1");
      }
      case Quorum.All all -> parts(rule, all.parts(), groups);
      case Quorum.Any any -> parts(rule, any.parts(), groups);
    }
  }

  private static void parts(String rule, List<Quorum> parts, Set<String> groups) {
    PolicyException.unless(!parts.isEmpty(), rule + ": all and any need a part");
    parts.forEach(part -> check(rule, part, groups));
  }

  boolean mayApprove(String group, String person) {
    Set<String> members = groups.getOrDefault(group, Set.of());
    return !barred.contains(person) && (members.contains(person) || members.contains(EVERYBODY));
  }
}
