package org.fondaco.custody.deposit;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.ChainContradiction;
import org.fondaco.custody.scan.Received;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What a block brings: new deposits (D1, D1b) all at once, returning ones (D3) one by one. */
final class Arrivals {
  private static final String SPENDS =
      """
      insert into custody_deposit_spends (chain, spend, txid)
      select {0}, s.spend, decode(s.txid, 'hex') from unnest({1}, {2}) as s(spend, txid)
      on conflict do nothing\
      """;

  private final Map<Integer, AssetSettings> assets;
  private final Holes holes;
  private final InstantSource clock;

  Arrivals(Map<Integer, AssetSettings> assets, Holes holes, InstantSource clock) {
    this.assets = Map.copyOf(assets);
    this.holes = holes;
    this.clock = clock;
  }

  private record Key(String txid, String position) {}

  private AssetSettings settings(int asset) {
    return Objects.requireNonNull(assets.get(asset), () -> "asset " + asset + " has no settings");
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  /** All that one block brings; of one chain. */
  void received(DSLContext t, List<Received> all) {
    if (all.isEmpty()) {
      return;
    }
    ChainName chain = all.getFirst().chain();
    DepositRows.lock(t);
    Map<Key, CustodyDepositsRecord> known = known(t, chain, all);
    Set<Key> told = new HashSet<>();
    List<CustodyDepositsRecord> fresh = new ArrayList<>();
    for (Received received : all) {
      Key key = new Key(received.txid(), received.position());
      CustodyDepositsRecord row = known.get(key);
      if (!told.add(key) || row != null && DepositRows.onChain(row)) {
        throw new ChainContradiction(
            "the deposit %s|%s:%s of block %s is in a block already"
                .formatted(chain, key.txid(), key.position(), received.block()));
      }
      if (row == null) {
        fresh.add(created(t, received, 0));
      } else {
        returned(t, row, received);
      }
    }
    DepositRows.insert(t, fresh);
    insertSpends(t, chain, all);
    t.update(CUSTODY_ADDRESSES)
        .set(CUSTODY_ADDRESSES.STATE, "USED")
        .where(
            CUSTODY_ADDRESSES.ADDRESS_ID.eq(
                DSL.any(all.stream().map(Received::addressId).distinct().toArray(Long[]::new))))
        .and(CUSTODY_ADDRESSES.STATE.eq("ISSUED"))
        .execute();
  }

  private static Map<Key, CustodyDepositsRecord> known(
      DSLContext t, ChainName chain, List<Received> all) {
    byte[][] ids =
        all.stream()
            .map(Received::txid)
            .distinct()
            .map(DepositRows.HEX::parseHex)
            .toArray(byte[][]::new);
    Map<Key, CustodyDepositsRecord> known = new HashMap<>();
    t.selectFrom(CUSTODY_DEPOSITS)
        .where(CUSTODY_DEPOSITS.CHAIN.eq(chain.name()))
        .and(CUSTODY_DEPOSITS.TXID.eq(DSL.any(ids)))
        .forEach(row ->
            known.put(new Key(DepositRows.HEX.formatHex(row.getTxid()), row.getPosition()), row));
    return known;
  }

  private CustodyDepositsRecord created(DSLContext t, Received received, int reorgs) {
    CustodyDepositsRecord row = t.newRecord(CUSTODY_DEPOSITS);
    row.setChain(received.chain().name());
    row.setTxid(DepositRows.HEX.parseHex(received.txid()));
    row.setPosition(received.position());
    row.setReorgs(reorgs);
    row.setCoinbase(received.coinbase());
    row.setCredited(0L);
    row.setAttributed(false);
    row.setSeenAt(now());
    row.setAccount(received.account());
    fill(row, received);
    row.setState(classify(row).name());
    return row;
  }

  /** Block, amount and address as they are now. */
  private void fill(CustodyDepositsRecord row, Received received) {
    Asset asset = settings(received.asset()).asset();
    row.setAsset(asset.id());
    row.setAddressId(received.addressId());
    row.setAtoms(received.atoms());
    DepositRows.place(row, received.block());
    row.setChangedAt(now());
    try {
      row.setUnits(asset.units(received.atoms()));
      row.setResidue(asset.residue(received.atoms()));
      row.setMemo(null);
    } catch (ArithmeticException e) {
      row.setUnits(0L);
      row.setResidue(received.atoms());
      row.setMemo("more than the ledger can count");
    }
  }

  private DepositState classify(CustodyDepositsRecord row) {
    if (row.getAccount() == null || row.getMemo() != null) {
      return DepositState.UNATTRIBUTED;
    }
    boolean enough =
        row.getUnits() > 0 && row.getAtoms().compareTo(settings(row.getAsset()).minimum()) >= 0;
    // Two people's word is not undone by a minimum.
    return enough || row.getAttributed() && row.getUnits() > 0
        ? DepositState.SEEN
        : DepositState.BELOW_MIN;
  }

  private void returned(DSLContext t, CustodyDepositsRecord row, Received received) {
    boolean same =
        row.getAsset() == received.asset()
            && (row.getAttributed() || Objects.equals(row.getAccount(), received.account()));
    switch (DepositRows.state(row)) {
      case ORPHANED -> {
        if (!row.getAttributed() || row.getAddressId() != received.addressId()) {
          row.setAccount(received.account());
          row.setAttributed(false);
        }
        fill(row, received);
        row.setState(classify(row).name());
        row.setFilledBy(null);
        row.update();
      }
      case CONFIRMED, CREDITED_ORPHANED, WRITTEN_OFF -> {
        if (same) {
          fill(row, received);
          row.update();
          holes.refresh(t, row);
        } else {
          // The same call did something else this time. What was credited keeps its row and its
          // hole under a name of its own; what came now is another deposit.
          row.setPosition(row.getPosition() + "#" + row.getReorgs());
          row.update();
          created(t, received, row.getReorgs() + 1).insert();
        }
      }
      case SEEN, BELOW_MIN, CREDITED, SUSPENSE, FINAL, UNATTRIBUTED ->
          throw new IllegalStateException(
              "deposit " + row.getDepositId() + " is " + row.getState() + " without a block");
    }
  }

  private static void insertSpends(DSLContext t, ChainName chain, List<Received> all) {
    Set<String> done = new HashSet<>();
    List<String> spends = new ArrayList<>();
    List<String> txids = new ArrayList<>();
    for (Received received : all) {
      if (done.add(received.txid())) {
        spends.addAll(received.spends());
        received.spends().forEach(_ -> txids.add(received.txid()));
      }
    }
    if (!spends.isEmpty()) {
      t.execute(
          SPENDS,
          DSL.val(chain.name()),
          DSL.val(spends.toArray(String[]::new)),
          DSL.val(txids.toArray(String[]::new)));
    }
  }
}
