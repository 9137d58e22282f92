package org.fondaco.api.story;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** The administrator's morning: engine, database and chain at one cut. */
final class Books {
  private final Trader administrator;
  private final Narrator narrator;

  Books(Trader administrator, Narrator narrator) {
    this.administrator = administrator;
    this.narrator = narrator;
  }

  void reconcile() {
    JsonNode cut = administrator.post("/admin/v1/reconciliation");
    narrator.plain(cut.path("table").asString());
    boolean conclusive = cut.path("cut").path("state").asString().equals("DONE");
    int assets = 0;
    for (JsonNode asset : cut.path("cut").path("assets")) {
      assets++;
      BigDecimal difference = new BigDecimal(asset.path("break").asString("missing"));
      if (difference.signum() != 0) {
        throw new StoryFailed(
            "%s is off by %s atoms".formatted(asset.path("asset").asString(), difference));
      }
    }
    if (!conclusive || assets != 5) {
      throw new StoryFailed("the reconciliation came to no conclusion: " + cut);
    }
    narrator.say("zero breaks in %d assets", assets);
  }
}
