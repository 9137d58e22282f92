package org.fondaco.bench.chain;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * Value transfers from many accounts at once: each has a connection of its own, sends a burst, and
 * then asks for every receipt until it is there.
 */
public final class Transfers {
  public static final int SENDERS = 16;
  public static final Address SINK = Address.of(0x51a7);

  private static final int BURST = 32;
  private static final long RETRY_NANOS = 500_000;
  private static final U256 ETHER = U256.parse("0xde0b6b3a7640000");
  private static final U256 FEE = U256.of(100_000_000_000L);
  private static final U256 TIP = U256.of(1_000_000_000L);
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /**
   * A burst takes a few milliseconds; whoever waits so long waits for a block that nobody mines.
   */
  private static final long NUDGE_NANOS = 250_000_000L;

  private static final String MINE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"evm_mine\",\"params\":[]}";

  private static final String SUCCESS = "\"status\":\"0x1\"";

  private final List<byte[]> keys = new ArrayList<>();
  private final List<Address> senders = new ArrayList<>();
  private final U256 chainId;

  /** The accounts, the same in every run. */
  public Transfers(long chainId) {
    this.chainId = U256.of(chainId);
    for (int i = 0; i < SENDERS; i++) {
      byte[] key =
          Keccak.hash256(("transfers " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      keys.add(key);
      senders.add(sender(key));
    }
  }

  private Address sender(byte[] key) {
    Address sender = transfer(0).signedBy(key).sender();
    if (sender == null) {
      throw new IllegalStateException("a signature without a signer");
    }
    return sender;
  }

  public List<Address> senders() {
    return List.copyOf(senders);
  }

  private Transaction transfer(long nonce) {
    return new Transaction(
        Transaction.DYNAMIC_FEE,
        chainId,
        nonce,
        TIP,
        FEE,
        21_000,
        SINK,
        U256.ONE,
        new byte[0],
        List.of(),
        U256.ZERO,
        List.of(),
        new Transaction.Signature(0, U256.ZERO, U256.ZERO));
  }

  /** A million ether in hexadecimal, for a genesis or a cheat code. */
  public static String fortune() {
    return ETHER.multiply(U256.of(1_000_000)).toString();
  }

  /** A transfer ready to be sent, and the question for its receipt. */
  private record Prepared(byte[] send, byte[] receipt) {}

  /**
   * Sends so many transfers from each account and waits until each is mined.
   *
   * @return transfers a second, from the first request to the last receipt
   * @throws IOException when the node refuses one, or one failed
   */
  public double run(StartedNode node, int each) throws IOException, InterruptedException {
    List<List<Prepared>> work = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      String count =
          node.rpc()
              .call("eth_getTransactionCount", senders.get(i).toString(), "latest")
              .asString();
      work.add(prepare(keys.get(i), Long.decode(count), each));
    }
    int port = URI.create(node.url()).getPort();
    byte[] nudge = node.mustBeNudged() ? Wire.request(MINE) : null;
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (List<Prepared> transfers : work) {
        running.add(
            threads.submit(() -> {
              send(port, transfers, nudge);
              return null;
            }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return SENDERS * each * 1e9 / (System.nanoTime() - began);
  }

  private List<Prepared> prepare(byte[] key, long nonce, int count) {
    List<Prepared> prepared = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] raw = transfer(nonce + i).signedBy(key).encode();
      String hash = Keccak.hash(raw).toString();
      prepared.add(
          new Prepared(
              call("eth_sendRawTransaction", Hex.encode(raw)),
              call("eth_getTransactionReceipt", hash)));
    }
    return prepared;
  }

  private static byte[] call(String method, String parameter) {
    return Wire.request(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
            + method
            + "\",\"params\":[\""
            + parameter
            + "\"]}");
  }

  private static void send(int port, List<Prepared> transfers, byte @Nullable [] nudge)
      throws IOException {
    try (Wire wire = new Wire(port)) {
      for (int from = 0; from < transfers.size(); from += BURST) {
        List<Prepared> burst = transfers.subList(from, Math.min(from + BURST, transfers.size()));
        for (Prepared transfer : burst) {
          String answer = wire.exchange(transfer.send());
          if (answer.contains("\"error\"")) {
            throw new IOException(answer);
          }
        }
        for (Prepared transfer : burst) {
          await(wire, transfer, nudge);
        }
      }
    }
  }

  private static void await(Wire wire, Prepared transfer, byte @Nullable [] nudge)
      throws IOException {
    long began = System.nanoTime();
    long nudgeAt = began + NUDGE_NANOS;
    while (true) {
      String answer = wire.exchange(transfer.receipt());
      if (answer.contains(SUCCESS)) {
        return;
      }
      long now = System.nanoTime();
      if (!answer.contains("\"result\":null") || now - began > PATIENCE_NANOS) {
        throw new IOException(answer);
      }
      if (nudge != null && now > nudgeAt) {
        wire.exchange(nudge);
        nudgeAt = now + NUDGE_NANOS;
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }
}
