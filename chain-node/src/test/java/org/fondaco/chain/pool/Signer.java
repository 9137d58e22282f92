package org.fondaco.chain.pool;

import java.util.List;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** An account of a test: key {@code number}, and transactions of it. */
record Signer(int number) {
  private static final Transaction.Signature NONE =
      new Transaction.Signature(0, U256.ZERO, U256.ZERO);
  private static final Address TO = Address.of(0xbeef);

  byte[] key() {
    byte[] key = new byte[32];
    key[30] = (byte) (number + 1 >>> 8);
    key[31] = (byte) (number + 1);
    return key;
  }

  Address address() {
    return Secp256k1.addressOf(key());
  }

  /** A transfer of 1 wei at a gas price. */
  Transaction legacy(long nonce, long price) {
    return of(Transaction.LEGACY, HeadsOnly.CHAIN_ID, nonce, price, price, 21_000, 1, new byte[0]);
  }

  Transaction dynamic(long nonce, long tip, long cap) {
    return of(Transaction.DYNAMIC_FEE, HeadsOnly.CHAIN_ID, nonce, tip, cap, 21_000, 1, new byte[0]);
  }

  Transaction of(
      int type,
      @Nullable Long chainId,
      long nonce,
      long tip,
      long cap,
      long gas,
      long value,
      byte[] data) {
    return new Transaction(
            type,
            chainId == null ? null : U256.of(chainId),
            nonce,
            U256.of(tip),
            U256.of(cap),
            gas,
            TO,
            U256.of(value),
            data,
            List.of(),
            U256.ZERO,
            List.of(),
            NONE)
        .signedBy(key());
  }
}
