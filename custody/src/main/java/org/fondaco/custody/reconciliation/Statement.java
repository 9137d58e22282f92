package org.fondaco.custody.reconciliation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.chain.Asset;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A cut for people (text, in coins) and for programs (JSON, in atoms as strings). */
public final class Statement {
  private static final int NAME_WIDTH = 18;
  private static final int AMOUNT_WIDTH = 34;

  private Statement() {}

  /** A table for each asset: every term with its sign, what should be there, what is, the break. */
  public static String text(Cut cut, List<Asset> assets, List<Reconciliation.Break> breaks) {
    StringBuilder text = new StringBuilder();
    text.append(
        "cut %d  %s  begun %s  custody n %d  sequence %d%n"
            .formatted(cut.id(), cut.state(), cut.begunAt(), cut.n(), cut.sequence()));
    if (!cut.note().isEmpty()) {
      text.append("  ").append(cut.note()).append(System.lineSeparator());
    }
    for (Cut.AssetCut asset : cut.assets()) {
      int decimals = decimals(assets, asset.asset());
      text.append(
          "%n%s at block %d %s%n"
              .formatted(asset.code(), asset.cursorHeight(), asset.cursorHash()));
      for (Map.Entry<String, BigDecimal> term : asset.terms().signed().entrySet()) {
        line(text, term.getKey(), term.getValue(), decimals);
      }
      line(text, "= expected", asset.terms().expected(), decimals);
      line(text, "own", asset.own(), decimals);
      line(text, "break", asset.difference(), decimals);
    }
    text.append(System.lineSeparator());
    if (breaks.isEmpty()) {
      text.append("no open breaks").append(System.lineSeparator());
    }
    for (Reconciliation.Break open : breaks) {
      text.append(
          "break %d  asset %d  %s  %s  %s atoms  since %s  owner %s  %s%n"
              .formatted(
                  open.id(),
                  open.asset(),
                  open.cause(),
                  open.key(),
                  open.atoms(),
                  open.openedAt(),
                  open.owner() == null ? "nobody" : open.owner(),
                  open.note()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, BigDecimal atoms, int decimals) {
    String amount = atoms.movePointLeft(decimals).toPlainString();
    text.append("  ")
        .append(name)
        .repeat(" ", Math.max(1, NAME_WIDTH - name.length()))
        .repeat(" ", Math.max(0, AMOUNT_WIDTH - amount.length()))
        .append(amount)
        .append(System.lineSeparator());
  }

  private static int decimals(List<Asset> assets, int id) {
    return assets.stream()
        .filter(asset -> asset.id() == id)
        .mapToInt(Asset::decimals)
        .findFirst()
        .orElse(0);
  }

  /** The same for programs. */
  public static ObjectNode json(Cut cut) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("cut", cut.id());
    node.put("state", cut.state().name());
    node.put("balanced", cut.balanced());
    node.put("begunAt", cut.begunAt().toString());
    node.put("finishedAt", cut.finishedAt() == null ? null : cut.finishedAt().toString());
    node.put("n", cut.n());
    node.put("sequence", cut.sequence());
    node.put("note", cut.note());
    ArrayNode assets = node.putArray("assets");
    for (Cut.AssetCut asset : cut.assets()) {
      ObjectNode one = assets.addObject();
      one.put("asset", asset.code());
      one.put("height", asset.cursorHeight());
      one.put("hash", asset.cursorHash());
      one.put("own", plain(asset.own()));
      one.put("recorded", plain(asset.recorded()));
      one.put("customers", plain(asset.customers()));
      ObjectNode terms = one.putObject("terms");
      asset.terms().signed().forEach((name, atoms) -> terms.put(name, plain(atoms)));
      one.put("expected", plain(asset.terms().expected()));
      one.put("break", plain(asset.difference()));
    }
    return node;
  }

  private static String plain(BigDecimal atoms) {
    return atoms.signum() == 0 ? "0" : atoms.stripTrailingZeros().toPlainString();
  }
}
