package org.fondaco.chain.conformance;

import java.math.BigInteger;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.conformance.BasicSuite.Cases;
import org.fondaco.chain.difficulty.DifficultyRule;
import tools.jackson.databind.JsonNode;

/** {@code DifficultyTests}, and the older files that name a network instead of a fork. */
final class DifficultyCases {
  private DifficultyCases() {}

  static void read(String file, JsonNode json, Cases cases) {
    json.properties()
        .forEach(test ->
            test.getValue()
                .properties()
                .forEach(fork -> {
                  if (!fork.getKey().equals("_info")) {
                    DifficultyRule rule = rule(fork.getKey());
                    fork.getValue()
                        .properties()
                        .forEach(each ->
                            check(fork.getKey(), each.getKey(), rule, each.getValue(), cases));
                  }
                }));
  }

  static void networks(String file, JsonNode json, Cases cases) {
    json.properties()
        .forEach(test -> {
          JsonNode values = test.getValue();
          long number = number(values, "currentBlockNumber").longValueExact();
          check(file, test.getKey(), network(file, number), values, cases);
        });
  }

  private static void check(
      String group, String name, DifficultyRule rule, JsonNode values, Cases cases) {
    String uncles = values.path("parentUncles").asString("0x00");
    boolean hasUncles = !uncles.equals("0x00") && !uncles.equals(BlockHeader.NO_UNCLES.toString());
    cases.same(
        group,
        name,
        number(values, "currentDifficulty"),
        () ->
            rule.next(
                number(values, "currentBlockNumber").longValueExact(),
                number(values, "currentTimestamp").longValue(),
                number(values, "parentDifficulty"),
                number(values, "parentTimestamp").longValue(),
                hasUncles));
  }

  private static DifficultyRule rule(String fork) {
    return switch (fork) {
      case "Frontier" -> DifficultyRule.FRONTIER;
      case "Homestead" -> DifficultyRule.HOMESTEAD;
      case "Byzantium" -> DifficultyRule.BYZANTIUM;
      case "Constantinople" -> DifficultyRule.CONSTANTINOPLE;
      case "Berlin" -> DifficultyRule.MUIR_GLACIER;
      case "London" -> DifficultyRule.LONDON;
      case "ArrowGlacier" -> DifficultyRule.ARROW_GLACIER;
      case "GrayGlacier" -> DifficultyRule.GRAY_GLACIER;
      default -> throw new IllegalArgumentException("no such fork: " + fork);
    };
  }

  /** The forks of the networks when the files were made. */
  private static DifficultyRule network(String file, long number) {
    return switch (file) {
      case "difficulty", "difficultyMainNetwork", "difficultyCustomMainNetwork" -> {
        if (number >= 4_370_000) {
          yield DifficultyRule.BYZANTIUM;
        }
        yield number >= 1_150_000 ? DifficultyRule.HOMESTEAD : DifficultyRule.FRONTIER;
      }
      case "difficultyRopsten" -> {
        if (number >= 4_230_000) {
          yield DifficultyRule.CONSTANTINOPLE;
        }
        yield number >= 1_700_000 ? DifficultyRule.BYZANTIUM : DifficultyRule.HOMESTEAD;
      }
      case "difficultyCustomHomestead" -> DifficultyRule.HOMESTEAD;
      default -> throw new IllegalArgumentException("no such network: " + file);
    };
  }

  private static BigInteger number(JsonNode values, String name) {
    String text = values.path(name).asString();
    return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
  }
}
