package org.fondaco.custody.payout.evm;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.custody.chain.EvmBlock;

/** EIP-20's transfer: the call, and what its log says. */
public final class Erc20 {
  /** keccak256("Transfer(address,address,uint256)"). */
  public static final String TRANSFER =
      "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

  private static final byte[] SELECTOR = HexFormat.of().parseHex("a9059cbb");
  private static final int WORD = 32;

  private Erc20() {}

  /** {@code transfer(to, amount)}; what it returns is not asked for, USDT returns nothing. */
  public static byte[] transfer(byte[] to, BigInteger amount) {
    byte[] data = new byte[4 + 2 * WORD];
    System.arraycopy(SELECTOR, 0, data, 0, 4);
    System.arraycopy(to, 0, data, 4 + WORD - to.length, to.length);
    byte[] number = amount.toByteArray();
    int from = number.length > WORD ? 1 : 0;
    int length = number.length - from;
    System.arraycopy(number, from, data, data.length - length, length);
    return data;
  }

  /** What a contract's logs say that an account gave. */
  public enum Moved {
    /** Exactly the amount to the payee, once. */
    EXACTLY,
    /** Nothing at all. */
    NOTHING,
    /** Something else. */
    OTHERWISE
  }

  /** Reads the logs of one receipt; addresses and contract are 40 hexadecimal digits. */
  public static Moved moved(
      List<EvmBlock.Log> logs, String contract, String from, String to, BigInteger amount) {
    int right = 0;
    int wrong = 0;
    for (EvmBlock.Log log : logs) {
      if (!log.contract().equals(contract)
          || log.topics().size() != 3
          || !log.topics().get(0).equals(TRANSFER)
          || !log.topics().get(1).endsWith(from)) {
        continue;
      }
      boolean same =
          log.topics().get(2).endsWith(to)
              && log.data().length() == 2 * WORD
              && new BigInteger(log.data(), 16).equals(amount);
      right += same ? 1 : 0;
      wrong += same ? 0 : 1;
    }
    if (right == 1 && wrong == 0) {
      return Moved.EXACTLY;
    }
    return right + wrong == 0 ? Moved.NOTHING : Moved.OTHERWISE;
  }
}
