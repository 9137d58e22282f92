package org.fondaco.custody.issue;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESS_COUNTERS;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.fondaco.custody.address.Address;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.DerivedAddress;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.KeyPath;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.db.schema.tables.records.CustodyAddressesRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Issues addresses from the vault's public keys. A family's and tier's counter is locked while one
 * is made, so an index is used once; the answer leaves after the commit, so the scanner knows the
 * address before anybody can pay to it. Thread-safe.
 */
public final class AddressIssue {
  private final Transactions transactions;
  private final Derivation derivation;
  private final InstantSource clock;

  public AddressIssue(Transactions transactions, Derivation derivation, InstantSource clock) {
    this.transactions = transactions;
    this.derivation = derivation;
    this.clock = clock;
  }

  /** The customer's deposit address of a family, made when he has none. */
  public IssuedAddress address(long account, ChainName family) {
    return transactions.result(t -> {
      lock(t, family, Tier.CUSTOMER);
      IssuedAddress current = current(t, account, family);
      return current == null ? issue(t, family, Tier.CUSTOMER, account) : current;
    });
  }

  /**
   * A new deposit address for the customer. The one before stays watched and his for ever, and is
   * not shown any more.
   */
  public IssuedAddress replace(long account, ChainName family) {
    return transactions.result(t -> {
      lock(t, family, Tier.CUSTOMER);
      t.update(CUSTODY_ADDRESSES)
          .set(CUSTODY_ADDRESSES.STATE, "RETIRED")
          .where(CUSTODY_ADDRESSES.ACCOUNT.eq(account))
          .and(CUSTODY_ADDRESSES.FAMILY.eq(family.name()))
          .and(CUSTODY_ADDRESSES.STATE.ne("RETIRED"))
          .execute();
      return issue(t, family, Tier.CUSTOMER, account);
    });
  }

  /** The newest address of a tier of the house, made when there is none. */
  public IssuedAddress house(ChainName family, Tier tier) {
    if (tier == Tier.CUSTOMER) {
      throw new IllegalArgumentException("a customer's address has an owner");
    }
    return transactions.result(t -> {
      lock(t, family, tier);
      IssuedAddress newest =
          t.selectFrom(CUSTODY_ADDRESSES)
              .where(CUSTODY_ADDRESSES.FAMILY.eq(family.name()))
              .and(CUSTODY_ADDRESSES.TIER.eq(tier.name()))
              .and(CUSTODY_ADDRESSES.INDEX.ge(0L))
              .and(CUSTODY_ADDRESSES.STATE.ne("RETIRED"))
              .orderBy(CUSTODY_ADDRESSES.INDEX.desc())
              .limit(1)
              .fetchOne(AddressIssue::read);
      return newest == null ? issue(t, family, tier, null) : newest;
    });
  }

  /**
   * Makes an address whose key is elsewhere the one that a tier is paid at. Earlier ones of the
   * tier stay watched and the house's. Coins that it had before are not seen on chains of outputs.
   *
   * @return false when it was that already
   * @throws IllegalArgumentException when it is ours in another tier
   */
  public boolean watchOnly(Tier tier, Address address) {
    ChainName family = address.chain();
    return transactions.result(t -> {
      lock(t, family, tier);
      CustodyAddressesRecord known =
          t.selectFrom(CUSTODY_ADDRESSES)
              .where(CUSTODY_ADDRESSES.FAMILY.eq(family.name()))
              .and(CUSTODY_ADDRESSES.SCRIPT.eq(address.target()))
              .fetchOne();
      if (known != null && !known.getTier().equals(tier.name())) {
        throw new IllegalArgumentException(
            address.text() + " is ours already, in the tier " + known.getTier());
      }
      int others =
          t.update(CUSTODY_ADDRESSES)
              .set(CUSTODY_ADDRESSES.STATE, "RETIRED")
              .where(CUSTODY_ADDRESSES.FAMILY.eq(family.name()))
              .and(CUSTODY_ADDRESSES.TIER.eq(tier.name()))
              .and(CUSTODY_ADDRESSES.STATE.ne("RETIRED"))
              .and(CUSTODY_ADDRESSES.SCRIPT.ne(address.target()))
              .execute();
      if (known != null) {
        boolean retired = known.getState().equals("RETIRED");
        known.setState(retired ? "USED" : known.getState());
        known.update();
        return retired || others > 0;
      }
      insertWatchOnly(t, tier, address);
      return true;
    });
  }

  private void insertWatchOnly(DSLContext t, Tier tier, Address address) {
    Long lowest =
        t.select(DSL.min(CUSTODY_ADDRESSES.INDEX))
            .from(CUSTODY_ADDRESSES)
            .where(CUSTODY_ADDRESSES.FAMILY.eq(address.chain().name()))
            .and(CUSTODY_ADDRESSES.TIER.eq(tier.name()))
            .fetchSingle()
            .value1();
    t.insertInto(CUSTODY_ADDRESSES)
        .set(CUSTODY_ADDRESSES.FAMILY, address.chain().name())
        .set(CUSTODY_ADDRESSES.TIER, tier.name())
        .set(CUSTODY_ADDRESSES.INDEX, lowest == null ? -1 : Math.min(lowest, 0) - 1)
        .set(CUSTODY_ADDRESSES.PATH, new KeyRef.Watched(KeyPath.MASTER).toString())
        .set(CUSTODY_ADDRESSES.ADDRESS, address.text())
        .set(CUSTODY_ADDRESSES.SCRIPT, address.target())
        .set(CUSTODY_ADDRESSES.STATE, "ISSUED")
        .set(CUSTODY_ADDRESSES.ISSUED_AT, clock.instant().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /**
   * Watches the addresses of a restored tier up to an index, and moves its counter past it. Those
   * whose owner no map names belong to nobody: what is found there waits for two people.
   *
   * @param lastIndex the last one, inclusive
   * @param owners account by index; may be empty
   * @return how many were not watched before
   */
  public int restore(ChainName family, Tier tier, int lastIndex, Map<Integer, Long> owners) {
    return transactions.result(t -> {
      long next = lock(t, family, tier);
      Map<Long, Integer> latest = new HashMap<>();
      owners.forEach((index, owner) -> latest.merge(owner, index, Math::max));
      int added = 0;
      for (int index = 0; index <= lastIndex; index++) {
        Long owner = tier == Tier.CUSTOMER ? owners.get(index) : null;
        // The house uses the first address of a tier and never another one.
        boolean shown =
            tier == Tier.CUSTOMER
                ? owner != null
                    && Integer.valueOf(index).equals(latest.get(owner))
                    && current(t, owner, family) == null
                : index == 0;
        added += insert(t, derivation.derive(family, tier, index), owner, !shown) ? 1 : 0;
      }
      count(t, family, tier, Math.max(next, lastIndex + 1L));
      return added;
    });
  }

  private @Nullable IssuedAddress current(DSLContext t, long account, ChainName family) {
    return t.selectFrom(CUSTODY_ADDRESSES)
        .where(CUSTODY_ADDRESSES.ACCOUNT.eq(account))
        .and(CUSTODY_ADDRESSES.FAMILY.eq(family.name()))
        .and(CUSTODY_ADDRESSES.STATE.ne("RETIRED"))
        .fetchOne(AddressIssue::read);
  }

  private IssuedAddress issue(DSLContext t, ChainName family, Tier tier, @Nullable Long account) {
    int index = Math.toIntExact(lock(t, family, tier));
    DerivedAddress derived = derivation.derive(family, tier, index);
    if (!insert(t, derived, account, false)) {
      throw new IllegalStateException(
          "%s %s %d was issued before: the counter is older than the addresses"
              .formatted(family, tier, index));
    }
    count(t, family, tier, index + 1L);
    IssuedAddress issued =
        t.selectFrom(CUSTODY_ADDRESSES)
            .where(CUSTODY_ADDRESSES.FAMILY.eq(family.name()))
            .and(CUSTODY_ADDRESSES.TIER.eq(tier.name()))
            .and(CUSTODY_ADDRESSES.INDEX.eq((long) index))
            .fetchOne(AddressIssue::read);
    if (issued == null) {
      throw new IllegalStateException("the address that was just issued is not there");
    }
    return issued;
  }

  /** Retired from birth = watched, and not what its owner is shown. */
  private boolean insert(
      DSLContext t, DerivedAddress derived, @Nullable Long account, boolean retired) {
    return t.insertInto(CUSTODY_ADDRESSES)
            .set(CUSTODY_ADDRESSES.FAMILY, derived.address().chain().name())
            .set(CUSTODY_ADDRESSES.TIER, derived.tier().name())
            .set(CUSTODY_ADDRESSES.INDEX, (long) derived.index())
            .set(CUSTODY_ADDRESSES.PATH, derived.key().toString())
            .set(CUSTODY_ADDRESSES.ADDRESS, derived.address().text())
            .set(CUSTODY_ADDRESSES.SCRIPT, derived.address().target())
            .set(CUSTODY_ADDRESSES.ACCOUNT, account)
            .set(CUSTODY_ADDRESSES.STATE, retired ? "RETIRED" : "ISSUED")
            .set(CUSTODY_ADDRESSES.ISSUED_AT, clock.instant().atOffset(ZoneOffset.UTC))
            .onConflict(CUSTODY_ADDRESSES.FAMILY, CUSTODY_ADDRESSES.TIER, CUSTODY_ADDRESSES.INDEX)
            .doNothing()
            .execute()
        == 1;
  }

  /** Locks the counter until the commit; the next index. */
  private static long lock(DSLContext t, ChainName family, Tier tier) {
    t.insertInto(CUSTODY_ADDRESS_COUNTERS)
        .set(CUSTODY_ADDRESS_COUNTERS.FAMILY, family.name())
        .set(CUSTODY_ADDRESS_COUNTERS.TIER, tier.name())
        .set(CUSTODY_ADDRESS_COUNTERS.NEXT, 0L)
        .onConflictDoNothing()
        .execute();
    Long next =
        t.select(CUSTODY_ADDRESS_COUNTERS.NEXT)
            .from(CUSTODY_ADDRESS_COUNTERS)
            .where(CUSTODY_ADDRESS_COUNTERS.FAMILY.eq(family.name()))
            .and(CUSTODY_ADDRESS_COUNTERS.TIER.eq(tier.name()))
            .forUpdate()
            .fetchOne(CUSTODY_ADDRESS_COUNTERS.NEXT);
    if (next == null) {
      throw new IllegalStateException("the counter of " + family + " " + tier + " is gone");
    }
    return next;
  }

  private static void count(DSLContext t, ChainName family, Tier tier, long next) {
    t.update(CUSTODY_ADDRESS_COUNTERS)
        .set(CUSTODY_ADDRESS_COUNTERS.NEXT, next)
        .where(CUSTODY_ADDRESS_COUNTERS.FAMILY.eq(family.name()))
        .and(CUSTODY_ADDRESS_COUNTERS.TIER.eq(tier.name()))
        .execute();
  }

  private static IssuedAddress read(CustodyAddressesRecord row) {
    return new IssuedAddress(
        row.getAddressId(),
        ChainName.valueOf(row.getFamily()),
        Tier.valueOf(row.getTier()),
        Math.toIntExact(row.getIndex()),
        row.getPath(),
        row.getAddress(),
        row.getAccount());
  }
}
