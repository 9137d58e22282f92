package org.fondaco.custody.reconciliation;

import java.math.BigInteger;
import java.util.HexFormat;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.Subject;
import org.jooq.DSLContext;

/** A deposit through its states, by section 2 of CUSTODY_FLOWS.md. */
final class ModelDeposit implements ModelChain.Event {
  private final ModelCustody custody;
  private final Asset asset;
  private final long account;
  private final byte[] txid;
  private final BigInteger atoms;
  private final int fate;
  private long id;
  private int reorgs;
  private long credited;
  private boolean there;
  private String state = "SEEN";

  private ModelDeposit(ModelCustody custody, Asset asset, long account) {
    this.custody = custody;
    this.asset = asset;
    this.account = account;
    this.txid = custody.newTxid();
    this.fate = custody.random.nextInt(10);
    BigInteger unit = BigInteger.TEN.pow(Math.max(0, asset.decimals() - asset.scale()));
    BigInteger whole = BigInteger.valueOf(1 + custody.random.nextInt(1_000_000)).multiply(unit);
    this.atoms = whole.add(BigInteger.valueOf(custody.random.nextInt(1_000)).mod(unit));
  }

  /** Waits for a block; nobody's when its fate is 0, too small when it is 1. */
  static ModelDeposit create(ModelCustody custody, DSLContext t, Asset asset, long account) {
    ModelDeposit deposit = new ModelDeposit(custody, asset, account);
    deposit.id = custody.deposits.size() + 1L;
    custody.chain(asset).pending.add(deposit);
    return deposit;
  }

  private String key() {
    return asset.chain().hasOutputs()
        ? HexFormat.of().formatHex(txid) + ":0"
        : ModelCustody.HOT + "|" + asset.id();
  }

  private String creditKey() {
    return "deposit|" + id + "|credit|" + reorgs;
  }

  @Override
  public boolean possible() {
    return true;
  }

  @Override
  public void connect(DSLContext t, long height, byte[] hash) {
    there = true;
    custody.chain(asset).add(key(), atoms);
    if (state.equals("ORPHANED") || state.equals("SEEN")) {
      state = fate == 0 ? "UNATTRIBUTED" : fate == 1 ? "BELOW_MIN" : "SEEN";
    } else if (state.equals("CREDITED_ORPHANED")) {
      state = "CREDITED";
    }
    t.execute(
        """
        insert into custody_deposits (deposit_id, chain, txid, position, asset, account, address_id,
          atoms, units, residue, height, block_hash, state, seen_at, changed_at)
        overriding system value
        values (?, ?, ?, '0', ?, cast(? as bigint), (select address_id from custody_addresses where family = ?),
          ?, ?, ?, ?, ?, ?, now(), now())
        on conflict (deposit_id) do update set height = excluded.height,
          block_hash = excluded.block_hash, state = excluded.state
        """,
        id,
        asset.chain().name(),
        txid,
        asset.id(),
        fate == 0 ? null : account,
        asset.chain().name(),
        atoms,
        asset.units(atoms),
        asset.residue(atoms),
        height,
        hash,
        state);
    if (asset.chain().hasOutputs()) {
      ModelPayment.output(t, asset, txid, 0, atoms, height, hash, "DEPOSIT");
    } else {
      ModelPayment.change(t, asset, atoms, height, hash, "DEPOSIT");
    }
  }

  @Override
  public void disconnect(DSLContext t) {
    there = false;
    custody.chain(asset).add(key(), atoms.negate());
    if (state.equals("CREDITED")) {
      state = "CREDITED_ORPHANED";
    } else if (state.equals("CONFIRMED")) {
      if (Outbox.withdraw(t, creditKey())) {
        reorgs++;
        state = "ORPHANED";
      }
    } else if (!state.equals("WRITTEN_OFF")) {
      state = "ORPHANED";
    }
    t.execute("delete from custody_outputs where txid = ?", (Object) txid);
    ModelPayment.undo(t, asset, custody.chain(asset).height() + 1);
    save(t);
  }

  /** Credited, and its coins are gone. */
  boolean isHole() {
    return state.equals("CREDITED_ORPHANED");
  }

  void confirm(DSLContext t) {
    if (state.equals("SEEN") && there) {
      state = "CONFIRMED";
      Outbox.add(
          t,
          creditKey(),
          new LedgerCommand.Credit(account, asset.id(), asset.units(atoms)),
          new Subject(Subject.Kind.DEPOSIT, id));
    } else if (state.equals("CREDITED_ORPHANED") && fate < 7 && credited > 0) {
      state = "WRITTEN_OFF";
      Outbox.add(
          t,
          "deposit|" + id + "|writeoff|" + reorgs,
          new LedgerCommand.Adjust(4, 1, asset.id(), credited),
          new Subject(Subject.Kind.DEPOSIT, id));
    }
    save(t);
  }

  void answered(DSLContext t, LedgerCommand command, Answer answer) {
    ModelCustody.must(answer.applied(), answer);
    if (command instanceof LedgerCommand.Credit credit) {
      credited += credit.amount();
      state = there ? "CREDITED" : "CREDITED_ORPHANED";
    } else {
      credited = 0;
    }
    save(t);
  }

  private void save(DSLContext t) {
    t.execute(
        "update custody_deposits set state = ?, credited = ?, height = case when ? then height end where deposit_id = ?",
        state,
        credited,
        there,
        id);
  }
}
