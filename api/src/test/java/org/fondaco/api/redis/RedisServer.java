package org.fondaco.api.redis;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A real redis-server on a free port of 127.0.0.1, to be killed and started again. */
public final class RedisServer implements AutoCloseable {
  /** A password that must never be seen in a log. */
  public static final String PASSWORD = "redis-canary-8f2c61";

  private static final long START_NANOS = 20_000_000_000L;

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private RedisServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * @param folder where it may write
   */
  public static RedisServer start(Path folder) throws IOException {
    Files.createDirectories(folder);
    RedisServer server = new RedisServer(folder, freePort());
    server.startAgain();
    return server;
  }

  public String url() {
    return "redis://:" + PASSWORD + "@127.0.0.1:" + port;
  }

  /** On the same port, with nothing remembered. */
  public void startAgain() throws IOException {
    List<String> command = new ArrayList<>(List.of("redis-server"));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no"));
    command.addAll(List.of("--requirepass", PASSWORD, "--dir", folder.toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    long deadline = System.nanoTime() + START_NANOS;
    while (!answers()) {
      if (System.nanoTime() - deadline > 0 || !process.isAlive()) {
        throw new IOException(
            "redis-server does not start: " + Files.readString(folder.resolve("redis.log")));
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** As kill -9. */
  public void kill() {
    if (process != null) {
      process.destroyForcibly();
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process = null;
    }
  }

  /** It keeps its connections and answers nothing. */
  public void pause() throws IOException {
    signal("STOP");
  }

  /** It does what it was told meanwhile. */
  public void resume() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    if (process == null) {
      throw new IllegalStateException("it does not run");
    }
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    try {
      kill.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket
          .getOutputStream()
          .write(("AUTH " + PASSWORD + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
          .equals("+OK\r\n+PONG\r\n");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Below the range that the kernel takes ports of outgoing connections from: nothing takes it
   * between a kill and the next start.
   */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // the next one
      }
    }
  }
}
