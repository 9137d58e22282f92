package org.fondaco.chain.rpc.eth;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Hash;

/** {@code eth_sendRawTransaction}, and the checks that every transaction sent by RPC meets. */
public final class SendMethods {
  private static final int WEI_DIGITS = 18;

  private final TransactionPool pool;
  private final EthSettings settings;

  public SendMethods(TransactionPool pool, EthSettings settings) {
    this.pool = pool;
    this.settings = settings;
  }

  void register(Methods methods) {
    methods.add(
        "eth_sendRawTransaction",
        (parameters, caller) -> {
          parameters.atMost(1);
          byte[] encoded = parameters.data(0);
          if (encoded.length > 0 && encoded[0] == Transaction.BLOB) {
            throw blobs(); // before it is read: it travels with its blobs, which no block has
          }
          try {
            return Quantity.of(send(Transaction.decode(encoded)));
          } catch (RlpException e) {
            throw RpcException.server("rlp: " + e.getMessage());
          }
        });
  }

  /**
   * Gives a transaction to the pool as this node's own.
   *
   * @return its hash
   * @throws RpcException if these checks or the pool refuse it, in geth's words
   */
  public Hash send(Transaction transaction) throws RpcException {
    if (transaction.type() == Transaction.BLOB) {
      throw blobs();
    }
    checkFee(transaction);
    if (transaction.chainId() == null && !settings.unprotected()) {
      throw RpcException.server("only replay-protected (EIP-155) transactions allowed over RPC");
    }
    return switch (pool.add(transaction, true)) {
      case TransactionPool.Admission.Accepted accepted -> transaction.hash();
      case TransactionPool.Admission.Refused(String message) -> throw RpcException.server(message);
    };
  }

  private static RpcException blobs() {
    return RpcException.server("transaction type not supported: blob transactions are not taken");
  }

  /** Saves the user from a price with a few zeros too many. */
  private void checkFee(Transaction transaction) throws RpcException {
    if (settings.feeCap().isZero()) {
      return;
    }
    BigDecimal fee =
        new BigDecimal(
            transaction
                .maxFee()
                .toBigInteger()
                .multiply(new java.math.BigInteger(Long.toUnsignedString(transaction.gasLimit()))),
            WEI_DIGITS);
    BigDecimal cap = new BigDecimal(settings.feeCap().toBigInteger(), WEI_DIGITS);
    if (fee.compareTo(cap) > 0) {
      throw RpcException.server(
          "tx fee ("
              + ether(fee)
              + " ether) exceeds the configured cap ("
              + ether(cap)
              + " ether)");
    }
  }

  private static String ether(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
