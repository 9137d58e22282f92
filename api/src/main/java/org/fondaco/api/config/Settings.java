package org.fondaco.api.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fondaco.api.address.Addresses;
import org.fondaco.api.address.ClientAddress;
import org.fondaco.api.chain.ChainNodeSettings;
import org.fondaco.api.chain.UtxoNodeSettings;
import org.fondaco.api.identity.IdentitySettings;
import org.fondaco.api.limit.Limits;
import org.fondaco.api.redis.Redis;
import org.fondaco.api.session.PublicOrigin;
import org.fondaco.api.session.SessionSettings;
import org.fondaco.api.socket.SocketLimits;
import org.fondaco.db.DatabaseConfig;

/**
 * What the operator asked for, parsed and checked.
 *
 * @param host name or address to listen on
 * @param port 0 to 65535, 0 = any free one
 * @param data data folder, absolute
 * @param demo this venue is a demo: demo users, funds and symbols are created unless they exist
 * @param simulator run the demo's market makers
 * @param dbUrl PostgreSQL of somebody else; empty = the embedded one
 * @param dbPort port of the embedded PostgreSQL, 0 = any free one
 * @param limits how much a client may ask for
 * @param journalSegmentMib length of a journal segment, MiB
 * @param journalLimitMib orders are refused while the journal is longer, MiB
 * @param clients tells who is behind a trusted reverse proxy
 * @param redisUrl Redis to share sessions and limits through; contains its password
 * @param sockets what a client may do on WebSockets
 * @param people sessions, registration and approvals
 * @param feeValuationAsset code of the asset that 30-day volumes are valued in
 * @param metricsToken who has it may read the metrics; empty = loopback addresses only
 * @param chainNodes the embedded nodes; empty = none
 */
public record Settings(
    String host,
    int port,
    Path data,
    boolean demo,
    boolean simulator,
    Optional<String> dbUrl,
    int dbPort,
    Limits limits,
    int journalSegmentMib,
    int journalLimitMib,
    ClientAddress clients,
    Optional<String> redisUrl,
    SocketLimits sockets,
    PeopleSettings people,
    String feeValuationAsset,
    Optional<String> metricsToken,
    Optional<ChainNodeSettings> chainNodes) {

  /** Name of the file in the data folder that the demo writes; its presence marks a demo. */
  public static final String DEMO_CREDENTIALS = "demo-credentials.json";

  private static final String PREFIX = "FONDACO_";

  /**
   * Reads the variables that start with {@code FONDACO_}.
   *
   * @throws InvalidSetting naming the variable, when one is unknown or has no valid value
   */
  public static Settings of(Map<String, String> environment) {
    refuseUnknown(environment);
    Values values = new Values(environment);
    // The log's own configuration reads these two; here they are only checked.
    values.oneOf(Setting.FONDACO_LOG_FORMAT, "text", "json");
    values.oneOf(Setting.FONDACO_LOG_LEVEL, "ERROR", "WARN", "INFO", "DEBUG", "TRACE");
    String host = values.text(Setting.FONDACO_HOST);
    Path data = Path.of(values.text(Setting.FONDACO_DATA)).toAbsolutePath().normalize();
    return new Settings(
        host,
        values.port(Setting.FONDACO_PORT),
        data,
        demo(values, host, data),
        values.onOff(Setting.FONDACO_SIMULATOR),
        Optional.of(values.text(Setting.FONDACO_DB_URL)).filter(url -> !url.isEmpty()),
        values.port(Setting.FONDACO_DB_PORT),
        new Limits(
            values.positive(Setting.FONDACO_WEIGHT_PER_MINUTE),
            values.positive(Setting.FONDACO_ORDERS_PER_TEN_SECONDS),
            values.positive(Setting.FONDACO_ORDERS_PER_DAY)),
        values.positive(Setting.FONDACO_JOURNAL_SEGMENT_MIB),
        values.positive(Setting.FONDACO_JOURNAL_LIMIT_MIB),
        values.proxies(),
        values.redis(),
        SocketLimits.documented(
            values.positive(Setting.FONDACO_SOCKETS_MAX),
            values.positive(Setting.FONDACO_SOCKETS_PER_FIVE_MINUTES)),
        values.people(),
        values.text(Setting.FONDACO_FEE_VALUATION_ASSET),
        Optional.of(values.text(Setting.FONDACO_METRICS_TOKEN)).filter(text -> !text.isEmpty()),
        values.chainNodes());
  }

  /** Leaves out the URLs, which contain passwords. */
  @Override
  public String toString() {
    return "Settings[host=%s, port=%d, data=%s, demo=%s]".formatted(host, port, data, demo);
  }

  /** Where the venue's database is. */
  public DatabaseConfig database() {
    return dbUrl
        .<DatabaseConfig>map(DatabaseConfig.External::new)
        .orElseGet(() -> new DatabaseConfig.Embedded(data.resolve("postgres"), dbPort));
  }

  /** The text of {@code ./fondaco help config}. */
  public static String describe() {
    return Arrays.stream(Setting.values())
        .map(setting ->
            "%s (default %s)%n    %s%n"
                .formatted(
                    setting.name(),
                    setting.initial().isEmpty() ? "none" : setting.initial(),
                    setting.meaning()))
        .collect(Collectors.joining("\n", "Settings are environment variables.\n\n", ""));
  }

  private static boolean demo(Values values, String host, Path data) {
    boolean demoData = Files.exists(data.resolve(DEMO_CREDENTIALS));
    boolean wanted =
        switch (values.text(Setting.FONDACO_DEMO)) {
          case "off" -> false;
          case "on" -> true;
          case "auto" -> demoData || (isLoopback(host) && isEmpty(data));
          default -> throw new InvalidSetting("FONDACO_DEMO must be on, off or auto");
        };
    if (wanted && !isLoopback(host)) {
      throw new InvalidSetting(
          "the demo prints its passwords and is refused on %s, which is no loopback address"
              .formatted(host));
    }
    return wanted;
  }

  private static boolean isLoopback(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      throw new InvalidSetting("FONDACO_HOST: no such host: " + host);
    }
  }

  private static boolean isEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return true;
    }
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new InvalidSetting("FONDACO_DATA: cannot read " + folder + ": " + e.getMessage());
    }
  }

  private static void refuseUnknown(Map<String, String> environment) {
    for (String name : environment.keySet()) {
      if (name.startsWith(PREFIX)
          && Arrays.stream(Setting.values()).noneMatch(known -> known.name().equals(name))) {
        throw new InvalidSetting(
            "unknown setting " + name + "; ./fondaco help config lists the known ones");
      }
    }
  }

  /** The environment with defaults filled in. */
  private record Values(Map<String, String> environment) {
    String text(Setting setting) {
      String value = environment.getOrDefault(setting.name(), "").strip();
      return value.isEmpty() ? setting.initial() : value;
    }

    boolean onOff(Setting setting) {
      return switch (text(setting)) {
        case "on" -> true;
        case "off" -> false;
        default -> throw new InvalidSetting(setting.name() + " must be on or off");
      };
    }

    void oneOf(Setting setting, String... words) {
      if (!List.of(words).contains(text(setting))) {
        throw new InvalidSetting(setting.name() + " must be one of " + String.join(", ", words));
      }
    }

    int positive(Setting setting) {
      String text = text(setting);
      if (text.matches("[1-9][0-9]{0,8}")) {
        return Integer.parseInt(text);
      }
      throw new InvalidSetting(setting.name() + " must be a positive number, not " + text);
    }

    Optional<ChainNodeSettings> chainNodes() {
      ChainNodeSettings doors =
          new ChainNodeSettings(
              port(Setting.FONDACO_NODE_HTTP_PORT),
              port(Setting.FONDACO_NODE_WS_PORT),
              positive(Setting.FONDACO_NODE_DEPTH),
              new UtxoNodeSettings(
                  port(Setting.FONDACO_NODE_BTC_RPC_PORT),
                  port(Setting.FONDACO_NODE_BCH_RPC_PORT),
                  port(Setting.FONDACO_NODE_LTC_RPC_PORT),
                  positive(Setting.FONDACO_NODE_UTXO_DEPTH)));
      return onOff(Setting.FONDACO_NODE) ? Optional.of(doors) : Optional.empty();
    }

    PeopleSettings people() {
      return new PeopleSettings(
          publicUrl(),
          new SessionSettings(
              Duration.ofMinutes(positive(Setting.FONDACO_SESSION_IDLE_MINUTES)),
              Duration.ofHours(positive(Setting.FONDACO_SESSION_HOURS))),
          new IdentitySettings(
              onOff(Setting.FONDACO_REGISTRATION),
              positive(Setting.FONDACO_WRONG_PASSWORDS_PER_USER),
              positive(Setting.FONDACO_WRONG_PASSWORDS_PER_ADDRESS)),
          Duration.ofHours(positive(Setting.FONDACO_APPROVAL_HOURS)));
    }

    private Optional<PublicOrigin> publicUrl() {
      String url = text(Setting.FONDACO_PUBLIC_URL);
      try {
        return url.isEmpty() ? Optional.empty() : Optional.of(new PublicOrigin(URI.create(url)));
      } catch (IllegalArgumentException e) {
        throw new InvalidSetting(
            Setting.FONDACO_PUBLIC_URL + " must be scheme, host and port only, not " + url);
      }
    }

    ClientAddress proxies() {
      String header = text(Setting.FONDACO_PROXY_HEADER);
      for (ClientAddress.ProxyHeader known : ClientAddress.ProxyHeader.values()) {
        if (known.text().equalsIgnoreCase(header)) {
          try {
            return new ClientAddress(Addresses.parse(text(Setting.FONDACO_TRUSTED_PROXIES)), known);
          } catch (IllegalArgumentException e) {
            throw new InvalidSetting(Setting.FONDACO_TRUSTED_PROXIES + ": " + e.getMessage());
          }
        }
      }
      throw new InvalidSetting(
          Setting.FONDACO_PROXY_HEADER + " must be X-Forwarded-For or Forwarded, not " + header);
    }

    Optional<String> redis() {
      String url = text(Setting.FONDACO_REDIS_URL);
      if (url.isEmpty()) {
        return Optional.empty();
      }
      try {
        Redis.check(url);
      } catch (IllegalArgumentException e) {
        throw new InvalidSetting(Setting.FONDACO_REDIS_URL + " " + e.getMessage());
      }
      return Optional.of(url);
    }

    int port(Setting setting) {
      String text = text(setting);
      try {
        int port = Integer.parseInt(text);
        if (port >= 0 && port <= 65_535) {
          return port;
        }
      } catch (NumberFormatException e) {
        throw new InvalidSetting(setting.name() + " must be a port, not " + text);
      }
      throw new InvalidSetting(setting.name() + " must be a port, not " + text);
    }
  }

  /** A variable is unknown or has no valid value; the message is for the operator. */
  public static final class InvalidSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSetting(String message) {
      super(message);
    }
  }
}
