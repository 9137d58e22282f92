package org.fondaco.custody.scan;

import static org.fondaco.db.schema.Tables.CUSTODY_BALANCE_CHANGES;
import static org.fondaco.db.schema.Tables.CUSTODY_UNKNOWN_TOKENS;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.EvmBlock;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a block of an account chain does to our balances: coins by its transactions, tokens by the
 * Transfer logs of its receipts (ERC-20), each by the log's own value, whatever the call said.
 */
final class AccountReader implements BlockReader {
  private static final HexFormat HEX = HexFormat.of();

  /** Keccak of Transfer(address,address,uint256). */
  private static final String TRANSFER =
      "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

  private static final int WORD_DIGITS = 64;
  private static final int ADDRESS_DIGITS = 40;
  private static final String NO_PREFIX = "0".repeat(WORD_DIGITS - ADDRESS_DIGITS);
  private static final int COIN = -1;

  private final ChainName chain;
  private final int coin;
  private final Map<String, Integer> tokens = new HashMap<>();
  private final ScanParties parties;
  private final InstantSource clock;

  AccountReader(ChainSettings settings, ScanParties parties, InstantSource clock) {
    this.chain = settings.chain();
    this.coin = settings.coin().asset().id();
    this.parties = parties;
    this.clock = clock;
    for (AssetSettings asset : settings.assets()) {
      String contract = asset.asset().contract();
      if (contract != null) {
        tokens.put(contract, asset.asset().id());
      }
    }
  }

  /**
   * What a block does to ours, before it is written.
   *
   * @param own its transactions that custody signed
   * @param known changes that have their rows; one that is met again is taken out
   */
  private record Effects(
      Set<String> own,
      List<String> known,
      List<BalanceRows.Change> changes,
      List<Received> received) {}

  /** One transaction of a block that is being read. */
  private final class Reading {
    private final DSLContext t;
    private final BlockReference block;
    private final EvmBlock.Transaction transaction;
    private final WatchList watched;
    private final Effects effects;
    private final boolean own;
    private final Map<Integer, BigInteger> taken = new HashMap<>();

    Reading(
        DSLContext t,
        BlockReference block,
        EvmBlock.Transaction transaction,
        WatchList watched,
        Effects effects) {
      this.t = t;
      this.block = block;
      this.transaction = transaction;
      this.watched = watched;
      this.effects = effects;
      this.own = effects.own().contains(transaction.hash());
    }

    /** False when it is known. */
    boolean change(
        WatchList.Watched whose, int asset, BigInteger atoms, String cause, int ordinal) {
      BalanceRows.Change change =
          new BalanceRows.Change(
              whose.addressId(), asset, atoms, cause, transaction.hash(), ordinal);
      return !effects.known().remove(change.key()) && effects.changes().add(change);
    }

    /** Leaves one of ours, for one of ours or for somebody. */
    void leave(WatchList.Watched whose, int asset, BigInteger atoms, boolean toUs, int ordinal) {
      String cause = !own ? "FOREIGN" : toUs ? "INTERNAL" : "PAYOUT";
      if (change(whose, asset, atoms.negate(), cause, ordinal) && !own) {
        taken.merge(asset, atoms, BigInteger::add);
      }
    }

    void arrive(
        WatchList.Watched whose,
        int asset,
        BigInteger atoms,
        boolean fromUs,
        int ordinal,
        String position) {
      if (own) {
        var _ = change(whose, asset, atoms, "INTERNAL", ordinal);
        return;
      }
      // What a transaction moves that took it from us unsigned, is nobody's deposit.
      Long account = fromUs ? null : whose.account();
      String cause = account == null ? "UNATTRIBUTED" : "DEPOSIT";
      if (!change(whose, asset, atoms, cause, ordinal)) {
        return;
      }
      effects
          .received()
          .add(
              new Received(
                  chain,
                  transaction.hash(),
                  position,
                  asset,
                  whose.addressId(),
                  account,
                  atoms,
                  false,
                  spends(transaction),
                  block));
    }

    void openBreaks() {
      taken.forEach((asset, atoms) ->
          Breaks.open(
              t,
              asset,
              Breaks.Cause.FOREIGN_SPEND,
              breakKey(transaction.hash()),
              atoms.negate(),
              "left accounts of ours in block "
                  + block.height()
                  + " by a transaction that custody did not sign",
              clock.instant()));
    }
  }

  private String breakKey(String txid) {
    return chain + "|" + txid;
  }

  @Override
  public void connect(DSLContext t, ChainBlock block, WatchList watched) {
    read(t, (EvmBlock) block, watched, List.of());
  }

  @Override
  public void again(DSLContext t, ChainBlock block, WatchList watched) {
    read(t, (EvmBlock) block, watched, BalanceRows.known(t, chain, block.height()));
  }

  private void read(DSLContext t, EvmBlock evm, WatchList watched, List<String> known) {
    BlockReference reference = new BlockReference(evm.height(), evm.hash());
    Map<String, List<String>> ofOurs = ofOurs(evm, watched);
    if (ofOurs.isEmpty()) {
      return;
    }
    Effects effects =
        new Effects(
            parties.own().own(t, chain, ofOurs),
            new ArrayList<>(known),
            new ArrayList<>(),
            new ArrayList<>());
    for (int i = 0; i < evm.transactions().size(); i++) {
      EvmBlock.Transaction transaction = evm.transactions().get(i);
      if (ofOurs.containsKey(transaction.hash())) {
        Reading reading = new Reading(t, reference, transaction, watched, effects);
        EvmBlock.Receipt receipt = evm.receipts().get(i);
        readCoin(reading, receipt);
        if (receipt.succeeded()) {
          for (int k = 0; k < receipt.logs().size(); k++) {
            readLog(reading, receipt.logs().get(k), k);
          }
        }
        reading.openBreaks();
      }
    }
    BalanceRows.insert(t, chain, reference, effects.changes());
    parties.findings().received(t, effects.received());
  }

  private static List<String> spends(EvmBlock.Transaction transaction) {
    return List.of(transaction.from() + ":" + transaction.nonce());
  }

  /** Transactions that name one of ours, with what they spend. */
  private static Map<String, List<String>> ofOurs(EvmBlock block, WatchList watched) {
    Map<String, List<String>> ofOurs = new HashMap<>();
    for (int i = 0; i < block.transactions().size(); i++) {
      EvmBlock.Transaction transaction = block.transactions().get(i);
      String recipient = transaction.to();
      boolean ours =
          watched.find(transaction.from()) != null
              || recipient != null && watched.find(recipient) != null
              || block.receipts().get(i).logs().stream().anyMatch(log -> isOfOurs(log, watched));
      if (ours) {
        ofOurs.put(transaction.hash(), spends(transaction));
      }
    }
    return ofOurs;
  }

  private static boolean isOfOurs(EvmBlock.Log log, WatchList watched) {
    return isTransfer(log)
        && (party(watched, log.topics().get(1)) != null
            || party(watched, log.topics().get(2)) != null);
  }

  /** Four topics are ERC-721's Transfer of one piece. */
  private static boolean isTransfer(EvmBlock.Log log) {
    return log.topics().size() == 3
        && log.topics().getFirst().equals(TRANSFER)
        && log.data().length() == WORD_DIGITS;
  }

  private void readCoin(Reading reading, EvmBlock.Receipt receipt) {
    EvmBlock.Transaction transaction = reading.transaction;
    WatchList.Watched from = reading.watched.find(transaction.from());
    String recipient = transaction.to();
    WatchList.Watched to = recipient == null ? null : reading.watched.find(recipient);
    BigInteger value = receipt.succeeded() ? transaction.value() : BigInteger.ZERO;
    if (from != null) {
      if (receipt.fee().signum() > 0) {
        String cause = reading.own ? "GAS" : "FOREIGN";
        if (reading.change(from, coin, receipt.fee().negate(), cause, COIN) && !reading.own) {
          reading.taken.merge(coin, receipt.fee(), BigInteger::add);
        }
      }
      if (value.signum() > 0) {
        reading.leave(from, coin, value, to != null, COIN);
      }
    }
    if (to != null && value.signum() > 0) {
      reading.arrive(to, coin, value, from != null, COIN, "native");
    }
  }

  private void readLog(Reading reading, EvmBlock.Log log, int ordinal) {
    if (!isTransfer(log)) {
      return;
    }
    WatchList.Watched from = party(reading.watched, log.topics().get(1));
    WatchList.Watched to = party(reading.watched, log.topics().get(2));
    BigInteger value = new BigInteger(log.data(), 16);
    if (from == null && to == null || value.signum() == 0) {
      return;
    }
    Integer asset = tokens.get(log.contract());
    if (asset == null) {
      if (to != null) {
        listToken(reading, log, ordinal, to, value);
      }
      return;
    }
    if (from != null) {
      reading.leave(from, asset, value, to != null, ordinal);
    }
    if (to != null) {
      reading.arrive(to, asset, value, from != null, ordinal, log.contract() + ":" + ordinal);
    }
  }

  private static WatchList.@Nullable Watched party(WatchList watched, String topic) {
    return topic.length() == WORD_DIGITS && topic.startsWith(NO_PREFIX)
        ? watched.find(topic.substring(NO_PREFIX.length()))
        : null;
  }

  private void listToken(
      Reading reading, EvmBlock.Log log, int ordinal, WatchList.Watched to, BigInteger value) {
    reading
        .t
        .insertInto(CUSTODY_UNKNOWN_TOKENS)
        .set(CUSTODY_UNKNOWN_TOKENS.CHAIN, chain.name())
        .set(CUSTODY_UNKNOWN_TOKENS.TXID, HEX.parseHex(reading.transaction.hash()))
        .set(CUSTODY_UNKNOWN_TOKENS.POSITION, log.contract() + ":" + ordinal)
        .set(CUSTODY_UNKNOWN_TOKENS.TOKEN, log.contract())
        .set(CUSTODY_UNKNOWN_TOKENS.ADDRESS_ID, to.addressId())
        .set(CUSTODY_UNKNOWN_TOKENS.QUANTITY, value)
        .set(CUSTODY_UNKNOWN_TOKENS.HEIGHT, reading.block.height())
        .onConflictDoNothing()
        .execute();
  }

  @Override
  public void disconnect(DSLContext t, BlockReference block) {
    t.selectDistinct(CUSTODY_BALANCE_CHANGES.TXID, CUSTODY_BALANCE_CHANGES.ASSET)
        .from(CUSTODY_BALANCE_CHANGES)
        .where(CUSTODY_BALANCE_CHANGES.CHAIN.eq(chain.name()))
        .and(CUSTODY_BALANCE_CHANGES.HEIGHT.eq(block.height()))
        .and(CUSTODY_BALANCE_CHANGES.CAUSE.eq("FOREIGN"))
        .forEach(row ->
            Breaks.close(
                t,
                row.value2(),
                Breaks.Cause.FOREIGN_SPEND,
                breakKey(HEX.formatHex(row.value1())),
                "its block has left the chain",
                clock.instant()));
    t.deleteFrom(CUSTODY_BALANCE_CHANGES)
        .where(CUSTODY_BALANCE_CHANGES.CHAIN.eq(chain.name()))
        .and(CUSTODY_BALANCE_CHANGES.HEIGHT.eq(block.height()))
        .execute();
    t.deleteFrom(CUSTODY_UNKNOWN_TOKENS)
        .where(CUSTODY_UNKNOWN_TOKENS.CHAIN.eq(chain.name()))
        .and(CUSTODY_UNKNOWN_TOKENS.HEIGHT.eq(block.height()))
        .execute();
  }
}
