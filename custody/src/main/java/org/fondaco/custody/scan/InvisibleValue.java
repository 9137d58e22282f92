package org.fondaco.custody.scan;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_BALANCE_CHANGES;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.chain.NodeUnavailable;
import org.fondaco.custody.chain.RpcError;
import org.fondaco.custody.leader.Transactions;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Finds value that came to our accounts without a transaction or log of its own (a contract's
 * internal call, a block's reward), by their balances at the cursor: some accounts a block, in
 * turn. It is nobody's until two people say whose. For one thread.
 */
public final class InvisibleValue {
  private static final Logger LOG = System.getLogger(InvisibleValue.class.getName());
  private static final HexFormat HEX = HexFormat.of();

  private final ChainName chain;
  private final List<Asset> assets;
  private final EvmNode node;
  private final Findings findings;
  private final Transactions transactions;
  private final InstantSource clock;
  private final int accountsAtOnce;

  private String checkedHash = "";
  private long lastAddress;

  /**
   * @param accountsAtOnce looked at after each block; each costs a question to the node for the
   *     coin and for every token
   */
  public InvisibleValue(
      ChainSettings settings,
      EvmNode node,
      Findings findings,
      Transactions transactions,
      InstantSource clock,
      int accountsAtOnce) {
    this.chain = settings.chain();
    this.assets = settings.assets().stream().map(AssetSettings::asset).toList();
    this.node = node;
    this.findings = findings;
    this.transactions = transactions;
    this.clock = clock;
    this.accountsAtOnce = accountsAtOnce;
  }

  private record Account(long addressId, String address) {}

  private record Key(long addressId, int asset) {}

  /** Looks at some accounts, once a block; false when there was nothing to do. */
  public boolean step() {
    Cursors.Row row = transactions.result(t -> Cursors.read(t, chain));
    if (row == null || row.halted() != null || row.rescanNext() != null) {
      return false;
    }
    if (row.cursor().hash().equals(checkedHash)) {
      return false;
    }
    BlockReference cursor = row.cursor();
    try {
      if (node.tip() != cursor.height()
          || !node.blockHash(cursor.height()).equals(Optional.of(cursor.hash()))) {
        return false;
      }
      List<Account> accounts = transactions.result(this::next);
      Map<Key, BigInteger> served = new HashMap<>();
      for (Account account : accounts) {
        for (Asset asset : assets) {
          served.put(new Key(account.addressId(), asset.id()), served(account, asset, cursor));
        }
      }
      transactions.run(t -> compare(t, cursor, served));
      lastAddress = accounts.size() < accountsAtOnce ? 0 : accounts.getLast().addressId();
      checkedHash = cursor.hash();
      return !accounts.isEmpty();
    } catch (NodeUnavailable | RpcError e) {
      // A pruned or busy node; the next block is as good.
      LOG.log(Level.DEBUG, "{0}: balances at {1}: {2}", chain, cursor, e.getMessage());
      return false;
    }
  }

  private BigInteger served(Account account, Asset asset, BlockReference cursor) {
    String contract = asset.contract();
    return contract == null
        ? node.balance(account.address(), cursor.hash())
        : node.tokenBalance(contract, account.address(), cursor.hash());
  }

  private List<Account> next(DSLContext t) {
    return t.select(CUSTODY_ADDRESSES.ADDRESS_ID, CUSTODY_ADDRESSES.SCRIPT)
        .from(CUSTODY_ADDRESSES)
        .where(CUSTODY_ADDRESSES.FAMILY.eq(chain.name()))
        .and(CUSTODY_ADDRESSES.ADDRESS_ID.gt(lastAddress))
        .orderBy(CUSTODY_ADDRESSES.ADDRESS_ID)
        .limit(accountsAtOnce)
        .fetch(r -> new Account(r.value1(), HEX.formatHex(r.value2())));
  }

  private void compare(DSLContext t, BlockReference cursor, Map<Key, BigInteger> served) {
    if (served.isEmpty() || !Cursors.holds(t, chain, cursor)) {
      return;
    }
    Map<Key, BigInteger> explained = new HashMap<>();
    t.select(
            CUSTODY_BALANCE_CHANGES.ADDRESS_ID,
            CUSTODY_BALANCE_CHANGES.ASSET,
            DSL.sum(CUSTODY_BALANCE_CHANGES.ATOMS))
        .from(CUSTODY_BALANCE_CHANGES)
        .where(
            CUSTODY_BALANCE_CHANGES.ADDRESS_ID.in(
                served.keySet().stream().map(Key::addressId).distinct().toList()))
        .groupBy(CUSTODY_BALANCE_CHANGES.ADDRESS_ID, CUSTODY_BALANCE_CHANGES.ASSET)
        .forEach(
            r -> explained.put(new Key(r.value1(), r.value2()), r.value3().toBigIntegerExact()));
    Comparator<Key> order = Comparator.comparingLong(Key::addressId);
    Map<Key, BigInteger> inOrder = new TreeMap<>(order.thenComparingInt(Key::asset));
    inOrder.putAll(served);
    inOrder.forEach((key, atoms) -> {
      BigInteger difference = atoms.subtract(explained.getOrDefault(key, BigInteger.ZERO));
      String name = chain + "|account " + key.addressId();
      if (difference.signum() > 0) {
        found(t, cursor, key, difference);
      }
      if (difference.signum() < 0) {
        Breaks.open(
            t,
            key.asset(),
            Breaks.Cause.BALANCE_MISSING,
            name,
            difference,
            "the node has less at block " + cursor + " than the blocks explain",
            clock.instant());
      } else {
        Breaks.close(
            t,
            key.asset(),
            Breaks.Cause.BALANCE_MISSING,
            name,
            "there at block " + cursor,
            clock.instant());
      }
    });
  }

  private void found(DSLContext t, BlockReference cursor, Key key, BigInteger atoms) {
    t.insertInto(CUSTODY_BALANCE_CHANGES)
        .set(CUSTODY_BALANCE_CHANGES.CHAIN, chain.name())
        .set(CUSTODY_BALANCE_CHANGES.HEIGHT, cursor.height())
        .set(CUSTODY_BALANCE_CHANGES.BLOCK_HASH, HEX.parseHex(cursor.hash()))
        .set(CUSTODY_BALANCE_CHANGES.ADDRESS_ID, key.addressId())
        .set(CUSTODY_BALANCE_CHANGES.ASSET, key.asset())
        .set(CUSTODY_BALANCE_CHANGES.ATOMS, atoms)
        .set(CUSTODY_BALANCE_CHANGES.CAUSE, "UNATTRIBUTED")
        .execute();
    findings.received(
        t,
        new Received(
            chain,
            cursor.hash(),
            "balance:" + key.addressId() + ":" + key.asset(),
            key.asset(),
            key.addressId(),
            null,
            atoms,
            false,
            List.of(),
            cursor));
  }
}
