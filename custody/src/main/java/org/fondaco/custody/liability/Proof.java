package org.fondaco.custody.liability;

import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a customer gets to check that his balance is in a published total.
 *
 * @param code of the asset, for people
 * @param salt 32 bytes, his alone
 * @param units his balance
 */
public record Proof(
    long epoch,
    int asset,
    String code,
    long account,
    byte[] salt,
    long units,
    List<SumTree.Step> path,
    SumNode root) {
  public Proof {
    path = List.copyOf(path);
  }

  /** True when the way from the customer's leaf ends at the root. */
  public boolean holds() {
    SumNode leaf = SumNode.leaf(epoch, asset, account, salt, units);
    return SumTree.follow(leaf, path).equals(root);
  }

  /** For {@code java Verify.java proof.json}, numbers as strings. */
  public String json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", "fondaco-liabilities-1");
    node.put("epoch", Long.toString(epoch));
    node.put("asset", Integer.toString(asset));
    node.put("code", code);
    node.put("account", Long.toString(account));
    node.put("salt", HexFormat.of().formatHex(salt));
    node.put("units", Long.toString(units));
    ArrayNode steps = node.putArray("path");
    for (SumTree.Step step : path) {
      ObjectNode one = steps.addObject();
      one.put("side", step.left() ? "left" : "right");
      one.put("hash", step.sibling().hex());
      one.put("sum", Long.toString(step.sibling().sum()));
    }
    node.put("root", root.hex());
    node.put("total", Long.toString(root.sum()));
    return node.toString();
  }
}
