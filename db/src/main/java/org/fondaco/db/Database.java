package org.fondaco.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.fondaco.db.postgres.EmbeddedPostgres;
import org.fondaco.db.postgres.PostgresException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The venue's database: running, migrated, and reachable through a small pool. Losing it later is
 * an operating failure of the caller's statement, never of trading; the pool reconnects by itself.
 */
public final class Database implements AutoCloseable {
  static final String NAME = "fondaco";
  private static final int POOL_SIZE_MAX = 8;
  private static final long CONNECTION_MILLIS_MAX = 3_000;

  /**
   * A page of history is a run of one index, whatever the statistics say of an account that was
   * small when they were taken: a bitmap has no order, so that one would read all to sort it.
   */
  private static final String IN_ORDER_OF_AN_INDEX = "set enable_bitmapscan = off";

  static {
    // jOOQ greets on the log unless told not to, and only system properties tell it.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private final @Nullable EmbeddedPostgres embedded;
  private final HikariDataSource pool;
  private final DSLContext jooq;

  private Database(@Nullable EmbeddedPostgres embedded, HikariDataSource pool) {
    this.embedded = embedded;
    this.pool = pool;
    this.jooq = DSL.using(pool, SQLDialect.POSTGRES);
  }

  /**
   * Starts or reaches the server and brings its tables to this version; returns when that is done.
   *
   * @throws PostgresException when the embedded server does not start, or the database cannot be
   *     reached or migrated
   */
  public static Database start(DatabaseConfig config) {
    return switch (config) {
      case DatabaseConfig.Embedded e -> startEmbedded(e);
      case DatabaseConfig.External e -> new Database(null, migratedPool(Login.of(e.url())));
    };
  }

  private static Database startEmbedded(DatabaseConfig.Embedded config) {
    EmbeddedPostgres server = EmbeddedPostgres.start(config.folder(), config.port());
    try {
      createDatabase(server);
      Login login = new Login(server.jdbcUrl(NAME), server.user(), server.password());
      return new Database(server, migratedPool(login));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The pool; connections are in auto-commit mode. */
  public DataSource dataSource() {
    return pool;
  }

  /** jOOQ over the pool. */
  public DSLContext jooq() {
    return jooq;
  }

  /** JDBC address, without credentials. */
  public String url() {
    return pool.getJdbcUrl();
  }

  /** The embedded server, if this database is not somebody else's. */
  public Optional<EmbeddedPostgres> embedded() {
    return Optional.ofNullable(embedded);
  }

  /** Closes the pool, then stops the embedded server. */
  @Override
  public void close() {
    pool.close();
    if (embedded != null) {
      embedded.close();
    }
  }

  private static void createDatabase(EmbeddedPostgres server) {
    Properties login = new Properties();
    login.setProperty("user", server.user());
    login.setProperty("password", server.password());
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl("postgres"), login);
        PreparedStatement find =
            connection.prepareStatement("select 1 from pg_database where datname = ?")) {
      find.setString(1, NAME);
      try (var found = find.executeQuery()) {
        if (found.next()) {
          return;
        }
      }
      try (var create = connection.createStatement()) {
        create.execute("create database " + NAME);
      }
    } catch (SQLException e) {
      throw new PostgresException("cannot create the database: " + e.getMessage(), e);
    }
  }

  private static HikariDataSource migratedPool(Login login) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("fondaco-db");
    config.setJdbcUrl(login.url());
    if (login.user() != null) {
      config.setUsername(login.user());
      config.setPassword(login.password());
    }
    config.setMaximumPoolSize(POOL_SIZE_MAX);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_MILLIS_MAX);
    config.setConnectionInitSql(IN_ORDER_OF_AN_INDEX);
    HikariDataSource pool = connect(config);
    try {
      Flyway.configure().dataSource(pool).load().migrate();
      return pool;
    } catch (RuntimeException e) {
      pool.close();
      throw new PostgresException("cannot migrate the database: " + e.getMessage(), e);
    }
  }

  private static HikariDataSource connect(HikariConfig config) {
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new PostgresException("cannot reach the database: " + e.getMessage(), e);
    }
  }

  /** Where and as whom to connect; user and password may be part of the URL instead. */
  record Login(String url, @Nullable String user, @Nullable String password) {

    static Login of(String url) {
      if (url.startsWith("jdbc:postgresql:")) {
        return new Login(url, null, null);
      }
      if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
        throw new PostgresException(
            "FONDACO_DB_URL must start with jdbc:postgresql: or postgresql:");
      }
      URI uri = parsed(url);
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String port = uri.getPort() == -1 ? "" : ":" + uri.getPort();
      String jdbc = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
      String userInfo = uri.getRawUserInfo();
      if (userInfo == null) {
        return new Login(jdbc, null, null);
      }
      int colon = userInfo.indexOf(':');
      String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
      String password = colon < 0 ? "" : userInfo.substring(colon + 1);
      return new Login(jdbc, decode(user), decode(password));
    }

    /** What cannot be parsed is not repeated: there is a password in it. */
    private static URI parsed(String url) {
      try {
        URI uri = new URI(url);
        if (uri.getHost() != null) {
          return uri;
        }
      } catch (URISyntaxException e) {
        // Its message is the whole address.
      }
      throw new PostgresException("FONDACO_DB_URL is not an address of a database");
    }

    private static String decode(String text) {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }
}
