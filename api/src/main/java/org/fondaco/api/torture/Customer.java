package org.fondaco.api.torture;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Somebody who pays in, withdraws and trades without end, whatever is up or down. A request whose
 * answer is lost is noted as such and never asked again.
 */
final class Customer implements Runnable {
  static final List<String> ASSETS = List.of("BTC", "LTC", "BCH", "ETH", "USDT");

  /** Those on nodes that stand alone more often. */
  private static final List<String> CHOICE =
      List.of("LTC", "LTC", "LTC", "ETH", "ETH", "USDT", "USDT", "BTC", "BCH");

  static final Map<String, String> PRICES =
      Map.of("BTC", "60000", "LTC", "80", "BCH", "400", "ETH", "3000");
  private static final Map<String, BigDecimal> TYPICAL =
      Map.of(
          "BTC", new BigDecimal("0.004"),
          "LTC", new BigDecimal("1.5"),
          "BCH", new BigDecimal("0.3"),
          "ETH", new BigDecimal("0.05"),
          "USDT", new BigDecimal("150"));
  private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();
  private static final long PAUSE_WITHOUT_ANSWER_NANOS = Duration.ofMillis(250).toNanos();
  private static final int SERVER_ERROR = 500;
  private static final int OK = 200;

  private final String name;
  private final World world;
  private final Deeds deeds;
  private final Random random;
  private final ReentrantLock awake = new ReentrantLock(true);
  private volatile boolean stopping;
  private int number;

  Customer(String name, World world, Deeds deeds, long seed) {
    this.name = name;
    this.world = world;
    this.deeds = deeds;
    this.random = new Random(seed);
  }

  static BigDecimal typical(String asset) {
    return Objects.requireNonNull(TYPICAL.get(asset));
  }

  @Override
  public void run() {
    while (!stopping) {
      long pause = PAUSE_NANOS;
      awake.lock();
      try {
        act();
        deeds.acted();
      } catch (IOException e) {
        pause = PAUSE_WITHOUT_ANSWER_NANOS;
      } catch (InterruptedException e) {
        return;
      } finally {
        awake.unlock();
      }
      LockSupport.parkNanos(pause);
    }
  }

  /** Returns when he has done what he was at; he does nothing more before {@link #wake}. */
  void sleep() {
    awake.lock();
  }

  /** To be called by the thread that called {@link #sleep}. */
  void wake() {
    awake.unlock();
  }

  /** Lets him end. */
  void stop() {
    stopping = true;
  }

  private void act() throws IOException, InterruptedException {
    String asset = CHOICE.get(random.nextInt(CHOICE.size()));
    int what = random.nextInt(10);
    BigDecimal amount =
        typical(asset)
            .multiply(BigDecimal.valueOf(50 + random.nextInt(100), 2))
            .setScale(6, RoundingMode.DOWN);
    if (what < 3) {
      deposit(asset, amount.multiply(BigDecimal.TWO));
    } else if (what < 6) {
      withdraw(asset, amount);
    } else {
      trade(asset.equals("USDT") ? "LTC" : asset);
    }
  }

  /** Pays to his own address at the venue. */
  void deposit(String asset, BigDecimal amount) throws IOException, InterruptedException {
    Deeds.Owner owner = new Deeds.Owner(name, asset);
    if (deeds.address(owner).isEmpty()) {
      Reply reply =
          answered(
              world.person(name).signed("GET", "/sapi/v1/capital/deposit/address", coin(asset)));
      deeds.knows(owner, reply.expectOk().body().path("address").asString());
    }
    var _ = world.outside(asset).pay(deeds.address(owner).orElseThrow(), amount);
  }

  private static String coin(String asset) {
    return "coin=%s&network=%s".formatted(asset, asset.equals("USDT") ? "ETH" : asset);
  }

  private static Reply answered(Reply reply) throws IOException {
    if (reply.status() >= SERVER_ERROR) {
      throw new IOException("answered " + reply);
    }
    return reply;
  }

  private void withdraw(String asset, BigDecimal amount) throws IOException, InterruptedException {
    byte[] entropy = new byte[20];
    random.nextBytes(entropy);
    String address = world.outside(asset).freshAddress(HexFormat.of().formatHex(entropy));
    String orderId = name + "-" + number++;
    // Noted before it is asked for: whatever happens, it is known to have been asked.
    note(asset, orderId, address, Deeds.Answer.NONE);
    Reply reply =
        answered(
            world
                .person(name)
                .signed(
                    "POST",
                    "/sapi/v1/capital/withdraw/apply",
                    "%s&amount=%s&withdrawOrderId=%s&address=%s"
                        .formatted(coin(asset), amount.toPlainString(), orderId, address)));
    note(
        asset,
        orderId,
        address,
        reply.status() == OK ? Deeds.Answer.ACCEPTED : Deeds.Answer.REFUSED);
  }

  private void note(String asset, String orderId, String address, Deeds.Answer answer) {
    deeds.asked(new Deeds.Withdrawal(name, asset, orderId, address, answer));
  }

  /** Everybody trades at the same price, and nobody is on both sides of a market. */
  private void trade(String asset) throws IOException, InterruptedException {
    boolean buys = name.equals("alice") == (asset.equals("LTC") || asset.equals("BTC"));
    BigDecimal quantity = typical(asset).setScale(3, RoundingMode.UP);
    Reply reply = answered(order(world, name, asset, buys, quantity));
    if (reply.status() == OK) {
      deeds.placed(new Deeds.Order(name, asset + "USDT", reply.body().path("orderId").asLong()));
    }
  }

  static Reply order(World world, String name, String asset, boolean buys, BigDecimal quantity)
      throws IOException, InterruptedException {
    return world
        .person(name)
        .signed(
            "POST",
            "/api/v3/order",
            "symbol=%sUSDT&side=%s&type=LIMIT&timeInForce=GTC&quantity=%s&price=%s"
                .formatted(
                    asset, buys ? "BUY" : "SELL", quantity.toPlainString(), PRICES.get(asset)));
  }
}
