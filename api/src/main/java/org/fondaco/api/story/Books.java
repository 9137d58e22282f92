package org.fondaco.api.story;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** The administrator's morning: engine, database and chain at one cut. */
final class Books {
  /** A chain that mines block after block may be ahead of its cursor at every look of a cut. */
  private static final int CUTS_MAX = 4;

  private final Trader administrator;
  private final Narrator narrator;

  Books(Trader administrator, Narrator narrator) {
    this.administrator = administrator;
    this.narrator = narrator;
  }

  void reconcile() {
    JsonNode cut = cut();
    for (int i = 1; i < CUTS_MAX && !conclusive(cut); i++) {
      cut = cut();
    }
    int assets = 0;
    for (JsonNode asset : cut.path("cut").path("assets")) {
      assets++;
      BigDecimal difference = new BigDecimal(asset.path("break").asString("missing"));
      if (difference.signum() != 0) {
        throw new StoryFailed(
            "%s is off by %s atoms".formatted(asset.path("asset").asString(), difference));
      }
    }
    if (!conclusive(cut) || assets != 5) {
      throw new StoryFailed("the reconciliation came to no conclusion: " + cut);
    }
    narrator.say("zero breaks in %d assets", assets);
  }

  private JsonNode cut() {
    JsonNode cut = administrator.post("/admin/v1/reconciliation");
    narrator.plain(cut.path("table").asString());
    return cut;
  }

  private static boolean conclusive(JsonNode cut) {
    return cut.path("cut").path("state").asString().equals("DONE");
  }
}
