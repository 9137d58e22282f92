package org.fondaco.custody.policy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one document says to one withdrawal, and why: each limit and each rule up to the one that
 * decided.
 *
 * @param blocked why it may not go, null when it may, now or after approvals
 * @param approvals that it needs, null for none
 */
record Evaluation(
    PolicyDocument document,
    @Nullable String blocked,
    Rule.Verdict.@Nullable Approvals approvals,
    ObjectNode tree) {

  static Evaluation of(PolicyDocument document, Facts facts) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    String exceeded = limits(document, facts, tree.putArray("limits"));
    Rule decided = decide(document, facts, tree.putArray("rules"));
    String blocked = exceeded;
    Rule.Verdict.Approvals approvals = null;
    if (decided == null) {
      blocked = blocked == null ? "no rule allows it" : blocked;
    } else {
      switch (decided.then()) {
        case Rule.Verdict.Allow _ -> {}
        case Rule.Verdict.Block _ ->
            blocked = blocked == null ? "rule " + decided.id() + " blocks it" : blocked;
        case Rule.Verdict.Approvals a -> approvals = a;
      }
    }
    tree.put("decidedBy", decided == null ? "default" : decided.id());
    if (blocked != null) {
      tree.put("blocked", blocked);
    } else if (approvals != null) {
      tree.put("approvals", approvals.quorum().words());
      tree.put("expiresHours", approvals.hours());
    }
    return new Evaluation(document, blocked, approvals, tree);
  }

  /** True when it may go with the approvals of these people. */
  boolean permits(Set<String> people) {
    return blocked == null && (approvals == null || approvals.quorum().satisfied(document, people));
  }

  private static @Nullable String limits(PolicyDocument document, Facts facts, ArrayNode tree) {
    String exceeded = null;
    for (Limit limit : document.limits()) {
      if (!limit.appliesTo(facts)) {
        continue;
      }
      BigDecimal total = facts.total(limit.per(), limit.asset(), limit.window(), limit.unit());
      boolean within = total.compareTo(limit.max()) <= 0;
      ObjectNode node = tree.addObject();
      node.put("limit", limit.id());
      node.put("total", total.toPlainString());
      node.put("max", limit.max().toPlainString());
      node.put("within", within);
      if (!within && exceeded == null) {
        exceeded = "limit " + limit.id() + " is exceeded";
      }
    }
    return exceeded;
  }

  private static @Nullable Rule decide(PolicyDocument document, Facts facts, ArrayNode tree) {
    for (Rule rule : document.rules()) {
      String mismatch = mismatch(rule, facts);
      ObjectNode node = tree.addObject();
      node.put("rule", rule.id());
      node.put("matched", mismatch == null);
      if (mismatch == null) {
        return rule;
      }
      node.put("because", mismatch);
    }
    return null;
  }

  /** Why a rule does not match, null when it does. */
  private static @Nullable String mismatch(Rule rule, Facts facts) {
    if (!rule.assets().isEmpty() && !rule.assets().contains(facts.asset())) {
      return "asset " + facts.asset();
    }
    if (!rule.accounts().isEmpty() && !rule.accounts().contains(facts.account())) {
      return "account " + facts.account();
    }
    Boolean listed = rule.listed();
    if (listed != null && listed != facts.listed()) {
      return facts.listed() ? "the address is listed" : "the address is not listed";
    }
    for (Map.Entry<Rule.Measure, BigDecimal> bound : new TreeMap<>(rule.above()).entrySet()) {
      BigDecimal value = facts.measure(bound.getKey());
      if (value.compareTo(bound.getValue()) <= 0) {
        return bound.getKey()
            + " "
            + value.toPlainString()
            + " is not above "
            + bound.getValue().toPlainString();
      }
    }
    for (Map.Entry<Rule.Measure, BigDecimal> bound : new TreeMap<>(rule.atMost()).entrySet()) {
      BigDecimal value = facts.measure(bound.getKey());
      if (value.compareTo(bound.getValue()) > 0) {
        return bound.getKey()
            + " "
            + value.toPlainString()
            + " is above "
            + bound.getValue().toPlainString();
      }
    }
    return null;
  }
}
