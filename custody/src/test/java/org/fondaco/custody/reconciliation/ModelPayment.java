package org.fondaco.custody.reconciliation;

import static org.fondaco.custody.reconciliation.ModelCustody.ETH;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.Subject;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** A withdrawal with one group and one attempt, by section 3 of CUSTODY_FLOWS.md. */
final class ModelPayment implements ModelChain.Event {
  private final ModelCustody custody;
  private final Asset asset;
  private final long amount;
  private final byte[] txid;
  private final BigInteger fee;
  private final boolean reverts;
  private final boolean cancels;
  private long id;
  private long hold;
  private @Nullable String input;
  private boolean mined;
  private boolean posted;
  private boolean refused;
  private BigInteger inputAtoms = BigInteger.ZERO;

  private ModelPayment(ModelCustody custody, Asset asset, long amount) {
    this.custody = custody;
    this.asset = asset;
    this.amount = amount;
    this.txid = custody.newTxid();
    this.reverts = !asset.isCoin() && custody.random.nextInt(4) == 0;
    this.cancels = custody.random.nextInt(6) == 0;
    this.fee =
        asset.chain().hasOutputs()
            ? BigInteger.valueOf(1 + custody.random.nextInt(20))
            : BigInteger.valueOf(1 + custody.random.nextInt(2_000_000_000))
                .multiply(BigInteger.valueOf(21));
  }

  static ModelPayment create(
      ModelCustody custody, DSLContext t, Asset asset, long account, long amount) {
    ModelPayment payment = new ModelPayment(custody, asset, amount);
    payment.id = custody.payments.size() + 1L;
    t.execute(
        """
        insert into custody_withdrawals (withdrawal_id, account, withdraw_order_id, asset, chain, address,
          script, amount, fee, state, requested_at, changed_at)
        overriding system value values (?, ?, ?, ?, ?, 'there', '\\x00', ?, 0, 'REQUESTED', now(), now())
        """,
        payment.id,
        account,
        "w" + payment.id,
        asset.id(),
        asset.chain().name(),
        amount);
    Outbox.add(
        t,
        "withdrawal|" + payment.id + "|reserve",
        new LedgerCommand.Reserve(account, asset.id(), amount),
        new Subject(Subject.Kind.WITHDRAWAL, payment.id));
    return payment;
  }

  void answered(DSLContext t, LedgerCommand command, Answer answer) {
    if (command instanceof LedgerCommand.Reserve) {
      hold = answer.holdId();
      refused = !answer.applied();
    } else {
      ModelCustody.must(answer.applied(), answer);
    }
    t.execute("update custody_withdrawals set hold_id = ? where withdrawal_id = ?", hold, id);
  }

  /** Plans the group when funds are held; tells the ledger when it is mined. */
  void advance(DSLContext t) {
    if (hold > 0 && input == null && !refused) {
      plan(t);
    } else if (mined && !posted) {
      posted = true;
      custody.expense(t, id, fee, coin());
      LedgerCommand command =
          reverts || cancels
              ? new LedgerCommand.Void(hold)
              : new LedgerCommand.Post(hold, asset.id(), amount, 0);
      Outbox.add(t, "withdrawal|" + id + "|end", command, new Subject(Subject.Kind.WITHDRAWAL, id));
    }
  }

  private Asset coin() {
    return asset.chain().hasOutputs() ? asset : ETH;
  }

  private void plan(DSLContext t) {
    BigInteger needed = asset.atoms(amount).add(fee);
    if (asset.chain().hasOutputs()) {
      for (Map.Entry<String, BigInteger> unspent : custody.chain(asset).state.entrySet()) {
        boolean free = custody.payments.stream().noneMatch(p -> unspent.getKey().equals(p.input));
        if (free && unspent.getValue().compareTo(needed) >= 0) {
          input = unspent.getKey();
          inputAtoms = unspent.getValue();
        }
      }
      if (input == null) {
        return;
      }
    } else {
      input = "";
    }
    t.execute(
        "insert into custody_groups (group_id, chain, purpose, asset, state, created_at, changed_at) overriding system value values (?, ?, 'PAY', ?, 'SENDING', now(), now())",
        id,
        asset.chain().name(),
        asset.id());
    t.execute(
        "insert into custody_payees (group_id, position, script, address, atoms, withdrawal_id) values (?, 0, '\\x00', 'there', ?, ?)",
        id,
        asset.atoms(amount),
        id);
    t.execute(
        "insert into custody_attempts (group_id, number, kind, state, unsigned, digest, inputs, fee_atoms, fee_rate, created_at) values (?, 1, ?, 'SENDING', '', '', '{}', ?, 1, now())",
        id,
        cancels ? "CANCEL" : "PAY",
        fee);
    custody.chain(asset).pending.add(this);
  }

  private BigInteger leaves() {
    return reverts || cancels ? BigInteger.ZERO : asset.atoms(amount);
  }

  @Override
  public boolean possible() {
    Map<String, BigInteger> state = custody.chain(asset).state;
    if (asset.chain().hasOutputs()) {
      return state.getOrDefault(input, BigInteger.ZERO).signum() > 0;
    }
    BigInteger coins = state.getOrDefault(ModelCustody.HOT + "|2", BigInteger.ZERO);
    BigInteger own = state.getOrDefault(ModelCustody.HOT + "|" + asset.id(), BigInteger.ZERO);
    return asset.isCoin()
        ? own.compareTo(leaves().add(fee)) >= 0
        : own.compareTo(leaves()) >= 0 && coins.compareTo(fee) >= 0;
  }

  @Override
  public void connect(DSLContext t, long height, byte[] hash) {
    mined = true;
    ModelChain chain = custody.chain(asset);
    if (asset.chain().hasOutputs()) {
      chain.state.remove(input);
      t.execute(
          "update custody_outputs set spent_height = ?, spent_txid = ? where encode(txid, 'hex') || ':' || vout = ?",
          height,
          txid,
          input);
      BigInteger change = inputAtoms.subtract(leaves()).subtract(fee);
      if (change.signum() > 0) {
        chain.add(HexFormat.of().formatHex(txid) + ":1", change);
        output(t, asset, txid, 1, change, height, hash, "INTERNAL");
      }
    } else {
      chain.add(ModelCustody.HOT + "|" + asset.id(), leaves().negate());
      chain.add(ModelCustody.HOT + "|2", fee.negate());
      change(t, asset, leaves().negate(), height, hash, "PAYOUT");
      change(t, ETH, fee.negate(), height, hash, "GAS");
    }
    t.execute(
        "update custody_attempts set height = ?, block_hash = ?, succeeded = ?, paid_fee = ?, state = 'MINED' where group_id = ?",
        height,
        hash,
        !reverts,
        fee,
        id);
  }

  @Override
  public void disconnect(DSLContext t) {
    mined = false;
    ModelChain chain = custody.chain(asset);
    if (asset.chain().hasOutputs()) {
      chain.state.put(Objects.requireNonNull(input), inputAtoms);
      chain.state.remove(HexFormat.of().formatHex(txid) + ":1");
      t.execute("delete from custody_outputs where txid = ?", (Object) txid);
      t.execute(
          "update custody_outputs set spent_height = null, spent_txid = null where spent_txid = ?",
          (Object) txid);
    } else {
      chain.add(ModelCustody.HOT + "|" + asset.id(), leaves());
      chain.add(ModelCustody.HOT + "|2", fee);
      undo(t, asset, chain.height() + 1);
    }
    t.execute(
        "update custody_attempts set height = null, block_hash = null, succeeded = null, paid_fee = null, state = 'SENDING' where group_id = ?",
        id);
  }

  static void output(
      DSLContext t,
      Asset asset,
      byte[] txid,
      int vout,
      BigInteger atoms,
      long height,
      byte[] hash,
      String origin) {
    t.execute(
        """
        insert into custody_outputs (chain, txid, vout, address_id, atoms, coinbase, height, block_hash, origin)
        values (?, ?, ?, (select address_id from custody_addresses where family = ?), ?, false, ?, ?, ?)
        """,
        asset.chain().name(),
        txid,
        vout,
        asset.chain().name(),
        atoms,
        height,
        hash,
        origin);
  }

  static void change(
      DSLContext t, Asset asset, BigInteger atoms, long height, byte[] hash, String cause) {
    t.execute(
        """
        insert into custody_balance_changes (chain, height, block_hash, address_id, asset, atoms, cause)
        values (?, ?, ?, (select address_id from custody_addresses where family = ?), ?, ?, ?)
        """,
        asset.chain().name(),
        height,
        hash,
        asset.chain().name(),
        asset.id(),
        atoms,
        cause);
  }

  /** A block's changes go with it, whatever caused them. */
  static void undo(DSLContext t, Asset asset, long height) {
    t.execute(
        "delete from custody_balance_changes where chain = ? and height = ?",
        asset.chain().name(),
        height);
  }
}
