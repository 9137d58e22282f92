package org.fondaco.custody.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads documents from JSON; an unknown or missing field is an error, since a misspelt condition
 * would widen a rule. Numbers of money are strings. {@link PolicyWriter} shows the shape.
 */
public final class PolicyJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private PolicyJson() {}

  /**
   * Reads a document.
   *
   * @throws PolicyException naming the place that is wrong
   */
  public static PolicyDocument read(String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new PolicyException("not JSON: " + e.getOriginalMessage());
    }
    only(root, "policy", "groups", "barred", "limits", "rules");
    Map<String, Set<String>> groups = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> group : root.path("groups").properties()) {
      groups.put(group.getKey(), new LinkedHashSet<>(texts(group.getValue(), "groups")));
    }
    return new PolicyDocument(
        list(root.path("rules"), "rules", PolicyJson::rule),
        list(root.path("limits"), "limits", PolicyJson::limit),
        groups,
        new LinkedHashSet<>(texts(root.path("barred"), "barred")));
  }

  private static Rule rule(JsonNode node) {
    String id = text(node, "rule", "id");
    only(node, id, "id", "when", "then");
    JsonNode when = node.path("when");
    if (!when.isMissingNode()) {
      only(when, id + ".when", "assets", "accounts", "listed", "above", "atMost");
    }
    JsonNode listed = when.path("listed");
    PolicyException.unless(
        listed.isMissingNode() || listed.isBoolean(), id + ".when.listed must be true or false");
    return new Rule(
        id,
        filter(when, id, "assets", PolicyJson::string),
        filter(when, id, "accounts", PolicyJson::account),
        listed.isMissingNode() ? null : listed.booleanValue(),
        bounds(when.path("above"), id + ".when.above"),
        bounds(when.path("atMost"), id + ".when.atMost"),
        verdict(node.path("then"), id + ".then"));
  }

  /** An empty list would mean all, which is not what "none of them" says: it is refused. */
  private static <T> List<T> filter(
      JsonNode when, String id, String field, Function<JsonNode, T> read) {
    List<T> values = list(when.path(field), id + ".when." + field, read);
    PolicyException.unless(
        when.path(field).isMissingNode() || !values.isEmpty(),
        id + ".when." + field + " is empty; leave it out for all");
    return values;
  }

  private static Rule.Verdict verdict(JsonNode node, String place) {
    if (node.isString()) {
      return switch (node.stringValue()) {
        case "ALLOW" -> new Rule.Verdict.Allow();
        case "BLOCK" -> new Rule.Verdict.Block();
        default -> throw new PolicyException(place + " must be ALLOW, BLOCK or approvals");
      };
    }
    only(node, place, "approvals", "expiresHours");
    PolicyException.unless(
        node.path("expiresHours").isInt(), place + ".expiresHours must be a number");
    return new Rule.Verdict.Approvals(
        quorum(node.path("approvals"), place + ".approvals"), node.path("expiresHours").intValue());
  }

  private static Quorum quorum(JsonNode node, String place) {
    if (node.has("all")) {
      only(node, place, "all");
      return new Quorum.All(list(node.path("all"), place, part -> quorum(part, place)));
    }
    if (node.has("any")) {
      only(node, place, "any");
      return new Quorum.Any(list(node.path("any"), place, part -> quorum(part, place)));
    }
    only(node, place, "group", "count");
    PolicyException.unless(node.path("count").isInt(), place + ".count must be a number");
    return new Quorum.Members(text(node, place, "group"), node.path("count").intValue());
  }

  private static Limit limit(JsonNode node) {
    String id = text(node, "limit", "id");
    only(node, id, "id", "per", "asset", "account", "window", "max", "unit");
    return new Limit(
        id,
        constant(Limit.Per.class, text(node, id, "per"), id + ".per"),
        node.has("asset") ? text(node, id, "asset") : null,
        node.has("account") ? account(node.path("account")) : null,
        constant(Window.class, text(node, id, "window"), id + ".window"),
        number(node.path("max"), id + ".max"),
        constant(Limit.Unit.class, text(node, id, "unit"), id + ".unit"));
  }

  private static Map<Rule.Measure, BigDecimal> bounds(JsonNode node, String place) {
    Map<Rule.Measure, BigDecimal> bounds = new EnumMap<>(Rule.Measure.class);
    PolicyException.unless(node.isMissingNode() || node.isObject(), place + " must be an object");
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      bounds.put(
          constant(Rule.Measure.class, entry.getKey(), place), number(entry.getValue(), place));
    }
    return bounds;
  }

  private static BigDecimal number(JsonNode node, String place) {
    PolicyException.unless(
        node.isString() && node.stringValue().matches("[0-9]{1,30}(\\.[0-9]{1,18})?"),
        place + " must be a decimal number as a string");
    return new BigDecimal(node.stringValue());
  }

  private static long account(JsonNode node) {
    PolicyException.unless(node.isIntegralNumber(), "an account is a number");
    return node.longValue();
  }

  private static String text(JsonNode node, String place, String field) {
    JsonNode value = node.path(field);
    PolicyException.unless(
        value.isString() && !value.stringValue().isBlank(), place + ": " + field + " is missing");
    return value.stringValue();
  }

  private static String string(JsonNode node) {
    PolicyException.unless(node.isString(), node + " is not a string");
    return node.stringValue();
  }

  private static List<String> texts(JsonNode node, String place) {
    return list(node, place, PolicyJson::string);
  }

  private static <T> List<T> list(JsonNode node, String place, Function<JsonNode, T> read) {
    PolicyException.unless(node.isMissingNode() || node.isArray(), place + " must be a list");
    List<T> values = new ArrayList<>();
    for (JsonNode value : node) {
      values.add(read.apply(value));
    }
    return values;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name, String place) {
    for (@Nullable E value : type.getEnumConstants()) {
      if (value != null && value.name().equals(name)) {
        return value;
      }
    }
    throw new PolicyException(place + ": " + name + " is not one of those known");
  }

  private static void only(JsonNode node, String place, String... fields) {
    PolicyException.unless(node.isObject(), place + " must be an object");
    Set<String> known = Set.of(fields);
    Set<String> unknown = new HashSet<>(node.propertyNames());
    unknown.removeAll(known);
    PolicyException.unless(unknown.isEmpty(), place + ": unknown " + unknown);
  }
}
