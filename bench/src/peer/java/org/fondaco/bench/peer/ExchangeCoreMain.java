package org.fondaco.bench.peer;

import exchange.core2.core.ExchangeApi;
import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.CoreWaitStrategy;
import exchange.core2.core.common.L2MarketData;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.api.ApiAddUser;
import exchange.core2.core.common.api.ApiAdjustUserBalance;
import exchange.core2.core.common.api.ApiCancelOrder;
import exchange.core2.core.common.api.ApiCommand;
import exchange.core2.core.common.api.ApiMoveOrder;
import exchange.core2.core.common.api.ApiPlaceOrder;
import exchange.core2.core.common.api.ApiReduceOrder;
import exchange.core2.core.common.api.binary.BatchAddSymbolsCommand;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.config.ExchangeConfiguration;
import exchange.core2.core.common.config.InitialStateConfiguration;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.common.config.OrdersProcessingConfiguration;
import exchange.core2.core.common.config.PerformanceConfiguration;
import exchange.core2.core.common.config.ReportsQueriesConfiguration;
import exchange.core2.core.common.config.SerializationConfiguration;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.processors.journaling.DiskSerializationProcessor;
import exchange.core2.core.processors.journaling.DiskSerializationProcessorConfiguration;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The whole of exchange-core as a peer, in a JVM of its own: it needs one that is older than the
 * bench's. Arguments: workload file, journal folder. It prints {@code READY}, then answers each
 * line {@code RUN memory} or {@code RUN journal} on standard input with one line {@code RESULT
 * nanoseconds trades tradeHash levelsHash failures}; each run is a new exchange. {@code END} ends
 * it.
 */
public final class ExchangeCoreMain {

  /** First bytes of a workload file, as in org.fondaco.bench.workload.Workload. */
  private static final int MAGIC = 0x464f_4e57;

  /** Enough of each asset for every order of the workload; one amount for all. */
  private static final long FUNDS = 10_000_000_000_000L;

  private int[] baseAsset;
  private int[] quoteAsset;
  private int[] maxPrice;
  private int[] accountSymbol;
  private List<ApiCommand> fill;
  private List<ApiCommand> measured;

  public static void main(String[] arguments) throws Exception {
    // exchange-core logs to standard output, which carries the answers.
    PrintStream answers = System.out;
    System.setOut(System.err);
    ExchangeCoreMain peer = new ExchangeCoreMain();
    peer.read(Path.of(arguments[0]));
    answers.println("READY");
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine();
        line != null && !line.equals("END");
        line = requests.readLine()) {
      answers.println(peer.run(line.equals("RUN journal") ? Path.of(arguments[1]) : null));
      System.gc();
    }
    System.exit(0);
  }

  private void read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("not a workload: " + file);
      }
      int symbols = in.readInt();
      int accounts = in.readInt();
      int count = in.readInt();
      int fillCount = in.readInt();
      baseAsset = new int[symbols];
      quoteAsset = new int[symbols];
      maxPrice = new int[symbols];
      accountSymbol = new int[accounts];
      for (int i = 0; i < symbols; i++) {
        baseAsset[i] = in.readInt();
        quoteAsset[i] = in.readInt();
        maxPrice[i] = in.readInt();
      }
      for (int i = 0; i < accounts; i++) {
        accountSymbol[i] = in.readInt();
      }
      fill = new ArrayList<>(fillCount);
      measured = new ArrayList<>(count - fillCount);
      for (int row = 0; row < count; row++) {
        (row < fillCount ? fill : measured).add(command(in));
      }
    }
  }

  private ApiCommand command(DataInputStream in) throws IOException {
    int kind = in.readInt();
    OrderAction action = in.readInt() == 0 ? OrderAction.BID : OrderAction.ASK;
    int symbol = in.readInt() + 1;
    long uid = in.readInt() + 1L;
    long order = in.readInt();
    long price = in.readInt();
    long size = in.readInt();
    long budget = in.readInt();
    switch (kind) {
      case 0:
        return place(symbol, uid, order, price, size, action, OrderType.GTC);
      case 1:
        return place(symbol, uid, order, price, size, action, OrderType.IOC);
      case 2:
        return new ApiPlaceOrder(
            budget, size, order, action, OrderType.FOK_BUDGET, uid, symbol, 0, budget);
      case 3:
        return new ApiCancelOrder(order, uid, symbol);
      case 4:
        return new ApiReduceOrder(order, uid, symbol, size);
      case 5:
        return new ApiMoveOrder(order, price, uid, symbol);
      default:
        throw new IOException("kind " + kind);
    }
  }

  /** The reserve price is the highest of the workload, so that no move is refused for it. */
  private ApiCommand place(
      int symbol, long uid, long order, long price, long size, OrderAction action, OrderType type) {
    long reserve = action == OrderAction.BID ? maxPrice[symbol - 1] : 0;
    return new ApiPlaceOrder(price, size, order, action, type, uid, symbol, 0, reserve);
  }

  private String run(Path journalFolder) throws Exception {
    Results results = new Results();
    ExchangeCore core =
        ExchangeCore.builder()
            .resultsConsumer(results::accept)
            .exchangeConfiguration(configuration(journalFolder))
            .build();
    core.startup();
    try {
      ExchangeApi api = core.getApi();
      prepare(api);
      submit(api, fill, results);
      results.trades = 0;
      System.gc();
      long start = System.nanoTime();
      submit(api, measured, results);
      long nanos = System.nanoTime() - start;
      return "RESULT "
          + nanos
          + " "
          + results.trades
          + " "
          + results.tradeHash
          + " "
          + levels(api)
          + " "
          + results.failures;
    } finally {
      core.shutdown(10, TimeUnit.SECONDS);
    }
  }

  private static void submit(ExchangeApi api, List<ApiCommand> commands, Results results)
      throws InterruptedException {
    results.expect(commands.size());
    for (ApiCommand command : commands) {
      api.submitCommand(command);
    }
    results.await();
  }

  private static ExchangeConfiguration configuration(Path journalFolder) {
    String exchange = "bench" + System.nanoTime();
    PerformanceConfiguration performance =
        PerformanceConfiguration.throughputPerformanceBuilder()
            .matchingEnginesNum(1)
            .riskEnginesNum(1)
            .threadFactory(Thread::new)
            .waitStrategy(CoreWaitStrategy.YIELDING)
            .orderBookFactory(OrderBookDirectImpl::new)
            .build();
    boolean journalling = journalFolder != null;
    SerializationConfiguration serialization =
        journalling
            ? SerializationConfiguration.builder()
                .enableJournaling(true)
                .serializationProcessorFactory(exchangeConfiguration ->
                    new DiskSerializationProcessor(
                        exchangeConfiguration,
                        DiskSerializationProcessorConfiguration.builder()
                            .storageFolder(journalFolder.toString())
                            .snapshotLz4CompressorFactory(
                                DiskSerializationProcessorConfiguration.LZ4_FAST)
                            .journalLz4CompressorFactory(
                                DiskSerializationProcessorConfiguration.LZ4_FAST)
                            .journalFileMaxSize(4L << 30)
                            .journalBufferSize(256 << 10)
                            .journalBatchCompressThreshold(2048)
                            .build()))
                .build()
            : SerializationConfiguration.DEFAULT;
    return ExchangeConfiguration.defaultBuilder()
        .ordersProcessingCfg(
            OrdersProcessingConfiguration.builder()
                .riskProcessingMode(
                    OrdersProcessingConfiguration.RiskProcessingMode.FULL_PER_CURRENCY)
                .marginTradingMode(
                    OrdersProcessingConfiguration.MarginTradingMode.MARGIN_TRADING_DISABLED)
                .build())
        .performanceCfg(performance)
        .initStateCfg(
            journalling
                ? InitialStateConfiguration.cleanStartJournaling(exchange)
                : InitialStateConfiguration.cleanStart(exchange))
        .reportsQueriesCfg(ReportsQueriesConfiguration.DEFAULT)
        .loggingCfg(LoggingConfiguration.DEFAULT)
        .serializationCfg(serialization)
        .build();
  }

  /** Scales make a lot 10^4 base units and a tick times a lot one quote unit, as ours. */
  private void prepare(ExchangeApi api) throws Exception {
    List<CoreSymbolSpecification> symbols = new ArrayList<>();
    for (int i = 0; i < baseAsset.length; i++) {
      symbols.add(
          CoreSymbolSpecification.builder()
              .symbolId(i + 1)
              .type(SymbolType.CURRENCY_EXCHANGE_PAIR)
              .baseCurrency(baseAsset[i])
              .quoteCurrency(quoteAsset[i])
              .baseScaleK(10_000)
              .quoteScaleK(1)
              .takerFee(2)
              .makerFee(1)
              .build());
    }
    for (int from = 0; from < symbols.size(); from += 256) {
      List<CoreSymbolSpecification> part =
          symbols.subList(from, Math.min(symbols.size(), from + 256));
      check(api.submitBinaryDataAsync(new BatchAddSymbolsCommand(part)).get());
    }
    List<ApiCommand> users = new ArrayList<>();
    for (int i = 0; i < accountSymbol.length; i++) {
      long uid = i + 1L;
      int symbol = accountSymbol[i];
      users.add(ApiAddUser.builder().uid(uid).build());
      users.add(new ApiAdjustUserBalance(uid, baseAsset[symbol], FUNDS, 1));
      users.add(new ApiAdjustUserBalance(uid, quoteAsset[symbol], FUNDS, 2));
    }
    api.submitCommandsSync(users);
  }

  private static void check(CommandResultCode code) {
    if (code != CommandResultCode.SUCCESS) {
      throw new IllegalStateException("exchange-core answered " + code);
    }
  }

  private long levels(ExchangeApi api) throws Exception {
    long sum = 0;
    for (int symbol = 0; symbol < baseAsset.length; symbol++) {
      L2MarketData book = api.requestOrderBookAsync(symbol + 1, -1).get();
      for (int i = 0; i < book.bidSize; i++) {
        sum += level(symbol, true, book.bidPrices[i], book.bidVolumes[i]);
      }
      for (int i = 0; i < book.askSize; i++) {
        sum += level(symbol, false, book.askPrices[i], book.askVolumes[i]);
      }
    }
    return sum;
  }

  /** As org.fondaco.bench.workload.Mix, which this older JVM cannot load. */
  private static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  private static long trade(long hash, long takerOrder, long makerOrder, long price, long size) {
    long h = hash * 31 + takerOrder;
    h = h * 31 + makerOrder;
    h = h * 31 + price;
    h = h * 31 + size;
    return mix(h);
  }

  private static long level(int symbol, boolean buy, long price, long volume) {
    long h = symbol * 2L + (buy ? 1 : 0);
    return mix(mix(h * 31 + price) + volume);
  }

  /** Written by the results thread; the volatile count publishes the rest. */
  private static final class Results {
    private volatile long done;
    private volatile long expected;
    private volatile Thread waiting;
    private long trades;
    private long tradeHash;
    private long failures;

    void accept(OrderCommand command, long sequence) {
      switch (command.command) {
        case PLACE_ORDER:
        case MOVE_ORDER:
        case CANCEL_ORDER:
        case REDUCE_ORDER:
          if (command.resultCode != CommandResultCode.SUCCESS) {
            failures++;
          }
          for (MatcherTradeEvent event = command.matcherEvent;
              event != null;
              event = event.nextEvent) {
            if (event.eventType == MatcherEventType.TRADE) {
              trades++;
              tradeHash =
                  trade(tradeHash, command.orderId, event.matchedOrderId, event.price, event.size);
            }
          }
          long now = done + 1;
          done = now;
          if (now == expected) {
            java.util.concurrent.locks.LockSupport.unpark(waiting);
          }
          break;
        default:
          break;
      }
    }

    void expect(long more) {
      waiting = Thread.currentThread();
      expected = done + more;
    }

    void await() throws InterruptedException {
      while (done < expected) {
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }
}
