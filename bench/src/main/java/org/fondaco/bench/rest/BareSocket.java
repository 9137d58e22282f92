package org.fondaco.bench.rest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * The peer of the WebSocket API: Jetty's WebSocket core with one handler that verifies the
 * signature of a text message and answers a fixed one. It reads the parameters where this benchmark
 * puts them, sorted and with the signature last, and parses no JSON. Arguments as {@link
 * BareJetty}.
 */
public final class BareSocket implements FrameHandler {
  /** What is shorter says that a signature was invalid. */
  static final int ANSWER_LENGTH_MIN = 2;

  private static final String PARAMETERS = "\"params\":{";
  private static final String SIGNATURE = ",\"signature\":\"";
  private static final String API_KEY = "{\"apiKey\":\"";
  private static final int KEY_LENGTH = 64;

  private final Map<String, ThreadLocal<Signer>> signers;
  private final byte[] answer;
  private @Nullable CoreSession session;

  private BareSocket(Map<String, ThreadLocal<Signer>> signers, byte[] answer) {
    this.signers = signers;
    this.answer = answer;
  }

  public static void main(String[] arguments) throws Exception {
    byte[] answer = "x".repeat(Integer.parseInt(arguments[0])).getBytes(StandardCharsets.US_ASCII);
    Map<String, ThreadLocal<Signer>> signers = new HashMap<>();
    for (int i = 1; i + 1 < arguments.length; i += 2) {
      String secret = arguments[i + 1];
      signers.put(arguments[i], ThreadLocal.withInitial(() -> new Signer(secret)));
    }
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    WebSocketUpgradeHandler upgrades = new WebSocketUpgradeHandler();
    upgrades.addMapping("/", new Negotiator(signers, answer));
    server.setHandler(upgrades);
    server.start();
    System.out.println("PORT " + connector.getLocalPort());
    server.join();
  }

  private static final class Negotiator extends WebSocketNegotiator.AbstractNegotiator {
    private final Map<String, ThreadLocal<Signer>> signers;
    private final byte[] answer;

    Negotiator(Map<String, ThreadLocal<Signer>> signers, byte[] answer) {
      this.signers = signers;
      this.answer = answer;
    }

    @Override
    public FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      return new BareSocket(signers, answer);
    }
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    callback.succeeded();
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    CoreSession open = session;
    if (open == null) {
      return;
    }
    if (frame.getOpCode() == OpCode.TEXT) {
      boolean valid = verify(frame.getPayloadAsUTF8());
      Frame reply =
          new Frame(OpCode.TEXT, ByteBuffer.wrap(valid ? answer : new byte[ANSWER_LENGTH_MIN - 1]));
      open.sendFrame(reply, Callback.NOOP, false);
    }
    callback.succeeded();
    open.demand();
  }

  private boolean verify(String message) {
    int start = message.indexOf(PARAMETERS);
    int end = message.lastIndexOf(SIGNATURE);
    if (start < 0 || end < 0) {
      return false;
    }
    int key = start + PARAMETERS.length() - 1 + API_KEY.length();
    ThreadLocal<Signer> signer = signers.get(message.substring(key, key + KEY_LENGTH));
    if (signer == null) {
      return false;
    }
    StringBuilder payload = new StringBuilder(end - start);
    for (int i = start + PARAMETERS.length(); i < end; i++) {
      char c = message.charAt(i);
      if (c != '"') {
        payload.append(c == ':' ? '=' : c == ',' ? '&' : c);
      }
    }
    int given = end + SIGNATURE.length();
    String wanted = signer.get().signature(payload.toString().getBytes(StandardCharsets.US_ASCII));
    return MessageDigest.isEqual(
        message.substring(given, given + wanted.length()).getBytes(StandardCharsets.US_ASCII),
        wanted.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus closeStatus, Callback callback) {
    callback.succeeded();
  }
}
