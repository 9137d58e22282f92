package org.fondaco.api.projection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A real database whose connection breaks at a chosen step. A step is a statement, a commit, or the
 * start of copying.
 */
final class FailingDatabase {
  private static final Set<String> STEPS =
      Set.of("execute", "executeQuery", "executeUpdate", "commit", "unwrap");

  private final DataSource real;
  private int stepsLeft;
  private Moment moment = Moment.BEFORE;

  /** When the step fails, as the caller sees it. */
  enum Moment {
    /** It did not reach the server. */
    BEFORE,
    /** The server did it and its answer was lost; after a commit that leaves the outcome open. */
    AFTER,
    /** The server's process for this connection ended. */
    TERMINATED
  }

  FailingDatabase(DataSource real) {
    this.real = real;
  }

  /** The n-th step from now fails, and the connection with it. */
  void failAt(int step, Moment when) {
    stepsLeft = step;
    moment = when;
  }

  void heal() {
    stepsLeft = 0;
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        (method, arguments) ->
            method.getName().equals("getConnection")
                ? connection(real.getConnection())
                : call(real, method, arguments));
  }

  private Connection connection(Connection connection) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          Object result = step(connection, connection, method, arguments);
          return switch (result) {
            case PreparedStatement statement ->
                statement(PreparedStatement.class, connection, statement);
            case Statement statement -> statement(Statement.class, connection, statement);
            case null, default -> result;
          };
        });
  }

  private <S extends Statement> S statement(Class<S> type, Connection connection, S statement) {
    return proxy(type, (method, arguments) -> step(connection, statement, method, arguments));
  }

  private @Nullable Object step(
      Connection connection, Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (!STEPS.contains(method.getName()) || stepsLeft == 0 || --stepsLeft > 0) {
      return call(target, method, arguments);
    }
    switch (moment) {
      case BEFORE -> {
        connection.abort(Runnable::run);
        throw new SQLException("the connection was cut", "08006");
      }
      case AFTER -> {
        call(target, method, arguments);
        connection.abort(Runnable::run);
        throw new SQLException("the connection was cut", "08006");
      }
      case TERMINATED -> {
        terminate(connection.unwrap(PGConnection.class).getBackendPID());
        return call(target, method, arguments);
      }
    }
    throw new IllegalStateException("no such moment " + moment);
  }

  /** Returns when the backend is gone. */
  private void terminate(int pid) throws SQLException {
    try (Connection other = real.getConnection();
        PreparedStatement terminate =
            other.prepareStatement("select pg_terminate_backend(?, 10000)")) {
      terminate.setInt(1, pid);
      try (ResultSet row = terminate.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          throw new SQLException("backend " + pid + " did not end");
        }
      }
    }
  }

  private interface Call {
    @Nullable Object of(Method method, Object @Nullable [] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            FailingDatabase.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call.of(method, arguments)));
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
