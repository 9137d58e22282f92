package org.fondaco.engine.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.engine.golden.GoldenVenue.sameDecimal;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.simulation.Engines;
import org.fondaco.engine.simulation.Step;
import org.fondaco.engine.simulation.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays each case of src/test/resources/golden/binance against each engine. A case names the
 * documented section; its steps are requests, runs of trades, and expectations in the API's own
 * fields.
 */
class GoldenTest {

  private static final long START = 1_700_000_000_000_000L;
  private static final long STEP = 1_000_000;

  private final GoldenFold fold = new GoldenFold();
  private long time = START;
  private int tradesMade;

  static Stream<Arguments> cases() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(GoldenTest.class.getResource("/golden/binance")).toURI());
    List<Arguments> cases = new ArrayList<>();
    Map<String, Supplier<Subject>> engines = Engines.all();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        for (JsonNode golden : JsonMapper.shared().readTree(file.toFile())) {
          engines.forEach((engine, subject) ->
              cases.add(
                  Arguments.of(golden.get("case").asString() + " " + engine, subject, golden)));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void documentedCase(String name, Supplier<Subject> engine, JsonNode golden) {
    Subject subject = engine.get();
    for (Command command : GoldenVenue.opening()) {
      assertThat(send(subject, command)).as(command.toString()).isEqualTo(RejectReason.NONE);
    }
    int number = 0;
    for (JsonNode step : golden.get("steps")) {
      String kind = step.propertyNames().iterator().next();
      JsonNode body = step.get(kind);
      String where = name + ", step " + number + " " + step;
      switch (kind) {
        case "trades" -> body.forEach(price -> trade(subject, price.asString(), where));
        case "expect" -> expect(body, where);
        default -> {
          Command command = GoldenCommands.command(kind, body, fold);
          JsonNode refused = step.get("refused");
          assertThat(send(subject, command))
              .as(where)
              .isEqualTo(
                  refused == null ? RejectReason.NONE : RejectReason.valueOf(refused.asString()));
        }
      }
      number++;
    }
    assertThat(number).as(name).isPositive();
  }

  private RejectReason send(Subject subject, Command command) {
    time += STEP;
    List<EngineEvent> events =
        subject.apply(new Step(new CommandHeader(time, 0, 0, 0, 0), command));
    events.forEach(fold::apply);
    return ((EngineEvent.CommandDone) events.getLast()).reason();
  }

  /** B sells the smallest quantity to C at this price. */
  private void trade(Subject subject, String price, String where) {
    tradesMade++;
    for (Side side : List.of(Side.SELL, Side.BUY)) {
      OrderSpec spec =
          new OrderSpec(
              side,
              OrderType.LIMIT,
              TimeInForce.GTC,
              SelfTradePreventionMode.NONE,
              0,
              GoldenVenue.units("0.0001"),
              0,
              GoldenVenue.units(price),
              0,
              0,
              Long.MIN_VALUE,
              0,
              "trade" + tradesMade + side);
      long account =
          Objects.requireNonNull(GoldenVenue.ACCOUNTS.get(side == Side.SELL ? "B" : "C"));
      assertThat(send(subject, new Command.PlaceOrder(account, GoldenVenue.SYMBOL, false, spec)))
          .as(where)
          .isEqualTo(RejectReason.NONE);
    }
  }

  private void expect(JsonNode body, String where) {
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      JsonNode wanted = entry.getValue();
      switch (entry.getKey()) {
        case "orders" ->
            wanted.properties().forEach(o -> contains(fold.order(o.getKey()), o.getValue(), where));
        case "trades" -> all(fold.newTrades(), wanted, where);
        case "preventedMatches" -> all(fold.newPreventedMatches(), wanted, where);
        case "lists" ->
            wanted
                .properties()
                .forEach(l ->
                    assertThat(fold.list(l.getKey())).as(where).isEqualTo(l.getValue().asString()));
        case "balances" ->
            wanted
                .properties()
                .forEach(account ->
                    account
                        .getValue()
                        .properties()
                        .forEach(asset ->
                            contains(
                                fold.balance(account.getKey(), asset.getKey()),
                                asset.getValue(),
                                where)));
        case "bids" -> assertThat(fold.depth(Side.BUY)).as(where).isEqualTo(levels(wanted));
        case "asks" -> assertThat(fold.depth(Side.SELL)).as(where).isEqualTo(levels(wanted));
        default -> throw new IllegalArgumentException(entry.getKey());
      }
    }
  }

  private static List<List<String>> levels(JsonNode wanted) {
    List<List<String>> levels = new ArrayList<>();
    wanted.forEach(level ->
        levels.add(
            List.of(sameDecimal(level.get(0).asString()), sameDecimal(level.get(1).asString()))));
    return levels;
  }

  private static void all(List<Map<String, String>> actual, JsonNode wanted, String where) {
    assertThat(actual).as(where).hasSize(wanted.size());
    for (int i = 0; i < actual.size(); i++) {
      contains(actual.get(i), wanted.get(i), where);
    }
  }

  /** Every field that the case names; null means absent. */
  private static void contains(Map<String, String> actual, JsonNode wanted, String where) {
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      String value = actual.get(field.getKey());
      if (field.getValue().isNull()) {
        assertThat(value).as(where + " " + field.getKey()).isNull();
        continue;
      }
      String text = field.getValue().asString();
      boolean number = text.matches("-?[0-9]+(\\.[0-9]+)?");
      assertThat(value)
          .as(where + " " + field.getKey() + " of " + actual)
          .isEqualTo(number ? sameDecimal(text) : text);
    }
  }
}
