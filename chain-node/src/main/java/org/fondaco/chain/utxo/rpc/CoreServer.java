package org.fondaco.chain.utxo.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.fondaco.chain.utxo.notify.NotificationDoor;
import org.fondaco.chain.utxo.notify.Notifications;
import org.fondaco.chain.utxo.notify.Topic;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON-RPC by POST with Bitcoin Core's authentication and statuses: 401 without a password, 404 for
 * an unknown method and 500 for other errors of version 1, 200 for version 2.0 and batches.
 */
public final class CoreServer implements AutoCloseable {
  /** A block of 4 MB in hexadecimal fits. */
  private static final int BODY_BYTES_MAX = 32 << 20;

  private static final int DEPTH_MAX = 512;

  /** Bitcoin Core's: the wallet's name follows. */
  private static final String WALLET_PATH = "/wallet/";

  private static final int IDLE_MILLIS = 30_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(BODY_BYTES_MAX)
                          .build())
                  .build())
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final CoreMethods methods;
  private final List<byte[]> credentials;
  private final Server server;
  private final ServerConnector connector;
  private final NotificationDoor door;

  /**
   * Serves from now on.
   *
   * @param credentials each {@code user:password} that may call everything
   * @throws IOException if the port is taken
   */
  CoreServer(
      String host,
      int port,
      List<String> credentials,
      CoreMethods methods,
      Notifications notifications)
      throws IOException {
    this.methods = methods;
    methods.add(
        "Zmq",
        "getzmqnotifications",
        "",
        "Returns where notifications are: a WebSocket for every topic, or one for several"
            + " (?topics=hashblock,sequence), with the password of JSON-RPC.",
        _ -> topics());
    this.credentials =
        credentials.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
    QueuedThreadPool pool = new QueuedThreadPool(8, 2);
    pool.setName("utxo-rpc");
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server = new Server(pool);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    door = new NotificationDoor(notifications, this::isAuthorized, new Door());
    server.setHandler(door);
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /** TCP port. */
  public int port() {
    return connector.getLocalPort();
  }

  private ArrayNode topics() {
    ArrayNode all = MAPPER.createArrayNode();
    for (Topic topic : Topic.values()) {
      all.addObject()
          .put("type", "pub" + topic.text())
          .put(
              "address",
              "ws://%s:%d%s?topics=%s"
                  .formatted(connector.getHost(), port(), NotificationDoor.PATH, topic.text()));
    }
    return all;
  }

  private final class Door extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      if (!HttpMethod.POST.is(request.getMethod())) {
        return answer(response, callback, 405, "JSONRPC server handles only POST requests");
      }
      if (!isAuthorized(request)) {
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"jsonrpc\"");
        return answer(response, callback, 401, "");
      }
      byte[] body = body(request);
      if (body.length > BODY_BYTES_MAX) {
        return answer(response, callback, 413, "");
      }
      String path = request.getHttpURI().getDecodedPath();
      String wallet =
          path != null && path.startsWith(WALLET_PATH) ? path.substring(WALLET_PATH.length()) : "";
      Reply reply = reply(body, wallet);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      return answer(response, callback, reply.status, reply.body);
    }
  }

  private record Reply(int status, String body) {}

  private static boolean answer(Response response, Callback callback, int status, String body) {
    response.setStatus(status);
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }

  private static byte[] body(Request request) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = new byte[8 << 10];
    try (InputStream in = Content.Source.asInputStream(request)) {
      int length = in.read(piece);
      while (length >= 0 && body.size() <= BODY_BYTES_MAX) {
        body.write(piece, 0, length);
        length = in.read(piece);
      }
    }
    return body.toByteArray();
  }

  /** Every credential is compared, each in constant time. */
  private boolean isAuthorized(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null || !header.startsWith("Basic ")) {
      return false;
    }
    byte[] given;
    try {
      given = Base64.getDecoder().decode(header.substring("Basic ".length()).strip());
    } catch (IllegalArgumentException e) {
      return false;
    }
    boolean authorized = false;
    for (byte[] each : credentials) {
      authorized |= MessageDigest.isEqual(each, given);
    }
    return authorized;
  }

  private Reply reply(byte[] body, String wallet) {
    JsonNode message;
    try {
      message = MAPPER.readTree(body);
    } catch (JacksonException e) {
      return error(new CoreException(CoreException.PARSE_ERROR, "Parse error"), NullNode.instance);
    }
    if (message.isArray()) {
      ArrayNode answers = MAPPER.createArrayNode();
      for (JsonNode each : message) {
        ObjectNode one = one(each, wallet).body;
        if (one != null) {
          answers.add(one);
        }
      }
      return message.size() > 0 && answers.isEmpty()
          ? new Reply(204, "")
          : new Reply(200, write(answers));
    }
    One one = one(message, wallet);
    return one.body == null ? new Reply(204, "") : new Reply(one.status, write(one.body));
  }

  private static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node) + "\n";
  }

  /** One answer; no body for a notification of version 2.0. */
  private record One(int status, @Nullable ObjectNode body) {}

  private One one(JsonNode request, String wallet) {
    JsonNode id = request.path("id");
    boolean version2 = request.path("jsonrpc").asString("").equals("2.0");
    ObjectNode answer = MAPPER.createObjectNode();
    if (version2) {
      answer.put("jsonrpc", "2.0");
    }
    int status = 200;
    try {
      JsonNode result = call(request, wallet);
      answer.set("result", result == null ? NullNode.instance : result);
      if (!version2) {
        answer.putNull("error");
      }
    } catch (CoreException e) {
      if (!version2) {
        answer.putNull("result");
        status = status(e.code());
      }
      answer.putObject("error").put("code", e.code()).put("message", e.getMessage());
    }
    answer.set("id", id.isMissingNode() ? NullNode.instance : id);
    return new One(status, version2 && id.isMissingNode() ? null : answer);
  }

  private @Nullable JsonNode call(JsonNode request, String wallet) throws CoreException {
    if (!request.isObject()) {
      throw new CoreException(CoreException.INVALID_REQUEST, "Invalid Request object");
    }
    JsonNode method = request.path("method");
    if (method.isMissingNode()) {
      throw new CoreException(CoreException.INVALID_REQUEST, "Missing method");
    }
    if (!method.isString()) {
      throw new CoreException(CoreException.INVALID_REQUEST, "Method must be a string");
    }
    JsonNode params = request.path("params");
    boolean none = params.isMissingNode() || params.isNull();
    if (!none && !params.isArray() && !params.isObject()) {
      throw new CoreException(CoreException.INVALID_REQUEST, "Params must be an array or object");
    }
    try {
      return methods.call(method.stringValue(), none ? MAPPER.createArrayNode() : params, wallet);
    } catch (RuntimeException e) {
      System.getLogger(CoreServer.class.getName())
          .log(System.Logger.Level.ERROR, method.stringValue() + " failed", e);
      throw new CoreException(CoreException.INTERNAL, "Internal error: see the log");
    }
  }

  private static int status(int code) {
    return switch (code) {
      case CoreException.INVALID_REQUEST -> 400;
      case CoreException.METHOD_NOT_FOUND -> 404;
      default -> 500;
    };
  }

  private static Reply error(CoreException e, JsonNode id) {
    ObjectNode answer = MAPPER.createObjectNode();
    answer.putNull("result");
    answer.putObject("error").put("code", e.code()).put("message", e.getMessage());
    answer.set("id", id);
    return new Reply(500, write(answer));
  }

  @Override
  public void close() {
    door.close();
    try {
      server.stop();
    } catch (Exception e) {
      System.getLogger(CoreServer.class.getName())
          .log(System.Logger.Level.WARNING, "the server did not stop well", e);
    }
  }
}
