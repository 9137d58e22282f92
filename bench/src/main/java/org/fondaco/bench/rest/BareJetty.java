package org.fondaco.bench.rest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * The peer of order entry: Jetty with one handler that verifies the signature of the body and
 * answers a fixed body. Arguments: length of the answer, then API keys and secrets in turn. Prints
 * {@code PORT n}.
 */
public final class BareJetty extends Handler.Abstract {

  private static final String SIGNATURE = "&signature=";

  private final Map<String, ThreadLocal<Signer>> signers = new HashMap<>();
  private final byte[] answer;

  private BareJetty(String[] arguments) {
    answer = "x".repeat(Integer.parseInt(arguments[0])).getBytes(StandardCharsets.US_ASCII);
    for (int i = 1; i + 1 < arguments.length; i += 2) {
      String secret = arguments[i + 1];
      signers.put(arguments[i], ThreadLocal.withInitial(() -> new Signer(secret)));
    }
  }

  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new BareJetty(arguments));
    server.start();
    System.out.println("PORT " + connector.getLocalPort());
    server.join();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    byte[] body = bytes(Content.Source.asByteBuffer(request));
    int end = new String(body, StandardCharsets.US_ASCII).lastIndexOf(SIGNATURE);
    ThreadLocal<Signer> signer = signers.get(request.getHeaders().get("X-MBX-APIKEY"));
    boolean valid = false;
    if (end >= 0 && signer != null) {
      byte[] parameters = Arrays.copyOf(body, end);
      byte[] given = Arrays.copyOfRange(body, end + SIGNATURE.length(), body.length);
      byte[] wanted = signer.get().signature(parameters).getBytes(StandardCharsets.US_ASCII);
      valid = MessageDigest.isEqual(given, wanted);
    }
    response.setStatus(valid ? 200 : 401);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length);
    response.write(true, ByteBuffer.wrap(answer), callback);
    return true;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
