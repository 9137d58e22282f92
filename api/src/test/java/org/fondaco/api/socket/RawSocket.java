package org.fondaco.api.socket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket client that sends whatever a test wants, well-formed or not. */
public final class RawSocket implements AutoCloseable {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;
  private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final String status;
  private final List<String> headers = new ArrayList<>();

  /**
   * A frame that came.
   *
   * @param opcode as in RFC 6455
   */
  public record Frame(int opcode, byte[] payload) {
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** Close code of a close frame, 1005 = none. */
    public int closeCode() {
      return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }
  }

  /** Connects and asks for an upgrade; further header lines as given. */
  public RawSocket(int port, String target, String... lines) throws IOException {
    this(port, 0, target, lines);
  }

  /**
   * @param receiveBytes size of the receive buffer, 0 = the system's
   */
  public RawSocket(int port, int receiveBytes, String target, String... lines) throws IOException {
    socket = new Socket();
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 14));
    out = socket.getOutputStream();
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    request.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String line : lines) {
      request.append(line).append("\r\n");
    }
    out.write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    status = line();
    for (String header = line(); !header.isEmpty(); header = line()) {
      headers.add(header);
    }
  }

  /** The status line of the answer to the upgrade. */
  public String status() {
    return status;
  }

  public List<String> headers() {
    return headers;
  }

  public void sendText(String text) throws IOException {
    send(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a masked frame. */
  public void send(boolean fin, int opcode, byte[] payload) throws IOException {
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= MASK[i % 4];
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    head(frame, (fin ? 0x80 : 0) | opcode, 0x80, payload.length);
    frame.write(MASK);
    frame.write(masked);
    out.write(frame.toByteArray());
  }

  /** Sends bytes as they are. */
  public void sendBytes(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** The head of a frame without a mask. */
  public static void head(ByteArrayOutputStream to, int first, int maskBit, long length) {
    to.write(first);
    if (length < 126) {
      to.write(maskBit | (int) length);
    } else if (length < 1 << 16) {
      to.write(maskBit | 126);
      to.write((int) (length >> 8));
      to.write((int) length);
    } else {
      to.write(maskBit | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        to.write((int) (length >> shift));
      }
    }
  }

  /** The next frame, whatever it is. */
  public Frame read() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    return new Frame(opcode, payload);
  }

  /** The next text message; pings are answered on the way. */
  public String text() throws IOException {
    Frame frame = read();
    while (frame.opcode() == PING) {
      send(true, PONG, frame.payload());
      frame = read();
    }
    if (frame.opcode() != TEXT) {
      throw new IOException("opcode " + frame.opcode() + " " + frame.closeCode());
    }
    return frame.text();
  }

  /** Skips everything up to the close frame and returns its code; -1 = ended without one. */
  public int closeCode() throws IOException {
    try {
      Frame frame = read();
      while (frame.opcode() != CLOSE) {
        frame = read();
      }
      return frame.closeCode();
    } catch (java.io.EOFException | java.net.SocketException e) {
      return -1;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new java.io.EOFException("the server closed: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
