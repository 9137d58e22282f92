package org.fondaco.api.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fondaco.api.address.ClientAddress;
import org.fondaco.api.chain.ChainNodeSettings;
import org.fondaco.api.custody.CustodySettings;
import org.fondaco.api.limit.Limits;
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
 * @param custody how money comes in and goes out
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
    Optional<ChainNodeSettings> chainNodes,
    CustodySettings custody) {

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
        values.chainNodes(),
        CustodyValues.read(values));
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

  /** A variable is unknown or has no valid value; the message is for the operator. */
  public static final class InvalidSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSetting(String message) {
      super(message);
    }
  }
}
