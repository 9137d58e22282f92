package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ANCHORS;
import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSIT_SPENDS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTPUTS;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.payout.Desk.Sighting;
import org.fondaco.custody.payout.utxo.OwnInput;
import org.fondaco.custody.payout.utxo.Paid;
import org.fondaco.custody.payout.utxo.UnsignedUtxo;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Finds the attempts of open groups, and what spends their anchors, in a block of outputs. */
final class UtxoSightings {
  private UtxoSightings() {}

  static List<Sighting> of(DSLContext t, ChainName chain, ChainBlock block) {
    Map<String, Long> anchors =
        t.select(CUSTODY_ANCHORS.ANCHOR, CUSTODY_ANCHORS.GROUP_ID)
            .from(CUSTODY_ANCHORS)
            .join(CUSTODY_GROUPS)
            .on(CUSTODY_GROUPS.GROUP_ID.eq(CUSTODY_ANCHORS.GROUP_ID))
            .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
            .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
            .fetchMap(CUSTODY_ANCHORS.ANCHOR, CUSTODY_ANCHORS.GROUP_ID);
    if (anchors.isEmpty()) {
      return List.of();
    }
    List<Sighting> found = new ArrayList<>();
    Set<Long> done = new HashSet<>();
    Map<String, Long> unborn = unborn(t, chain, anchors);
    for (CoreBlock.Transaction transaction : ((CoreBlock) block).transactions()) {
      for (CoreBlock.OutPoint input : transaction.inputs()) {
        Long group = anchors.get(input.toString());
        if (group != null && done.add(group)) {
          found.add(sighting(t, chain, group, transaction));
        }
        Long childless = unborn.get(input.toString());
        if (childless != null && done.add(childless)) {
          found.add(new Sighting.Conflict(childless, transaction.txid(), "PARENT"));
        }
      }
    }
    return found;
  }

  private static Sighting sighting(
      DSLContext t, ChainName chain, long group, CoreBlock.Transaction transaction) {
    for (CustodyAttemptsRecord attempt : GroupRows.attempts(t, group)) {
      byte[] txid = attempt.getTxid();
      if (txid != null && HexFormat.of().formatHex(txid).equals(transaction.txid())
          || isTwin(attempt, transaction)) {
        return new Sighting.Mined(
            group, attempt.getAttemptId(), transaction.txid(), true, attempt.getFeeAtoms());
      }
    }
    return new Sighting.Conflict(
        group, transaction.txid(), isOurs(t, chain, transaction.txid()) ? "OWN" : "FOREIGN");
  }

  private static boolean isOurs(DSLContext t, ChainName chain, String txid) {
    return t.fetchExists(
        t.selectOne()
            .from(CUSTODY_ATTEMPTS)
            .join(CUSTODY_GROUPS)
            .on(CUSTODY_GROUPS.GROUP_ID.eq(CUSTODY_ATTEMPTS.GROUP_ID))
            .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
            .and(CUSTODY_ATTEMPTS.TXID.eq(HexFormat.of().parseHex(txid))));
  }

  /** The same inputs and outputs under another id: somebody changed the form of a signature. */
  private static boolean isTwin(CustodyAttemptsRecord attempt, CoreBlock.Transaction transaction) {
    if (attempt.getRaw() == null) {
      return false;
    }
    UnsignedUtxo ours = UnsignedUtxo.decode(attempt.getUnsigned());
    if (ours.inputs().size() != transaction.inputs().size()
        || ours.outputs().size() != transaction.outputs().size()) {
      return false;
    }
    for (int i = 0; i < ours.inputs().size(); i++) {
      OwnInput input = ours.inputs().get(i);
      if (!input.outpoint().equals(transaction.inputs().get(i).toString())) {
        return false;
      }
    }
    for (int i = 0; i < ours.outputs().size(); i++) {
      Paid output = ours.outputs().get(i);
      CoreBlock.Output mined = transaction.outputs().get(i);
      if (output.atoms() != mined.atoms().longValueExact()
          || !Arrays.equals(output.script(), HexFormat.of().parseHex(mined.script()))) {
        return false;
      }
    }
    return true;
  }

  /**
   * For anchors whose own transaction is on no block of this chain: what that transaction spends.
   * When something else spends it, the anchor will never exist.
   */
  private static Map<String, Long> unborn(
      DSLContext t, ChainName chain, Map<String, Long> anchors) {
    Set<String> present =
        t.select(
                concat(
                    field("encode({0}, 'hex')", String.class, CUSTODY_OUTPUTS.TXID),
                    val(":"),
                    CUSTODY_OUTPUTS.VOUT.cast(String.class)))
            .from(CUSTODY_OUTPUTS)
            .where(CUSTODY_OUTPUTS.CHAIN.eq(chain.name()))
            .and(
                CUSTODY_OUTPUTS.TXID.in(
                    anchors.keySet().stream().map(UtxoSightings::txid).distinct().toList()))
            .fetchSet(0, String.class);
    Map<String, Long> unborn = new HashMap<>();
    anchors.forEach((anchor, group) -> {
      if (!present.contains(anchor)) {
        parents(t, chain, txid(anchor)).forEach(spend -> unborn.put(spend, group));
      }
    });
    return unborn;
  }

  private static byte[] txid(String anchor) {
    return HexFormat.of().parseHex(anchor.substring(0, anchor.indexOf(':')));
  }

  /** What a transaction spends, as its deposit or its own attempt says. */
  private static List<String> parents(DSLContext t, ChainName chain, byte[] txid) {
    CustodyAttemptsRecord own = attempt(t, txid);
    if (own != null) {
      return List.of(own.getInputs());
    }
    return t.select(CUSTODY_DEPOSIT_SPENDS.SPEND)
        .from(CUSTODY_DEPOSIT_SPENDS)
        .where(CUSTODY_DEPOSIT_SPENDS.CHAIN.eq(chain.name()))
        .and(CUSTODY_DEPOSIT_SPENDS.TXID.eq(txid))
        .fetch(CUSTODY_DEPOSIT_SPENDS.SPEND);
  }

  private static @Nullable CustodyAttemptsRecord attempt(DSLContext t, byte[] txid) {
    return t.selectFrom(CUSTODY_ATTEMPTS).where(CUSTODY_ATTEMPTS.TXID.eq(txid)).fetchOne();
  }
}
