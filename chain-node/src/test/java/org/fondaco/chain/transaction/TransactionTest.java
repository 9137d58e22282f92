package org.fondaco.chain.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionTest {
  private static final byte[] KEY = Keccak.hash256(new byte[] {1});
  private static final U256 CHAIN = U256.of(1337);

  private static Transaction signed(int type) {
    U256 fee = U256.of(100);
    return new Transaction(
            type,
            CHAIN,
            -2,
            type >= Transaction.DYNAMIC_FEE ? U256.ONE : fee,
            fee,
            100_000,
            Address.of(5),
            U256.of(7),
            new byte[] {0, 1, 2},
            type == Transaction.LEGACY
                ? List.of()
                : List.of(new Transaction.Access(Address.of(9), List.of(Hash.ZERO))),
            type == Transaction.BLOB ? U256.of(3) : U256.ZERO,
            type == Transaction.BLOB ? List.of(Keccak.EMPTY) : List.of(),
            new Transaction.Signature(0, U256.ZERO, U256.ZERO))
        .signedBy(KEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everyTypeComesBackWithItsSender(int type) {
    Transaction transaction = signed(type);
    Transaction back = Transaction.decode(transaction.encode());
    assertThat(back.encode()).isEqualTo(transaction.encode());
    assertThat(back.hash()).isEqualTo(transaction.hash());
    assertThat(back.nonce()).isEqualTo(-2);
    assertThat(back.accessList()).isEqualTo(transaction.accessList());
    assertThat(back.blobHashes()).isEqualTo(transaction.blobHashes());
    assertThat(back.sender()).isEqualTo(Secp256k1.addressOf(KEY));
    assertThat(new TransactionRules(Fork.CANCUN, CHAIN).check(back)).isNull();
    assertThat(new TransactionRules(Fork.CANCUN, U256.ONE).check(back))
        .isEqualTo(TransactionRules.Refusal.WRONG_CHAIN);
  }

  @Test
  void unknownTypesAndTruncatedOnesAreRefused() {
    byte[] encoded = signed(Transaction.DYNAMIC_FEE).encode();
    for (int length = 0; length < encoded.length; length++) {
      byte[] part = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> Transaction.decode(part)).isInstanceOf(RlpException.class);
    }
    encoded[0] = 4;
    assertThatThrownBy(() -> Transaction.decode(encoded)).isInstanceOf(RlpException.class);
  }
}
