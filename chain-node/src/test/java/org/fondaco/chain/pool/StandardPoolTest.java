package org.fondaco.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.pool.TransactionPool.Admission;
import org.fondaco.chain.pool.TransactionPool.Status;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.transaction.Signatures;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandardPoolTest {
  private static final Signer ALICE = new Signer(0);
  private static final Signer BOB = new Signer(1);
  private static final long RICH = 1_000_000_000_000_000_000L;

  private final HeadsOnly chain = new HeadsOnly(true);
  private final List<StandardPool> open = new ArrayList<>();
  private long nowMillis = 1_000_000;

  private StandardPool pool() throws IOException {
    return pool(PoolSettings.standard());
  }

  private StandardPool pool(PoolSettings settings) throws IOException {
    StandardPool pool = new StandardPool(chain, settings, () -> Instant.ofEpochMilli(nowMillis));
    pool.start();
    open.add(pool);
    return pool;
  }

  @AfterEach
  void close() {
    open.forEach(StandardPool::close);
  }

  private static String refusal(Admission admission) {
    return switch (admission) {
      case Admission.Accepted accepted -> accepted.toString();
      case Admission.Refused(String message) -> message;
    };
  }

  private static Map<org.fondaco.chain.word.Address, StoredAccount> account(
      Signer signer, long nonce, long balance) {
    return Map.of(signer.address(), new StoredAccount(nonce, U256.of(balance), Code.EMPTY));
  }

  private Block mined(Transaction... body) {
    return HeadsOnly.block(chain.head().number() + 1, 8_000_000, U256.of(100), List.of(body));
  }

  @Test
  void laterNoncesWaitForTheEarlierOnesWhateverTheyPay() throws IOException {
    chain.set(ALICE.address(), 0, RICH);
    StandardPool pool = pool();
    List<Hash> heard = new ArrayList<>();
    pool.listen(transaction -> heard.add(transaction.hash()));
    Transaction second = ALICE.legacy(1, 9_000);
    Transaction first = ALICE.legacy(0, 200);
    assertThat(pool.add(second, false)).isEqualTo(new Admission.Accepted(null));
    assertThat(pool.status()).isEqualTo(new Status(0, 1));
    assertThat(pool.nonce(ALICE.address())).isZero();
    assertThat(heard).isEmpty();
    assertThat(pool.add(first, false)).isEqualTo(new Admission.Accepted(null));
    assertThat(pool.status()).isEqualTo(new Status(2, 0));
    assertThat(pool.nonce(ALICE.address())).isEqualTo(2);
    assertThat(heard).containsExactly(first.hash(), second.hash());
    assertThat(pool.byPrice(U256.of(100)))
        .containsExactly(
            new TransactionPool.Executable(first, ALICE.address()),
            new TransactionPool.Executable(second, ALICE.address()));
    assertThat(pool.byPrice(U256.of(300))).isEmpty(); // the first does not pay the base fee
  }

  @Test
  void aReplacementPaysATenthMoreOfBoth() throws IOException {
    chain.set(ALICE.address(), 0, RICH);
    StandardPool pool = pool();
    Transaction before = ALICE.dynamic(0, 100, 1_000);
    assertThat(pool.add(before, false)).isEqualTo(new Admission.Accepted(null));
    assertThat(refusal(pool.add(before, false))).isEqualTo("already known");
    for (Transaction poor :
        List.of(
            ALICE.dynamic(0, 109, 1_100),
            ALICE.dynamic(0, 110, 1_099),
            ALICE.dynamic(0, 100, 5_000),
            ALICE.dynamic(0, 900, 1_000))) {
      assertThat(refusal(pool.add(poor, true))).isEqualTo("replacement transaction underpriced");
    }
    Transaction after = ALICE.dynamic(0, 110, 1_100);
    assertThat(pool.add(after, false)).isEqualTo(new Admission.Accepted(before.hash()));
    assertThat(pool.transaction(before.hash())).isNull();
    assertThat(pool.transaction(after.hash())).isEqualTo(after);
    assertThat(pool.status()).isEqualTo(new Status(1, 0));
  }

  @Test
  void saysWhatIsWrongInGethsWords() throws IOException {
    chain.set(ALICE.address(), 3, 30_000_000);
    StandardPool pool = pool();
    assertThat(refusal(pool.add(ALICE.legacy(2, 1_000), false)))
        .isEqualTo("nonce too low: next nonce 3, tx nonce 2");
    assertThat(refusal(pool.add(ALICE.legacy(3, 2_000), false)))
        .isEqualTo(
            "insufficient funds for gas * price + value: balance 30000000, tx cost 42000001,"
                + " overshot 12000001");
    assertThat(pool.add(ALICE.legacy(3, 1_000), false)).isInstanceOf(Admission.Accepted.class);
    assertThat(refusal(pool.add(ALICE.legacy(4, 1_000), false)))
        .isEqualTo(
            "insufficient funds for gas * price + value: balance 30000000, queued cost 21000001,"
                + " tx cost 21000001, overshot 12000002");
    assertThat(refusal(pool.add(ALICE.legacy(3, 1_500), false)))
        .isEqualTo(
            "insufficient funds for gas * price + value: balance 30000000, tx cost 31500001,"
                + " overshot 1500001");
    assertThat(refusal(pool.add(plain(ALICE, 20_999, 0), false)))
        .isEqualTo("intrinsic gas too low: gas 20999, minimum needed 21000");
    assertThat(refusal(pool.add(plain(ALICE, 8_000_001, 0), false)))
        .isEqualTo("exceeds block gas limit");
    assertThat(refusal(pool.add(plain(ALICE, 21_000, 131_072), false)))
        .isEqualTo("oversized data: transaction size 131176, limit 131072");
    assertThat(refusal(pool.add(ALICE.dynamic(3, 6, 5), false)))
        .isEqualTo("max priority fee per gas higher than max fee per gas");
    assertThat(refusal(pool.add(ALICE.dynamic(4, 0, 5), false)))
        .isEqualTo("transaction gas price below minimum: gas tip cap 0, minimum needed 1");
  }

  private static Transaction plain(Signer signer, long gas, int bytes) {
    return signer.of(Transaction.LEGACY, HeadsOnly.CHAIN_ID, 3, 1, 1, gas, 0, new byte[bytes]);
  }

  @Test
  void checksSignaturesAndTypes() throws IOException {
    chain.set(ALICE.address(), 0, RICH);
    StandardPool pool = pool();
    Transaction foreign = ALICE.of(0, 5L, 0, 9, 9, 21_000, 1, new byte[0]);
    assertThat(refusal(pool.add(foreign, true)))
        .isEqualTo("invalid sender: invalid chain id for signer: have 5 want 1024");
    Transaction homestead = ALICE.of(0, null, 0, 9, 9, 21_000, 1, new byte[0]);
    assertThat(pool.add(homestead, true)).isEqualTo(new Admission.Accepted(null));
    Transaction good = ALICE.legacy(1, 9);
    Transaction.Signature signature = good.signature();
    assertThat(refusal(pool.add(signed(good, signature.parity(), U256.ZERO, signature.s()), true)))
        .isEqualTo("invalid sender: invalid transaction v, r, s values");
    U256 highS = Signatures.ORDER.subtract(signature.s());
    assertThat(refusal(pool.add(signed(good, 1 - signature.parity(), signature.r(), highS), true)))
        .isEqualTo("invalid sender: invalid transaction v, r, s values");
    Transaction blob = ALICE.of(Transaction.BLOB, 1024L, 1, 9, 9, 21_000, 1, new byte[0]);
    assertThat(refusal(pool.add(blob, true)))
        .isEqualTo("transaction type not supported: tx type 3 not supported by this pool");
  }

  private static Transaction signed(Transaction transaction, int parity, U256 r, U256 s) {
    return new Transaction(
        transaction.type(),
        transaction.chainId(),
        transaction.nonce(),
        transaction.maxPriorityFee(),
        transaction.maxFee(),
        transaction.gasLimit(),
        transaction.to(),
        transaction.value(),
        transaction.data(),
        transaction.accessList(),
        transaction.maxBlobFee(),
        transaction.blobHashes(),
        new Transaction.Signature(parity, r, s));
  }

  @Test
  void typesComeWithTheirForks() throws IOException {
    HeadsOnly before = new HeadsOnly(false);
    before.set(ALICE.address(), 0, RICH);
    try (StandardPool pool =
        new StandardPool(before, PoolSettings.standard(), () -> Instant.ofEpochMilli(0))) {
      assertThat(refusal(pool.add(ALICE.dynamic(0, 9, 9), false)))
          .isEqualTo("transaction type not supported: type 2 rejected, pool not yet in Berlin");
      assertThat(pool.add(ALICE.legacy(0, 9), false)).isEqualTo(new Admission.Accepted(null));
    }
  }

  @Test
  void queuesAreBoundedAnAccountAndExpire() throws IOException {
    chain.set(ALICE.address(), 0, RICH);
    chain.set(BOB.address(), 0, RICH);
    StandardPool pool = pool();
    for (int nonce = 1; nonce <= 64; nonce++) {
      assertThat(pool.add(ALICE.legacy(nonce, 200), false)).isInstanceOf(Admission.Accepted.class);
    }
    assertThat(refusal(pool.add(ALICE.legacy(65, 200), false)))
        .isEqualTo("account limit exceeded: pooled 64 txs");
    for (int nonce = 1; nonce <= 70; nonce++) { // a local account is exempt
      assertThat(pool.add(BOB.legacy(nonce, 200), true)).isInstanceOf(Admission.Accepted.class);
    }
    nowMillis += Duration.ofHours(3).toMillis();
    pool.expire();
    assertThat(pool.status()).isEqualTo(new Status(0, 134));
    nowMillis += 1;
    pool.expire();
    assertThat(pool.status()).isEqualTo(new Status(0, 70));
  }

  @Test
  void sharesTheExecutableSlotsBetweenAccounts() throws IOException {
    StandardPool pool =
        pool(
            new PoolSettings(
                4, 16, 8, 8, Duration.ofHours(3), 10, U256.ONE, null, Duration.ofHours(1)));
    for (int i = 0; i < 4; i++) {
      chain.set(new Signer(i).address(), 0, RICH);
    }
    for (int nonce = 0; nonce < 16; nonce++) {
      pool.add(ALICE.legacy(nonce, 200), false);
    }
    assertThat(refusal(pool.add(ALICE.legacy(16, 200), false))).isEqualTo("txpool is full");
    for (int i = 1; i < 4; i++) {
      for (int nonce = 0; nonce < 4; nonce++) {
        assertThat(pool.add(new Signer(i).legacy(nonce, 200), false))
            .isInstanceOf(Admission.Accepted.class);
      }
    }
    assertThat(pool.pending().values()).allSatisfy(each -> assertThat(each).hasSize(4));
    assertThat(refusal(pool.add(BOB.legacy(4, 900), false))).isEqualTo("txpool is full");
  }

  @Test
  void aFullPoolEvictsTheCheapestRemotesAndNeverLocals() throws IOException {
    StandardPool pool =
        pool(
            new PoolSettings(
                1, 2, 1, 1, Duration.ofHours(3), 10, U256.ONE, null, Duration.ofHours(1)));
    for (int i = 0; i < 8; i++) {
      chain.set(new Signer(i).address(), 0, RICH);
    }
    Transaction cheap = new Signer(1).legacy(0, 300);
    pool.add(new Signer(0).legacy(0, 150), true);
    pool.add(cheap, false);
    pool.add(new Signer(2).legacy(0, 400), false);
    assertThat(refusal(pool.add(new Signer(3).legacy(0, 300), false)))
        .isEqualTo("transaction underpriced");
    assertThat(refusal(pool.add(new Signer(3).legacy(1, 500), false)))
        .isEqualTo("future transaction tries to replace pending");
    assertThat(pool.add(new Signer(3).legacy(0, 500), false))
        .isEqualTo(new Admission.Accepted(null));
    assertThat(pool.transaction(cheap.hash())).isNull();
    assertThat(pool.pending()).containsKey(new Signer(0).address());
    for (int i = 4; i < 8; i++) {
      assertThat(pool.add(new Signer(i).legacy(0, 150), true))
          .isInstanceOf(Admission.Accepted.class);
    }
    assertThat(pool.status().pending()).isEqualTo(5);
    assertThat(refusal(pool.add(BOB.legacy(0, 900), false))).isEqualTo("txpool is full");
  }

  @Test
  void followsTheHead() throws IOException {
    chain.set(ALICE.address(), 0, RICH);
    chain.set(BOB.address(), 0, RICH);
    StandardPool pool = pool();
    Transaction zero = ALICE.legacy(0, 200);
    Transaction one = ALICE.legacy(1, 200);
    Transaction dear = ALICE.legacy(2, 2_000_000);
    Transaction three = ALICE.legacy(3, 200);
    List.of(zero, one, dear, three).forEach(each -> pool.add(each, false));
    Block first = mined(zero);
    chain.move(List.of(), List.of(first), account(ALICE, 1, 10_000_000_000L));
    // Mined is gone, what cannot be paid is gone, what came after it waits.
    assertThat(pool.pending().get(ALICE.address())).containsOnlyKeys(1L);
    assertThat(pool.queued().get(ALICE.address())).containsOnlyKeys(3L);
    assertThat(pool.nonce(ALICE.address())).isEqualTo(2);
    // The first block leaves the chain: its transaction comes back.
    List<Hash> heard = new ArrayList<>();
    pool.listen(transaction -> heard.add(transaction.hash()));
    Block other = mined(BOB.legacy(0, 200));
    chain.move(List.of(first), List.of(other), account(ALICE, 0, RICH));
    assertThat(pool.pending().get(ALICE.address())).containsOnlyKeys(0L, 1L);
    assertThat(heard).containsExactly(zero.hash(), one.hash());
  }

  @Test
  void forgetsADeepReorganisation() throws IOException {
    chain.set(ALICE.address(), 0, RICH);
    StandardPool pool = pool();
    List<Block> removed = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      removed.add(mined(ALICE.legacy(64 - i, 200)));
    }
    chain.move(removed, List.of(mined()), account(ALICE, 0, RICH));
    assertThat(pool.status()).isEqualTo(new Status(0, 0));
    chain.move(removed.subList(1, 65), List.of(mined()), account(ALICE, 0, RICH));
    assertThat(pool.status()).isEqualTo(new Status(64, 0));
  }

  @Test
  void aHigherPriceLimitDropsRemotesBelowIt() throws IOException {
    chain.set(ALICE.address(), 0, RICH);
    chain.set(BOB.address(), 0, RICH);
    StandardPool pool = pool();
    pool.add(ALICE.legacy(0, 150), false);
    pool.add(BOB.legacy(0, 150), true);
    pool.setPriceLimit(U256.of(200));
    assertThat(pool.pending()).containsOnlyKeys(BOB.address());
    assertThat(pool.add(BOB.legacy(1, 150), false)).isInstanceOf(Admission.Accepted.class);
    assertThat(refusal(pool.add(ALICE.legacy(0, 199), false)))
        .isEqualTo("transaction gas price below minimum: gas tip cap 199, minimum needed 200");
  }

  @Test
  void aClosedPoolTakesNothing() throws IOException {
    chain.set(ALICE.address(), 0, RICH);
    StandardPool pool = pool();
    pool.close();
    assertThat(refusal(pool.add(ALICE.legacy(0, 200), true))).contains("closed");
    assertThatThrownBy(() ->
            new PoolSettings(
                0, 1, 1, 1, Duration.ofHours(3), 10, U256.ONE, null, Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
