package org.fondaco.custody.chain;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.fondaco.chain.transaction.Transaction;

/** Reads signed transactions with the venue's own node's eyes. */
final class RawEvm {
  private static final String TRANSFER_CALL = "a9059cbb";
  private static final int CALL_DIGITS = 8 + 2 * 64;

  private RawEvm() {}

  /** What the sender must be able to pay beside the value: all the gas at the highest price. */
  static BigInteger reserve(String rawHex) {
    Transaction raw = Transaction.decode(HexFormat.of().parseHex(rawHex));
    return raw.maxFee().toBigInteger().multiply(BigInteger.valueOf(raw.gasLimit()));
  }

  static ModelEvm.Call read(String rawHex) {
    Transaction raw = Transaction.decode(HexFormat.of().parseHex(rawHex));
    String from =
        HexFormat.of().formatHex(Objects.requireNonNull(raw.sender(), "no key signed").toBytes());
    String to = raw.to() == null ? null : HexFormat.of().formatHex(raw.to().toBytes());
    BigInteger price =
        raw.maxFee().toBigInteger().min(ModelEvm.BASE_FEE.add(raw.maxPriorityFee().toBigInteger()));
    long gas = raw.data().length == 0 ? raw.gasLimit() : raw.gasLimit() * 4 / 5;
    BigInteger fee = price.multiply(BigInteger.valueOf(gas));
    EvmBlock.Transaction transaction =
        new EvmBlock.Transaction(
            HexFormat.of().formatHex(raw.hash().toBytes()),
            from,
            to,
            raw.nonce(),
            raw.value().toBigInteger());
    String data = HexFormat.of().formatHex(raw.data());
    List<ModelEvm.Move> moves =
        to != null && data.startsWith(TRANSFER_CALL) && data.length() == CALL_DIGITS
            ? List.of(
                new ModelEvm.Move(
                    to, from, data.substring(32, 72), new BigInteger(data.substring(72), 16), true))
            : List.of();
    return new ModelEvm.Call(transaction, fee, true, moves, null, 0);
  }
}
