package org.fondaco.chain.conformance;

import java.util.List;
import org.fondaco.chain.conformance.BasicSuite.Cases;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.transaction.TransactionRules;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code TransactionTests}: what each fork takes, by whom it was sent and what it costs. */
final class TransactionCases {
  private TransactionCases() {}

  static void read(String file, JsonNode json, Cases cases) {
    json.properties()
        .forEach(test -> {
          String bytes = test.getValue().path("txbytes").asString();
          test.getValue()
              .path("result")
              .properties()
              .forEach(fork ->
                  cases.check(
                      fork.getKey(),
                      test.getKey(),
                      () -> check(bytes, fork.getKey(), fork.getValue())));
        });
  }

  private static @Nullable String check(String bytes, String fork, JsonNode expected) {
    boolean refused = expected.has("exception");
    Transaction transaction;
    try {
      transaction = Transaction.decode(Hex.decode(bytes));
    } catch (RlpException | IllegalArgumentException e) {
      return refused ? null : "refused: " + e.getMessage();
    }
    TransactionRules rules = new TransactionRules(Forks.named(fork), U256.ONE);
    TransactionRules.Refusal refusal = rules.check(transaction);
    if (refused || refusal != null) {
      return refused && refusal != null
          ? null
          : "expected " + expected.path("exception").asString("none") + ", got " + refusal;
    }
    List<String> want =
        List.of(
            expected.path("hash").asString(),
            expected.path("sender").asString(),
            Long.decode(expected.path("intrinsicGas").asString()).toString());
    List<String> got =
        List.of(
            transaction.hash().toString(),
            String.valueOf(transaction.sender()),
            Long.toString(rules.intrinsicGas(transaction)));
    return want.equals(got) ? null : "expected " + want + ", got " + got;
  }
}
