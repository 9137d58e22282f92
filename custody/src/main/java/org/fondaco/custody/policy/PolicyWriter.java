package org.fondaco.custody.policy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes documents as JSON:
 *
 * <pre>{@code
 * {"groups": {"treasury": ["anna", "bob"]}, "barred": ["operator"],
 *  "limits": [{"id": "day", "per": "CUSTOMER", "window": "DAY", "max": "50000", "unit": "REFERENCE"}],
 *  "rules": [{"id": "small", "when": {"assets": ["BTC"], "atMost": {"AMOUNT": "1000"}}, "then": "ALLOW"},
 *            {"id": "large", "when": {"assets": ["BTC"]}, "then":
 *               {"approvals": {"all": [{"group": "treasury", "count": 1}]}, "expiresHours": 48}}]}
 * }</pre>
 */
public final class PolicyWriter {

  private PolicyWriter() {}

  /** A document that {@link PolicyJson} reads back as equal. */
  public static String write(PolicyDocument document) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode groups = root.putObject("groups");
    new TreeMap<>(document.groups())
        .forEach((name, members) -> {
          ArrayNode list = groups.putArray(name);
          new TreeSet<>(members).forEach(list::add);
        });
    ArrayNode barred = root.putArray("barred");
    new TreeSet<>(document.barred()).forEach(barred::add);
    ArrayNode limits = root.putArray("limits");
    document.limits().forEach(limit -> limit(limits.addObject(), limit));
    ArrayNode rules = root.putArray("rules");
    document.rules().forEach(rule -> rule(rules.addObject(), rule));
    return root.toString();
  }

  private static void limit(ObjectNode node, Limit limit) {
    node.put("id", limit.id());
    node.put("per", limit.per().name());
    if (limit.asset() != null) {
      node.put("asset", limit.asset());
    }
    if (limit.account() != null) {
      node.put("account", limit.account());
    }
    node.put("window", limit.window().name());
    node.put("max", limit.max().toPlainString());
    node.put("unit", limit.unit().name());
  }

  private static void rule(ObjectNode node, Rule rule) {
    node.put("id", rule.id());
    ObjectNode when = node.putObject("when");
    if (!rule.assets().isEmpty()) {
      ArrayNode assets = when.putArray("assets");
      rule.assets().forEach(assets::add);
    }
    if (!rule.accounts().isEmpty()) {
      ArrayNode accounts = when.putArray("accounts");
      rule.accounts().forEach(accounts::add);
    }
    if (rule.listed() != null) {
      when.put("listed", rule.listed());
    }
    bounds(when, "above", rule.above());
    bounds(when, "atMost", rule.atMost());
    switch (rule.then()) {
      case Rule.Verdict.Allow _ -> node.put("then", "ALLOW");
      case Rule.Verdict.Block _ -> node.put("then", "BLOCK");
      case Rule.Verdict.Approvals approvals -> {
        ObjectNode then = node.putObject("then");
        quorum(then.putObject("approvals"), approvals.quorum());
        then.put("expiresHours", approvals.hours());
      }
    }
  }

  private static void bounds(ObjectNode when, String name, Map<Rule.Measure, BigDecimal> bounds) {
    if (!bounds.isEmpty()) {
      ObjectNode node = when.putObject(name);
      new TreeMap<>(bounds)
          .forEach((measure, value) -> node.put(measure.name(), value.toPlainString()));
    }
  }

  private static void quorum(ObjectNode node, Quorum quorum) {
    switch (quorum) {
      case Quorum.Members members -> {
        node.put("group", members.group());
        node.put("count", members.count());
      }
      case Quorum.All all -> {
        ArrayNode parts = node.putArray("all");
        all.parts().forEach(part -> quorum(parts.addObject(), part));
      }
      case Quorum.Any any -> {
        ArrayNode parts = node.putArray("any");
        any.parts().forEach(part -> quorum(parts.addObject(), part));
      }
    }
  }
}
