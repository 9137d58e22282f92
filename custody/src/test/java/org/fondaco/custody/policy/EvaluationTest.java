package org.fondaco.custody.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluationTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Test
  void saysWhatANaiveReadingOfTheJsonSays() {
    int permitted = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      PolicyDocument document = Documents.random(random);
      Facts facts = Documents.facts(random);
      Set<String> people = Documents.people(random);
      String json = PolicyWriter.write(document);
      assertThat(PolicyJson.read(json)).as("seed %d", seed).isEqualTo(document);
      boolean permits = Evaluation.of(document, facts).permits(people);
      assertThat(permits).as("seed %d", seed).isEqualTo(naive(json, facts, people));
      permitted += permits ? 1 : 0;
    }
    assertThat(permitted).isBetween(2_000, 18_000);
  }

  @Test
  void moreApprovalsNeverMakeItWorse() {
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      Evaluation evaluation = Evaluation.of(Documents.random(random), Documents.facts(random));
      Set<String> some = Documents.people(random);
      if (evaluation.permits(some)) {
        assertThat(evaluation.permits(Set.copyOf(Documents.PEOPLE))).as("seed %d", seed).isTrue();
      }
    }
  }

  @Test
  void theTreeNamesEachLimitAndEachRuleUpToTheOneThatDecided() {
    PolicyDocument document =
        PolicyJson.read(
            """
            {"groups": {"desk": ["anna"]},
             "limits": [{"id": "once", "per": "CUSTOMER", "window": "ONCE", "max": "7", "unit": "REFERENCE"}],
             "rules": [{"id": "small", "when": {"atMost": {"AMOUNT": "1"}}, "then": "ALLOW"},
                       {"id": "asked", "then": {"approvals": {"group": "desk", "count": 1}, "expiresHours": 24}},
                       {"id": "never", "then": "BLOCK"}]}
            """);
    Facts facts =
        new Facts(
            "BTC",
            1_000,
            false,
            BigDecimal.ONE,
            BigDecimal.valueOf(8),
            (_, _, _, _) -> BigDecimal.ZERO);
    assertThat(Evaluation.of(document, facts).tree().toString())
        .isEqualTo(
            "{\"limits\":[{\"limit\":\"once\",\"total\":\"8\",\"max\":\"7\",\"within\":false}],"
                + "\"rules\":[{\"rule\":\"small\",\"matched\":false,\"because\":\"AMOUNT 8 is above"
                + " 1\"},{\"rule\":\"asked\",\"matched\":true}],\"decidedBy\":\"asked\","
                + "\"blocked\":\"limit once is exceeded\"}");
  }

  @Test
  void aMisspeltConditionIsAnErrorSinceItWouldWidenTheRule() {
    Map<String, String> wrong =
        Map.of(
            "{\"rules\":[{\"id\":\"a\",\"when\":{\"asset\":[\"BTC\"]},\"then\":\"ALLOW\"}]}",
            "a.when: unknown [asset]",
            "{\"rules\":[{\"id\":\"a\",\"when\":{\"assets\":[]},\"then\":\"ALLOW\"}]}",
            "a.when.assets is empty; leave it out for all",
            "{\"rules\":[{\"id\":\"a\",\"when\":{\"atMost\":{\"AMOUNT\":1}},\"then\":\"ALLOW\"}]}",
            "a.when.atMost must be a decimal number as a string",
            "{\"rules\":[{\"id\":\"a\",\"then\":{\"approvals\":{\"group\":\"x\",\"count\":1},"
                + "\"expiresHours\":1}}]}",
            "a: no group x",
            "{\"rules\":[{\"id\":\"a\",\"then\":{\"approvals\":{\"all\":[]},\"expiresHours\":1}}]}",
            "a: all and any need a part",
            "{\"rules\":[{\"id\":\"a\",\"then\":\"ALLOW\"},{\"id\":\"a\",\"then\":\"BLOCK\"}]}",
            "two rules have the id a");
    wrong.forEach((json, message) ->
        assertThatThrownBy(() -> PolicyJson.read(json))
            .isInstanceOf(PolicyException.class)
            .hasMessage(message));
  }

  /** Straight from the text, sharing nothing with the code that it checks. */
  private static boolean naive(String json, Facts facts, Set<String> people) {
    JsonNode root = MAPPER.readTree(json);
    for (JsonNode limit : root.path("limits")) {
      String asset = limit.path("asset").asString(null);
      if ((asset != null && !asset.equals(facts.asset()))
          || (limit.has("account") && limit.path("account").longValue() != facts.account())) {
        continue;
      }
      Limit.Unit unit = Limit.Unit.valueOf(limit.path("unit").stringValue());
      BigDecimal sum = unit == Limit.Unit.COIN ? facts.coins() : facts.reference();
      String window = limit.path("window").stringValue();
      if (!window.equals("ONCE")) {
        Limit.Per per = Limit.Per.valueOf(limit.path("per").stringValue());
        sum = sum.add(facts.usage().before(per, asset, Window.valueOf(window), unit));
      }
      if (sum.compareTo(new BigDecimal(limit.path("max").stringValue())) > 0) {
        return false;
      }
    }
    for (JsonNode rule : root.path("rules")) {
      if (matches(rule.path("when"), facts)) {
        JsonNode then = rule.path("then");
        return then.isString()
            ? then.stringValue().equals("ALLOW")
            : enough(root, then.path("approvals"), people);
      }
    }
    return false;
  }

  private static boolean matches(JsonNode when, Facts facts) {
    boolean matches = !when.has("listed") || when.path("listed").booleanValue() == facts.listed();
    if (when.has("assets")) {
      matches &= when.path("assets").toString().contains('"' + facts.asset() + '"');
    }
    if (when.has("accounts")) {
      matches &= when.path("accounts").toString().contains(Long.toString(facts.account()));
    }
    for (Map.Entry<String, JsonNode> bound : when.path("above").properties()) {
      matches &= measured(bound, facts) > 0;
    }
    for (Map.Entry<String, JsonNode> bound : when.path("atMost").properties()) {
      matches &= measured(bound, facts) <= 0;
    }
    return matches;
  }

  private static int measured(Map.Entry<String, JsonNode> bound, Facts facts) {
    BigDecimal value = facts.reference();
    if (!bound.getKey().equals("AMOUNT")) {
      Window window = bound.getKey().equals("CUSTOMER_DAY") ? Window.DAY : Window.MONTH;
      value =
          value.add(facts.usage().before(Limit.Per.CUSTOMER, null, window, Limit.Unit.REFERENCE));
    }
    return value.compareTo(new BigDecimal(bound.getValue().stringValue()));
  }

  private static boolean enough(JsonNode root, JsonNode quorum, Set<String> people) {
    if (quorum.has("all")) {
      for (JsonNode part : quorum.path("all")) {
        if (!enough(root, part, people)) {
          return false;
        }
      }
      return true;
    }
    for (JsonNode part : quorum.path("any")) {
      if (enough(root, part, people)) {
        return true;
      }
    }
    int found = 0;
    String members = root.path("groups").path(quorum.path("group").asString("")).toString();
    for (String person : people) {
      boolean member = members.contains('"' + person + '"') || members.contains("\"*\"");
      found += member && !root.path("barred").toString().contains('"' + person + '"') ? 1 : 0;
    }
    return quorum.has("count") && found >= quorum.path("count").intValue();
  }
}
