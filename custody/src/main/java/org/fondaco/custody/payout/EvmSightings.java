package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ANCHORS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.EvmBlock;
import org.fondaco.custody.payout.Desk.Sighting;
import org.fondaco.custody.payout.evm.Erc20;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.fondaco.db.schema.tables.records.CustodyPayeesRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Finds the attempts of open groups, and what spends their nonces, in a block of accounts. */
final class EvmSightings {
  private final ChainName chain;
  private final Map<Integer, Asset> assets;

  EvmSightings(ChainName chain, Map<Integer, Asset> assets) {
    this.chain = chain;
    this.assets = Map.copyOf(assets);
  }

  List<Sighting> of(DSLContext t, ChainBlock block) {
    Map<String, Long> anchors =
        t.select(CUSTODY_ANCHORS.ANCHOR, CUSTODY_ANCHORS.GROUP_ID)
            .from(CUSTODY_ANCHORS)
            .join(CUSTODY_GROUPS)
            .on(CUSTODY_GROUPS.GROUP_ID.eq(CUSTODY_ANCHORS.GROUP_ID))
            .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
            .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
            .fetchMap(CUSTODY_ANCHORS.ANCHOR, CUSTODY_ANCHORS.GROUP_ID);
    List<Sighting> found = new ArrayList<>();
    EvmBlock evm = (EvmBlock) block;
    for (int i = 0; i < evm.transactions().size() && !anchors.isEmpty(); i++) {
      EvmBlock.Transaction transaction = evm.transactions().get(i);
      Long group = anchors.get(transaction.from() + ":" + transaction.nonce());
      if (group != null) {
        found.add(sighting(t, group, transaction, evm.receipts().get(i)));
      }
    }
    return found;
  }

  private Sighting sighting(
      DSLContext t, long id, EvmBlock.Transaction transaction, EvmBlock.Receipt receipt) {
    for (CustodyAttemptsRecord attempt : GroupRows.attempts(t, id)) {
      byte[] txid = attempt.getTxid();
      if (txid != null && HexFormat.of().formatHex(txid).equals(transaction.hash())) {
        Boolean succeeded =
            attempt.getKind().equals("CANCEL")
                ? Boolean.TRUE
                : succeeded(t, GroupRows.locked(t, id), transaction, receipt);
        return new Sighting.Mined(
            id, attempt.getAttemptId(), transaction.hash(), succeeded, receipt.fee());
      }
    }
    return new Sighting.Conflict(id, transaction.hash(), "FOREIGN");
  }

  /** Null when a token's contract moved something else than it was told. */
  private @Nullable Boolean succeeded(
      DSLContext t,
      CustodyGroupsRecord group,
      EvmBlock.Transaction transaction,
      EvmBlock.Receipt receipt) {
    Asset asset = assets.get(group.getAsset());
    if (asset == null) {
      throw new IllegalStateException("asset " + group.getAsset() + " has left the settings");
    }
    if (!receipt.succeeded()) {
      return false;
    }
    String contract = asset.contract();
    if (contract == null) {
      return true;
    }
    CustodyPayeesRecord payee = GroupRows.payees(t, group.getGroupId()).getFirst();
    return switch (Erc20.moved(
        receipt.logs(),
        contract,
        transaction.from(),
        HexFormat.of().formatHex(payee.getScript()),
        payee.getAtoms())) {
      case EXACTLY -> true;
      case NOTHING -> false;
      case OTHERWISE -> null;
    };
  }
}
