package org.fondaco.api.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fondaco.api.address.Addresses;
import org.fondaco.api.address.ClientAddress;
import org.fondaco.api.chain.ChainNodeSettings;
import org.fondaco.api.chain.UtxoNodeSettings;
import org.fondaco.api.identity.IdentitySettings;
import org.fondaco.api.redis.Redis;
import org.fondaco.api.session.PublicOrigin;
import org.fondaco.api.session.SessionSettings;

/** The environment with defaults filled in. */
record Values(Map<String, String> environment) {
  String text(Setting setting) {
    String value = environment.getOrDefault(setting.name(), "").strip();
    return value.isEmpty() ? setting.initial() : value;
  }

  boolean onOff(Setting setting) {
    return switch (text(setting)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new Settings.InvalidSetting(setting.name() + " must be on or off");
    };
  }

  void oneOf(Setting setting, String... words) {
    if (!List.of(words).contains(text(setting))) {
      throw new Settings.InvalidSetting(
          setting.name() + " must be one of " + String.join(", ", words));
    }
  }

  int positive(Setting setting) {
    String text = text(setting);
    if (text.matches("[1-9][0-9]{0,8}")) {
      return Integer.parseInt(text);
    }
    throw new Settings.InvalidSetting(setting.name() + " must be a positive number, not " + text);
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
      throw new Settings.InvalidSetting(
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
          throw new Settings.InvalidSetting(
              Setting.FONDACO_TRUSTED_PROXIES + ": " + e.getMessage());
        }
      }
    }
    throw new Settings.InvalidSetting(
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
      throw new Settings.InvalidSetting(Setting.FONDACO_REDIS_URL + " " + e.getMessage());
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
      throw new Settings.InvalidSetting(setting.name() + " must be a port, not " + text);
    }
    throw new Settings.InvalidSetting(setting.name() + " must be a port, not " + text);
  }
}
