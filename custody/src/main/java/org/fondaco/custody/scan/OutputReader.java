package org.fondaco.custody.scan;

import static org.fondaco.db.schema.Tables.CUSTODY_OUTPUTS;
import static org.fondaco.db.schema.Tables.CUSTODY_UNKNOWN_TOKENS;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What a block of a chain of outputs does to ours: which appear and which are spent. */
final class OutputReader implements BlockReader {
  private static final HexFormat HEX = HexFormat.of();

  /** The whole block's inputs in one statement; what is not ours finds no row. */
  private static final String SPEND =
      """
      update custody_outputs o set spent_height = {0}, spent_txid = s.spender
      from unnest({1}, {2}, {3}) as s(txid, vout, spender)
      where o.chain = {4} and o.txid = s.txid and o.vout = s.vout and o.spent_height is null
      returning encode(o.spent_txid, 'hex') as spender, o.atoms\
      """;

  private final ChainName chain;
  private final int coin;
  private final ScanParties parties;
  private final InstantSource clock;

  OutputReader(ChainSettings settings, ScanParties parties, InstantSource clock) {
    this.chain = settings.chain();
    this.coin = settings.coin().asset().id();
    this.parties = parties;
    this.clock = clock;
  }

  /** An output on a script of ours. */
  record Found(
      CoreBlock.Transaction transaction, CoreBlock.Output output, WatchList.Watched watched) {
    CoreBlock.OutPoint point() {
      return new CoreBlock.OutPoint(transaction.txid(), output.vout());
    }
  }

  /**
   * A plain output of ours, and what it is.
   *
   * @param internal a transaction of ours made it
   * @param account whose it is, null = nobody's yet
   * @param spender in the same block, null for none
   */
  record Arrived(Found found, boolean internal, @Nullable Long account, @Nullable String spender) {
    String origin() {
      return internal ? "INTERNAL" : account == null ? "UNATTRIBUTED" : "DEPOSIT";
    }
  }

  @Override
  public void connect(DSLContext t, ChainBlock block, WatchList watched) {
    read(t, (CoreBlock) block, watched, Set.of());
  }

  @Override
  public void again(DSLContext t, ChainBlock block, WatchList watched) {
    Set<String> known =
        t.select(CUSTODY_OUTPUTS.TXID, CUSTODY_OUTPUTS.VOUT)
            .from(CUSTODY_OUTPUTS)
            .where(CUSTODY_OUTPUTS.CHAIN.eq(chain.name()))
            .and(CUSTODY_OUTPUTS.HEIGHT.eq(block.height()))
            .fetchSet(
                r -> new CoreBlock.OutPoint(HEX.formatHex(r.value1()), r.value2()).toString());
    read(t, (CoreBlock) block, watched, known);
  }

  /**
   * @param known outputs of the block that have their rows
   */
  private void read(DSLContext t, CoreBlock core, WatchList watched, Set<String> known) {
    BlockReference reference = new BlockReference(core.height(), core.hash());
    Map<String, String> spenders = new LinkedHashMap<>();
    List<Found> found = new ArrayList<>();
    for (CoreBlock.Transaction transaction : core.transactions()) {
      for (CoreBlock.OutPoint input : transaction.inputs()) {
        spenders.put(input.toString(), transaction.txid());
      }
      for (CoreBlock.Output output : transaction.outputs()) {
        WatchList.Watched ours = watched.find(output.script());
        if (ours != null && output.atoms().signum() > 0) {
          Found one = new Found(transaction, output, ours);
          if (!known.contains(one.point().toString())) {
            found.add(one);
          }
        }
      }
    }
    Map<String, BigInteger> spent = spend(t, core);
    // Of a block's transactions one may spend what another makes, in any order (BCH sorts by id).
    for (Found output : found) {
      String spender = spenders.get(output.point().toString());
      if (spender != null && output.output().token() == null) {
        spent.merge(spender, output.output().atoms(), BigInteger::add);
      }
    }
    Map<String, List<String>> ofOurs = new HashMap<>();
    found.forEach(output -> ofOurs.put(output.transaction().txid(), List.of()));
    spent.keySet().forEach(txid -> ofOurs.put(txid, List.of()));
    for (CoreBlock.Transaction transaction : core.transactions()) {
      ofOurs.computeIfPresent(transaction.txid(), (_, _) -> spends(transaction));
    }
    Set<String> own = parties.own().own(t, chain, ofOurs);
    foreign(t, core, spent, own);
    List<Arrived> arrived = new ArrayList<>();
    for (Found output : found) {
      if (output.output().token() != null) {
        listToken(t, output, reference);
      } else {
        arrived.add(arrived(output, own, spent.keySet(), spenders));
      }
    }
    OutputRows.insert(t, chain, reference, arrived);
    parties
        .findings()
        .received(
            t,
            arrived.stream()
                .filter(one -> !one.internal())
                .map(one -> received(one, ofOurs, reference))
                .toList());
  }

  /** Marks ours that the block spends; atoms by the spender. */
  private Map<String, BigInteger> spend(DSLContext t, CoreBlock block) {
    List<byte[]> txids = new ArrayList<>();
    List<Integer> vouts = new ArrayList<>();
    List<byte[]> by = new ArrayList<>();
    for (CoreBlock.Transaction transaction : block.transactions()) {
      for (CoreBlock.OutPoint input : transaction.inputs()) {
        txids.add(HEX.parseHex(input.txid()));
        vouts.add(input.vout());
        by.add(HEX.parseHex(transaction.txid()));
      }
    }
    Map<String, BigInteger> spent = new LinkedHashMap<>();
    if (!txids.isEmpty()) {
      t.resultQuery(
              SPEND,
              DSL.val(block.height()),
              DSL.val(txids.toArray(byte[][]::new)),
              DSL.val(vouts.toArray(Integer[]::new)),
              DSL.val(by.toArray(byte[][]::new)),
              DSL.val(chain.name()))
          .forEach(row ->
              spent.merge(
                  row.get("spender", String.class),
                  row.get("atoms", BigInteger.class),
                  BigInteger::add));
    }
    return spent;
  }

  /** Spends of ours that custody did not sign are breaks. */
  private void foreign(
      DSLContext t, CoreBlock block, Map<String, BigInteger> spent, Set<String> own) {
    if (spent.isEmpty()) {
      return;
    }
    for (CoreBlock.Transaction transaction : block.transactions()) {
      BigInteger atoms = spent.get(transaction.txid());
      if (atoms != null && !own.contains(transaction.txid())) {
        Breaks.open(
            t,
            coin,
            Breaks.Cause.FOREIGN_SPEND,
            breakKey(transaction.txid()),
            atoms.negate(),
            "outputs of ours were spent in block "
                + block.height()
                + " by a transaction that custody did not sign",
            clock.instant());
      }
    }
  }

  private String breakKey(String txid) {
    return chain + "|" + txid;
  }

  private static List<String> spends(CoreBlock.Transaction transaction) {
    return transaction.inputs().stream().map(CoreBlock.OutPoint::toString).toList();
  }

  private static Arrived arrived(
      Found found, Set<String> own, Set<String> spendingOurs, Map<String, String> spenders) {
    boolean internal = own.contains(found.transaction().txid());
    // What a transaction brings back that took from us unsigned, is nobody's deposit.
    Long account =
        spendingOurs.contains(found.transaction().txid()) ? null : found.watched().account();
    return new Arrived(found, internal, account, spenders.get(found.point().toString()));
  }

  private Received received(Arrived one, Map<String, List<String>> spends, BlockReference block) {
    Found found = one.found();
    String txid = found.transaction().txid();
    return new Received(
        chain,
        txid,
        String.valueOf(found.output().vout()),
        coin,
        found.watched().addressId(),
        one.account(),
        found.output().atoms(),
        found.transaction().coinbase(),
        spends.getOrDefault(txid, List.of()),
        block);
  }

  /** Coins that lie with a CashToken: spending them as coins would burn it. */
  private void listToken(DSLContext t, Found found, BlockReference block) {
    t.insertInto(CUSTODY_UNKNOWN_TOKENS)
        .set(CUSTODY_UNKNOWN_TOKENS.CHAIN, chain.name())
        .set(CUSTODY_UNKNOWN_TOKENS.TXID, HEX.parseHex(found.transaction().txid()))
        .set(CUSTODY_UNKNOWN_TOKENS.POSITION, String.valueOf(found.output().vout()))
        .set(CUSTODY_UNKNOWN_TOKENS.TOKEN, String.valueOf(found.output().token()))
        .set(CUSTODY_UNKNOWN_TOKENS.ADDRESS_ID, found.watched().addressId())
        .set(CUSTODY_UNKNOWN_TOKENS.QUANTITY, found.output().atoms())
        .set(CUSTODY_UNKNOWN_TOKENS.HEIGHT, block.height())
        .onConflictDoNothing()
        .execute();
  }

  @Override
  public void disconnect(DSLContext t, BlockReference block) {
    List<String> spenders =
        t.selectDistinct(DSL.field("encode({0}, 'hex')", String.class, CUSTODY_OUTPUTS.SPENT_TXID))
            .from(CUSTODY_OUTPUTS)
            .where(CUSTODY_OUTPUTS.CHAIN.eq(chain.name()))
            .and(CUSTODY_OUTPUTS.SPENT_HEIGHT.eq(block.height()))
            .fetch(Record1::value1);
    for (String spender : spenders) {
      Breaks.close(
          t,
          coin,
          Breaks.Cause.FOREIGN_SPEND,
          breakKey(spender),
          "its block has left the chain",
          clock.instant());
    }
    t.update(CUSTODY_OUTPUTS)
        .setNull(CUSTODY_OUTPUTS.SPENT_HEIGHT)
        .setNull(CUSTODY_OUTPUTS.SPENT_TXID)
        .where(CUSTODY_OUTPUTS.CHAIN.eq(chain.name()))
        .and(CUSTODY_OUTPUTS.SPENT_HEIGHT.eq(block.height()))
        .execute();
    t.deleteFrom(CUSTODY_OUTPUTS)
        .where(CUSTODY_OUTPUTS.CHAIN.eq(chain.name()))
        .and(CUSTODY_OUTPUTS.HEIGHT.eq(block.height()))
        .execute();
    t.deleteFrom(CUSTODY_UNKNOWN_TOKENS)
        .where(CUSTODY_UNKNOWN_TOKENS.CHAIN.eq(chain.name()))
        .and(CUSTODY_UNKNOWN_TOKENS.HEIGHT.eq(block.height()))
        .execute();
  }
}
