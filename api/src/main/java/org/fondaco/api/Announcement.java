package org.fondaco.api;

import java.util.List;
import java.util.stream.Collectors;
import org.fondaco.api.chain.UtxoNodes;
import org.fondaco.api.config.Settings;
import org.fondaco.api.custody.CustodyDesk;
import org.fondaco.engine.host.RecoveryReport;

/** What is printed when the venue serves: every address and folder. */
final class Announcement {

  private Announcement() {}

  private static String utxo(UtxoNodes nodes) {
    return nodes.announcements().stream().map("  %s%n"::formatted).collect(Collectors.joining());
  }

  private static String custody(Venue venue) {
    List<String> lines =
        venue
            .custody()
            .map(CustodyDesk::announcement)
            .orElse(List.of("Custody        off (FONDACO_CUSTODY): no deposits, no withdrawals"));
    return lines.stream().map("  %s%n"::formatted).collect(Collectors.joining());
  }

  static String of(Venue venue) {
    Settings settings = venue.settings();
    RecoveryReport recovery = venue.host().recovery();
    return """

    Fondaco serves.
      API            %1$s/api/v3   (the Binance Spot API)
      Streams        %8$s/ws and %8$s/stream
      WebSocket API  %8$s/ws-api/v3
      Health         %1$s/health/ready, metrics at %1$s/metrics
      People         %6$s/v1   (cookies %7$s)
      OpenAPI page   %1$s/swagger-ui
      OpenAPI        %1$s/v3/api-docs
      Data folder    %2$s
      PostgreSQL     %3$s
      Account chain  %9$s
    %10$s%11$s\
      Recovered      %4$d commands, %5$d of them replayed after the snapshot
      Stop           Ctrl-C
    """
        .formatted(
            venue.address(),
            settings.data(),
            venue.database().url(),
            recovery.lastSequence(),
            recovery.replayed(),
            venue.publicOrigin().origin(),
            venue.publicOrigin().secure() ? "for HTTPS only" : "for plain HTTP",
            venue.address().toString().replaceFirst("^http", "ws"),
            venue
                .chainNodes()
                .map(nodes -> nodes.account().announcement())
                .orElse("no embedded nodes (FONDACO_NODE=off)"),
            venue.chainNodes().map(nodes -> utxo(nodes.utxo())).orElse(""),
            custody(venue));
  }
}
