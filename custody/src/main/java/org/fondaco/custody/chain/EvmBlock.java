package org.fondaco.custody.chain;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block of an account chain with its receipts. Addresses are 20 bytes in lower-case hexadecimal
 * without prefix, hashes 32.
 *
 * @param time seconds since 1970
 * @param baseFee wei a gas, null before EIP-1559
 * @param receipts in the order of the transactions
 */
public record EvmBlock(
    long height,
    String hash,
    String parent,
    long time,
    @Nullable BigInteger baseFee,
    List<Transaction> transactions,
    List<Receipt> receipts)
    implements ChainBlock {

  /**
   * A transaction.
   *
   * @param to null when it makes a contract
   * @param value wei
   */
  public record Transaction(
      String hash, String from, @Nullable String to, long nonce, BigInteger value) {}

  /**
   * What became of a transaction.
   *
   * @param succeeded status 1
   * @param fee gas used times the effective price, wei
   */
  public record Receipt(
      String transaction, String blockHash, boolean succeeded, BigInteger fee, List<Log> logs) {}

  /** One log of a receipt; its ordinal is its place in the receipt's list. */
  public record Log(String contract, List<String> topics, String data) {}
}
