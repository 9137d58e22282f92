package org.fondaco.custody.scan;

import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_BLOCKS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.db.schema.tables.records.CustodyAssetsRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A chain's row, its cursor and its blocks. */
final class Cursors {
  private static final HexFormat HEX = HexFormat.of();

  /**
   * A chain's row.
   *
   * @param highest height of the highest cursor ever
   * @param block1 hash of block 1 once no reorganisation can reach it
   * @param rescanNext height of the next block to be read again, null = none
   */
  record Row(
      String identity,
      @Nullable String block1,
      BlockReference cursor,
      long highest,
      @Nullable String halted,
      @Nullable Long rescanNext) {}

  private Cursors() {}

  static @Nullable Row read(DSLContext dsl, ChainName chain) {
    return dsl.selectFrom(CUSTODY_CHAINS)
        .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
        .fetchOne(r ->
            new Row(
                r.getIdentity(),
                r.getBlock1Hash() == null ? null : HEX.formatHex(r.getBlock1Hash()),
                new BlockReference(r.getCursorHeight(), HEX.formatHex(r.getCursorHash())),
                r.getHighest(),
                r.getHalted(),
                r.getRescanNext()));
  }

  /** Locks the chain's row; true when the cursor is still there and the chain runs. */
  static boolean holds(DSLContext transaction, ChainName chain, BlockReference cursor) {
    return transaction.fetchExists(
        transaction
            .selectFrom(CUSTODY_CHAINS)
            .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
            .and(CUSTODY_CHAINS.CURSOR_HEIGHT.eq(cursor.height()))
            .and(CUSTODY_CHAINS.CURSOR_HASH.eq(HEX.parseHex(cursor.hash())))
            .and(CUSTODY_CHAINS.HALTED.isNull())
            .forUpdate());
  }

  /** The chain is seen for the first time. */
  static void create(DSLContext transaction, ChainName chain, String identity, ChainBlock first) {
    transaction
        .insertInto(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.CHAIN, chain.name())
        .set(CUSTODY_CHAINS.IDENTITY, identity)
        .set(CUSTODY_CHAINS.CURSOR_HEIGHT, first.height())
        .set(CUSTODY_CHAINS.CURSOR_HASH, HEX.parseHex(first.hash()))
        .set(CUSTODY_CHAINS.HIGHEST, first.height())
        .execute();
    insertBlock(transaction, chain, first);
  }

  /** The asset's row, which never changes. */
  static void asset(DSLContext transaction, Asset asset) {
    CustodyAssetsRecord row =
        transaction
            .selectFrom(CUSTODY_ASSETS)
            .where(CUSTODY_ASSETS.ASSET.eq(asset.id()))
            .fetchOne();
    byte @Nullable [] contract = asset.contract() == null ? null : HEX.parseHex(asset.contract());
    if (row == null) {
      transaction
          .insertInto(CUSTODY_ASSETS)
          .set(CUSTODY_ASSETS.ASSET, asset.id())
          .set(CUSTODY_ASSETS.CODE, asset.code())
          .set(CUSTODY_ASSETS.CHAIN, asset.chain().name())
          .set(CUSTODY_ASSETS.CONTRACT, contract)
          .set(CUSTODY_ASSETS.DECIMALS, asset.decimals())
          .set(CUSTODY_ASSETS.SCALE, asset.scale())
          .execute();
    } else if (!row.getCode().equals(asset.code())
        || !row.getChain().equals(asset.chain().name())
        || !Arrays.equals(row.getContract(), contract)
        || row.getDecimals() != asset.decimals()
        || row.getScale() != asset.scale()) {
      throw new ChainContradiction(
          "asset %d is %s in the database, and the settings say %s"
              .formatted(asset.id(), row.valuesRow(), asset));
    }
  }

  static void insertBlock(DSLContext transaction, ChainName chain, ChainBlock block) {
    transaction
        .insertInto(CUSTODY_BLOCKS)
        .set(CUSTODY_BLOCKS.CHAIN, chain.name())
        .set(CUSTODY_BLOCKS.HEIGHT, block.height())
        .set(CUSTODY_BLOCKS.HASH, HEX.parseHex(block.hash()))
        .set(CUSTODY_BLOCKS.PARENT, HEX.parseHex(block.parent()))
        .set(CUSTODY_BLOCKS.TIME, Instant.ofEpochSecond(block.time()).atOffset(ZoneOffset.UTC))
        .execute();
  }

  static void deleteBlock(DSLContext transaction, ChainName chain, long height) {
    transaction
        .deleteFrom(CUSTODY_BLOCKS)
        .where(CUSTODY_BLOCKS.CHAIN.eq(chain.name()))
        .and(CUSTODY_BLOCKS.HEIGHT.eq(height))
        .execute();
  }

  /** The block that was scanned at a height, null when there is none. */
  static @Nullable BlockReference scanned(DSLContext dsl, ChainName chain, long height) {
    return dsl.select(CUSTODY_BLOCKS.HASH)
        .from(CUSTODY_BLOCKS)
        .where(CUSTODY_BLOCKS.CHAIN.eq(chain.name()))
        .and(CUSTODY_BLOCKS.HEIGHT.eq(height))
        .fetchOne(r -> new BlockReference(height, HEX.formatHex(r.value1())));
  }

  static void move(DSLContext transaction, ChainName chain, BlockReference cursor) {
    transaction
        .update(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.CURSOR_HEIGHT, cursor.height())
        .set(CUSTODY_CHAINS.CURSOR_HASH, HEX.parseHex(cursor.hash()))
        .set(CUSTODY_CHAINS.HIGHEST, DSL.greatest(CUSTODY_CHAINS.HIGHEST, DSL.val(cursor.height())))
        .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
        .execute();
  }

  /** Forgets how far the chain was, so that a deeper reorganisation is taken. */
  static void lower(DSLContext transaction, ChainName chain, long highest) {
    transaction
        .update(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.HIGHEST, DSL.least(CUSTODY_CHAINS.HIGHEST, DSL.val(highest)))
        .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
        .execute();
  }

  /** Where reading again goes on; null = it has ended. */
  static void rescan(DSLContext transaction, ChainName chain, @Nullable Long next) {
    transaction
        .update(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.RESCAN_NEXT, next)
        .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
        .execute();
  }

  static void pin(DSLContext transaction, ChainName chain, String block1) {
    transaction
        .update(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.BLOCK1_HASH, HEX.parseHex(block1))
        .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
        .execute();
  }

  /** Halts a chain, or lets it run again with null. */
  static void halt(DSLContext transaction, ChainName chain, @Nullable String why, Instant at) {
    transaction
        .update(CUSTODY_CHAINS)
        .set(CUSTODY_CHAINS.HALTED, why)
        .set(CUSTODY_CHAINS.HALTED_AT, why == null ? null : at.atOffset(ZoneOffset.UTC))
        .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
        .execute();
  }
}
