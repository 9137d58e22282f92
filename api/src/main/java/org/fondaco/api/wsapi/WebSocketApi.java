package org.fondaco.api.wsapi;

import org.fondaco.api.error.ApiException;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.http.Reception;
import org.fondaco.api.http.Routes;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.socket.Conversation;
import org.fondaco.api.socket.Conversations;
import org.fondaco.api.socket.Peer;
import org.fondaco.api.userdata.UserData;
import org.jspecify.annotations.Nullable;

/** Begins the conversations on {@code /ws-api/v3} [web-socket-api.md]. */
public final class WebSocketApi implements Conversations {

  /** Where it is served. */
  public static final String PATH = "/ws-api/v3";

  private static final int CONNECTING_WEIGHT = 2;

  private final Shared shared;

  /** What all connections use. */
  record Shared(
      MethodTable methods, Reception reception, ApiKeys keys, UserData userData, Limits limits) {}

  /**
   * @param limits for what answers say about them
   * @throws IllegalArgumentException when REST lacks an endpoint that a method stands for
   */
  public WebSocketApi(
      Routes routes, Reception reception, ApiKeys keys, UserData userData, Limits limits) {
    shared = new Shared(new MethodTable(routes), reception, keys, userData, limits);
  }

  @Override
  public @Nullable Conversation begin(Peer peer, String path, String query) {
    Dialogue.Options options;
    try {
      options = options(Parameters.parse(query, ""));
    } catch (ApiException e) {
      // There is no request yet that this could answer.
      Dialogue dialogue = new Dialogue(shared, peer, Dialogue.Options.DEFAULT);
      dialogue.refuseConnection(e);
      return dialogue;
    }
    Dialogue dialogue = new Dialogue(shared, peer, options);
    dialogue.charge(CONNECTING_WEIGHT);
    return dialogue;
  }

  private static Dialogue.Options options(Parameters query) {
    return new Dialogue.Options(
        query.flag("returnRateLimits", true), Dialogue.Options.timeUnit(query.text("timeUnit")));
  }
}
