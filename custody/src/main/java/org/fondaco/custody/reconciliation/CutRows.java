package org.fondaco.custody.reconciliation;

import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_CUTS;
import static org.fondaco.db.schema.Tables.CUSTODY_CUT_ASSETS;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.fondaco.db.schema.tables.records.CustodyCutAssetsRecord;
import org.fondaco.db.schema.tables.records.CustodyCutsRecord;
import org.jooq.DSLContext;

/** Cuts as rows. */
final class CutRows {
  private static final HexFormat HEX = HexFormat.of();

  private CutRows() {}

  static void insert(DSLContext t, long cutId, Cut.AssetCut cut) {
    Terms terms = cut.terms();
    CustodyCutAssetsRecord row = t.newRecord(CUSTODY_CUT_ASSETS);
    row.setCutId(cutId);
    row.setAsset(cut.asset());
    row.setCursorHeight(cut.cursorHeight());
    row.setCursorHash(HEX.parseHex(cut.cursorHash()));
    row.setOwn(cut.own());
    row.setRecorded(cut.recorded());
    row.setLiabilities(terms.liabilities());
    row.setCustomers(cut.customers());
    row.setSeen(terms.seen());
    row.setConfirmed(terms.confirmed());
    row.setBelowMin(terms.belowMin());
    row.setResidue(terms.residue());
    row.setUnattributed(terms.unattributed());
    row.setWrittenOffReturn(terms.writtenOffReturn());
    row.setPaid(terms.paid());
    row.setGas(terms.gas());
    row.setCreditedOrphan(terms.creditedOrphan());
    row.setPostedOrphan(terms.postedOrphan());
    row.setBreak(cut.difference());
    row.insert();
  }

  static Optional<Cut> byId(DSLContext t, long cutId) {
    return t.selectFrom(CUSTODY_CUTS)
        .where(CUSTODY_CUTS.CUT_ID.eq(cutId))
        .fetchOptional()
        .map(row -> cut(t, row));
  }

  static Optional<Cut> latest(DSLContext t) {
    return t.selectFrom(CUSTODY_CUTS)
        .orderBy(CUSTODY_CUTS.CUT_ID.desc())
        .limit(1)
        .fetchOptional()
        .map(row -> cut(t, row));
  }

  /** The break of an asset in the last cut before that was concluded. */
  static BigDecimal before(DSLContext t, long cutId, int asset) {
    return t.select(CUSTODY_CUT_ASSETS.BREAK)
        .from(CUSTODY_CUT_ASSETS)
        .where(CUSTODY_CUT_ASSETS.ASSET.eq(asset))
        .and(CUSTODY_CUT_ASSETS.CUT_ID.lt(cutId))
        .orderBy(CUSTODY_CUT_ASSETS.CUT_ID.desc())
        .limit(1)
        .fetchOptional()
        .map(row -> row.value1())
        .orElse(BigDecimal.ZERO);
  }

  private static Cut cut(DSLContext t, CustodyCutsRecord row) {
    List<Cut.AssetCut> assets =
        t.select(CUSTODY_CUT_ASSETS.asterisk(), CUSTODY_ASSETS.CODE)
            .from(CUSTODY_CUT_ASSETS)
            .leftJoin(CUSTODY_ASSETS)
            .on(CUSTODY_ASSETS.ASSET.eq(CUSTODY_CUT_ASSETS.ASSET))
            .where(CUSTODY_CUT_ASSETS.CUT_ID.eq(row.getCutId()))
            .orderBy(CUSTODY_CUT_ASSETS.ASSET)
            .fetch(asset ->
                asset(
                    asset.into(CUSTODY_CUT_ASSETS),
                    String.valueOf(asset.get(CUSTODY_ASSETS.CODE))));
    Instant finished = row.getFinishedAt() == null ? null : row.getFinishedAt().toInstant();
    return new Cut(
        row.getCutId(),
        Cut.State.valueOf(row.getState()),
        row.getBegunAt().toInstant(),
        finished,
        row.getN() == null ? 0 : row.getN(),
        row.getSequence() == null ? 0 : row.getSequence(),
        row.getNote() == null ? "" : row.getNote(),
        assets);
  }

  private static Cut.AssetCut asset(CustodyCutAssetsRecord row, String code) {
    Terms terms =
        new Terms(
            row.getLiabilities(),
            row.getSeen(),
            row.getConfirmed(),
            row.getBelowMin(),
            row.getResidue(),
            row.getUnattributed(),
            row.getWrittenOffReturn(),
            row.getPaid(),
            row.getGas(),
            row.getCreditedOrphan(),
            row.getPostedOrphan());
    return new Cut.AssetCut(
        row.getAsset(),
        code,
        row.getCursorHeight(),
        HEX.formatHex(row.getCursorHash()),
        row.getOwn(),
        row.getRecorded(),
        row.getCustomers(),
        terms,
        row.getBreak());
  }
}
