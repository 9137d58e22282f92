package org.fondaco.chain.rpc.eth;

import java.util.function.LongSupplier;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.mining.Miner;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import tools.jackson.databind.node.BooleanNode;

/**
 * Every {@code eth_*} method that needs no key of this node's: those that sign belong to its
 * accounts.
 */
public final class EthMethods implements AutoCloseable {
  private final ChainEvents events;
  private final FeeMethods fees;
  private final SendMethods sending;

  private EthMethods(ChainEvents events, FeeMethods fees, SendMethods sending) {
    this.events = events;
    this.fees = fees;
    this.sending = sending;
  }

  /** Adds the methods; filters and subscriptions hear of chain and pool from now on. */
  public static EthMethods register(
      Methods methods, EthSettings settings, Blockchain chain, TransactionPool pool, Miner miner) {
    return register(methods, settings, chain, pool, miner, System::nanoTime);
  }

  static EthMethods register(
      Methods methods,
      EthSettings settings,
      Blockchain chain,
      TransactionPool pool,
      Miner miner,
      LongSupplier nanos) {
    BlockViews views = new BlockViews(chain, miner);
    ChainEvents events = new ChainEvents(chain, pool);
    LogSearch search = new LogSearch(chain, views, settings);
    FeeMethods fees = new FeeMethods(chain, views);
    SendMethods sending = new SendMethods(pool, settings);
    new ChainMethods(chain, views).register(methods);
    new TransactionMethods(chain, views, pool).register(methods);
    new StateMethods(chain, views, pool).register(methods);
    new CallMethods(chain, views, new Simulator(chain, views, settings)).register(methods);
    fees.register(methods);
    sending.register(methods);
    new Filters(search, events, nanos).register(methods);
    new Subscriptions(search, events).register(methods);
    mining(methods, miner);
    return new EthMethods(events, fees, sending);
  }

  private static void mining(Methods methods, Miner miner) {
    methods.add(
        "eth_coinbase",
        (parameters, caller) -> {
          parameters.atMost(0);
          Address coinbase = miner.coinbase();
          if (coinbase == null) {
            throw RpcException.server("etherbase must be explicitly specified");
          }
          return Quantity.of(coinbase);
        });
    methods.add(
        "eth_mining",
        (parameters, caller) -> {
          parameters.atMost(0);
          return BooleanNode.valueOf(miner.isMining());
        });
    methods.add(
        "eth_hashrate",
        (parameters, caller) -> {
          parameters.atMost(0);
          return Quantity.of(miner.hashRate());
        });
  }

  /** The tip that {@code eth_maxPriorityFeePerGas} names, in wei a unit of gas. */
  public U256 suggestTip() {
    return fees.suggestTip();
  }

  /** The way into the pool for transactions that this node signs itself. */
  public SendMethods sending() {
    return sending;
  }

  /** No filter or subscription hears of anything any more. */
  @Override
  public void close() {
    events.close();
  }
}
