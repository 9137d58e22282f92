package org.fondaco.custody.deposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;
import static org.fondaco.db.schema.Tables.CUSTODY_UNKNOWN_TOKENS;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.CoreBlock.Output;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.ModelLedger;
import org.junit.jupiter.api.Test;

/** The transitions of CUSTODY_FLOWS.md, section 2, one story each. */
class DepositTest {
  private static final int BTC = DepositWorld.BTC.id();

  private final DepositWorld world = new DepositWorld(TestDatabase.empty(), new Random(1));
  private final String first = world.of(ChainName.BTC).get(0).script();
  private final String second = world.of(ChainName.BTC).get(1).script();

  private CoreBlock.Transaction pay(String script, long atoms) {
    CoreBlock.Transaction payment =
        world.core.make(
            List.of(world.core.outside()),
            List.of(ModelCore.output(script, BigInteger.valueOf(atoms))));
    world.core.submit(payment);
    return payment;
  }

  private String state(CoreBlock.Transaction of) {
    return world
        .sql()
        .selectFrom(CUSTODY_DEPOSITS)
        .where(CUSTODY_DEPOSITS.TXID.eq(DepositRows.HEX.parseHex(of.txid())))
        .fetchSingle()
        .getState();
  }

  private long id(CoreBlock.Transaction of) {
    return world
        .sql()
        .selectFrom(CUSTODY_DEPOSITS)
        .where(CUSTODY_DEPOSITS.TXID.eq(DepositRows.HEX.parseHex(of.txid())))
        .fetchSingle()
        .getDepositId();
  }

  private void scan() {
    while (world.bitcoin.step()) {
      continue;
    }
  }

  @Test
  void aCreditThatTheEngineHasNotSeenIsTakenBack() {
    CoreBlock.Transaction payment = pay(first, 50_000);
    world.core.mine();
    scan();
    assertThat(state(payment)).isEqualTo("CONFIRMED");
    assertThat(world.sql().fetchCount(CUSTODY_OUTBOX)).isEqualTo(1);
    world.core.disconnect(1);
    world.core.forget(payment.txid());
    world.core.mine();
    scan();
    assertThat(state(payment)).isEqualTo("ORPHANED");
    assertThat(world.sql().fetchCount(CUSTODY_OUTBOX)).isZero();
    world.settle();
    assertThat(world.ledger.history()).isEmpty();
  }

  @Test
  void aTwinFillsTheHoleAndOnlyTheSurplusOfAReplacementIsCredited() {
    CoreBlock.Transaction payment = pay(first, 50_000);
    world.core.mine();
    world.settle();
    world.core.disconnect(1);
    world.core.forget(payment.txid());
    world.core.mine();
    world.settle();
    assertThat(state(payment)).isEqualTo("CREDITED_ORPHANED");
    assertThat(world.ledger.frozen(1_000)).isTrue();

    CoreBlock.Transaction twin = world.core.twin(payment);
    world.core.submit(twin);
    world.core.mine();
    world.settle();
    assertThat(state(twin)).isEqualTo("CREDITED");
    assertThat(state(payment)).isEqualTo("ORPHANED");
    assertThat(world.ledger.free(1_000, BTC)).isEqualTo(50_000);
    assertThat(world.ledger.frozen(1_000)).isFalse();

    world.core.disconnect(1);
    world.core.forget(twin.txid());
    CoreBlock.Transaction larger =
        world.core.make(
            payment.inputs(), List.of(ModelCore.output(first, BigInteger.valueOf(70_000))));
    world.core.submit(larger);
    world.core.mine(2);
    world.settle();
    assertThat(state(larger)).isEqualTo("CREDITED");
    assertThat(world.ledger.free(1_000, BTC)).isEqualTo(70_000);
    assertThat(world.ledger.history().stream().map(e -> e.getKey()).toList())
        .containsExactly(
            new LedgerCommand.Credit(1_000, BTC, 50_000),
            new LedgerCommand.Freeze(1_000),
            new LedgerCommand.Unfreeze(1_000),
            new LedgerCommand.Freeze(1_000),
            new LedgerCommand.Unfreeze(1_000),
            new LedgerCommand.Credit(1_000, BTC, 20_000));
  }

  @Test
  void aReplacementThatPaysAnotherCustomerFillsNothing() {
    CoreBlock.Transaction payment = pay(first, 50_000);
    world.core.mine();
    world.settle();
    world.core.disconnect(1);
    world.core.forget(payment.txid());
    CoreBlock.Transaction other =
        world.core.make(
            payment.inputs(), List.of(ModelCore.output(second, BigInteger.valueOf(50_000))));
    world.core.submit(other);
    world.core.mine(2);
    world.settle();
    assertThat(world.ledger.free(1_001, BTC)).isEqualTo(50_000);
    assertThat(world.ledger.frozen(1_001)).isFalse();
    assertThat(state(payment)).isEqualTo("CREDITED_ORPHANED");
    assertThat(world.ledger.frozen(1_000)).isTrue();

    world.transactions.run(t -> world.deposits.writeOff(t, id(payment), ModelLedger.HOUSE));
    world.settle();
    assertThat(state(payment)).isEqualTo("WRITTEN_OFF");
    assertThat(world.ledger.frozen(1_000)).isFalse();
    assertThat(world.ledger.free(ModelLedger.HOUSE, BTC)).isEqualTo(-50_000);
  }

  @Test
  void aLargeSumInPiecesWaitsAsLongAsInOne() {
    CoreBlock.Transaction small = pay(first, 600_000);
    world.core.mine();
    world.settle();
    assertThat(state(small)).isEqualTo("CREDITED");
    CoreBlock.Transaction more = pay(first, 600_000);
    world.core.mine();
    world.settle();
    assertThat(state(more)).as("1.2 million wait for three blocks").isEqualTo("SEEN");
    world.core.mine();
    world.settle();
    assertThat(state(more)).as("the first is deep: only this one is left").isEqualTo("CREDITED");
  }

  @Test
  void coinsOfABlockWaitForAHundred() {
    world.core.mine(first);
    world.core.mine(98);
    world.settle();
    assertThat(world.ledger.free(1_000, BTC)).isZero();
    world.core.mine();
    world.settle();
    assertThat(world.ledger.free(1_000, BTC)).isEqualTo(5_000_000_000L);
  }

  @Test
  void tooLittleNobodysAndTokensAreCountedAndNotCredited() {
    CoreBlock.Transaction little = pay(first, 999);
    CoreBlock.Transaction nobodys = pay(world.of(ChainName.BTC).get(4).script(), 50_000);
    CoreBlock.Transaction token =
        world.core.make(
            List.of(world.core.outside()),
            List.of(new Output(0, first, BigInteger.valueOf(1_000), "ee".repeat(32))));
    world.core.submit(token);
    world.core.mine(8);
    world.settle();
    assertThat(state(little)).isEqualTo("BELOW_MIN");
    assertThat(state(nobodys)).isEqualTo("UNATTRIBUTED");
    assertThat(world.sql().fetchCount(CUSTODY_DEPOSITS)).isEqualTo(2);
    assertThat(world.sql().fetchSingle(CUSTODY_UNKNOWN_TOKENS).getToken())
        .isEqualTo("ee".repeat(32));
    assertThat(world.ledger.history()).isEmpty();
    assertThat(DepositTerms.at(world.sql(), DepositWorld.BTC, 0).total())
        .isEqualTo(BigInteger.valueOf(50_999));

    world.transactions.run(t -> world.deposits.attribute(t, id(nobodys), 1_002));
    world.core.mine();
    world.settle();
    assertThat(world.ledger.free(1_002, BTC)).isEqualTo(50_000);
  }
}
