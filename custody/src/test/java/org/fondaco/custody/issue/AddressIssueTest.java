package org.fondaco.custody.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_WATCH_VERSIONS;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.Address;
import org.fondaco.custody.address.Addresses;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.CrashingTransactions;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

class AddressIssueTest {
  /** BIP-32's first test vector, chains m/0' and m/0'/1. */
  private static final String CUSTOMERS =
      "xpub68Gmy5EdvgibQVfPdqkBBCHxA5htiqg55crXYuXoQRKfDBFA1WEjWgP6LHhwBZeNK1VTsfTFUHCdrfp1bgwQ9xv5ski8PX9rL2dZXvgGDnw";

  private static final String HOUSE =
      "xpub6ASuArnXKPbfEwhqN6e3mwBcDTgzisQN1wXN9BJcM47sSikHjJf3UFHKkNAWbWMiGj7Wf5uMash7SyYq527Hqck2AxYysAA7xmALppuCkwQ";

  private final Database database = TestDatabase.empty();
  private final CrashingTransactions transactions =
      new CrashingTransactions(database, new Random(1));
  private final AddressIssue issue =
      new AddressIssue(
          transactions,
          new Derivation(
              Network.MAIN,
              Arrays.stream(ChainName.values())
                  .flatMap(chain ->
                      Stream.of(Tier.CUSTOMER, Tier.HOT)
                          .map(tier ->
                              (AccountKey)
                                  new AccountKey.Extended(
                                      chain,
                                      tier,
                                      Derivation.account(chain, tier),
                                      false,
                                      tier == Tier.CUSTOMER ? CUSTOMERS : HOUSE)))
                  .toList()),
          InstantSource.system());

  private long version(ChainName family) {
    return database
        .jooq()
        .selectFrom(CUSTODY_WATCH_VERSIONS)
        .where(CUSTODY_WATCH_VERSIONS.FAMILY.eq(family.name()))
        .fetchSingle()
        .getVersion();
  }

  @Test
  void anAddressWithItsKeyElsewhereIsWhereATierIsPaidAndTheOneBeforeStaysWatched() {
    Address one = address("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
    Address two = address("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2");
    assertThat(issue.watchOnly(Tier.COLD, one)).isTrue();
    assertThat(issue.watchOnly(Tier.COLD, one)).isFalse();
    assertThat(issue.watchOnly(Tier.COLD, two)).isTrue();
    assertThat(cold()).containsExactly("-1 RETIRED watched:m", "-2 ISSUED watched:m");
    assertThat(version(ChainName.BTC)).isEqualTo(2);
    assertThat(issue.watchOnly(Tier.COLD, one)).isTrue();
    assertThat(cold()).containsExactly("-1 USED watched:m", "-2 RETIRED watched:m");
    Address hot = address(issue.house(ChainName.BTC, Tier.HOT).address());
    assertThatThrownBy(() -> issue.watchOnly(Tier.COLD, hot))
        .hasMessageContaining("is ours already, in the tier HOT");
  }

  private static Address address(String text) {
    return Addresses.parse(ChainName.BTC, Network.MAIN, text);
  }

  private List<String> cold() {
    return database
        .jooq()
        .selectFrom(CUSTODY_ADDRESSES)
        .where(CUSTODY_ADDRESSES.TIER.eq("COLD"))
        .orderBy(CUSTODY_ADDRESSES.INDEX.desc())
        .fetch(row -> row.getIndex() + " " + row.getState() + " " + row.getPath());
  }

  @Test
  void theSameRequestGivesTheSameAddressAndEveryAddressCountsTheWatchListUp() {
    IssuedAddress first = issue.address(1_000, ChainName.BTC);
    assertThat(issue.address(1_000, ChainName.BTC)).isEqualTo(first);
    assertThat(first.path()).isEqualTo("m/84'/0'/0'/0/0");
    assertThat(first.address()).startsWith("bc1q");
    assertThat(version(ChainName.BTC)).isEqualTo(1);

    IssuedAddress second = issue.address(1_001, ChainName.BTC);
    assertThat(second.index()).isEqualTo(1);
    assertThat(version(ChainName.BTC)).isEqualTo(2);
    assertThat(issue.address(1_000, ChainName.ETH).index()).isZero();

    IssuedAddress house = issue.house(ChainName.BTC, Tier.HOT);
    assertThat(issue.house(ChainName.BTC, Tier.HOT)).isEqualTo(house);
    assertThat(house.account()).isNull();
    assertThatThrownBy(() -> issue.house(ChainName.BTC, Tier.CUSTOMER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReplacedAddressStaysItsOwnersAndWatched() {
    IssuedAddress old = issue.address(1_000, ChainName.LTC);
    IssuedAddress fresh = issue.replace(1_000, ChainName.LTC);
    assertThat(fresh.index()).isEqualTo(1);
    assertThat(issue.address(1_000, ChainName.LTC)).isEqualTo(fresh);
    assertThat(
            database
                .jooq()
                .select(CUSTODY_ADDRESSES.STATE)
                .from(CUSTODY_ADDRESSES)
                .where(CUSTODY_ADDRESSES.ADDRESS_ID.eq(old.id()))
                .and(CUSTODY_ADDRESSES.ACCOUNT.eq(1_000L))
                .fetchOne(0))
        .isEqualTo("RETIRED");
  }

  @Test
  void manyAtOnceGetAnIndexEach() throws Exception {
    List<Callable<IssuedAddress>> requests = new ArrayList<>();
    for (long account = 1_000; account < 1_040; account++) {
      long customer = account / 2;
      requests.add(() -> issue.address(customer, ChainName.BCH));
    }
    Set<Integer> indexes = new HashSet<>();
    Set<Long> ids = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<IssuedAddress> answer : threads.invokeAll(requests)) {
        indexes.add(answer.get().index());
        ids.add(answer.get().id());
      }
    }
    assertThat(indexes).hasSize(20).contains(0, 19);
    assertThat(ids).hasSize(20);
  }

  @Test
  void aCrashLeavesNoAddressHalfIssued() {
    transactions.crashOneIn(1);
    for (int i = 0; i < 6; i++) {
      assertThatThrownBy(() -> issue.address(1_000, ChainName.BTC))
          .isInstanceOf(CrashingTransactions.Crash.class);
    }
    transactions.crashOneIn(0);
    assertThat(issue.address(1_000, ChainName.BTC).index()).isZero();
    assertThat(issue.address(1_001, ChainName.BTC).index()).isEqualTo(1);
  }

  @Test
  void aRestoredTierKnowsItsOwnersAndWatchesWhatHasNone() {
    assertThat(
            issue.restore(ChainName.BTC, Tier.CUSTOMER, 9, Map.of(0, 1_000L, 3, 1_000L, 4, 1_001L)))
        .isEqualTo(10);
    assertThat(issue.address(1_000, ChainName.BTC).index()).isEqualTo(3);
    assertThat(issue.address(1_001, ChainName.BTC).index()).isEqualTo(4);
    assertThat(issue.address(1_002, ChainName.BTC).index()).isEqualTo(10);
    assertThat(issue.restore(ChainName.BTC, Tier.CUSTOMER, 9, Map.of())).isZero();
    DSLContext sql = database.jooq();
    assertThat(sql.fetchCount(CUSTODY_ADDRESSES, CUSTODY_ADDRESSES.ACCOUNT.isNull())).isEqualTo(7);
    assertThat(version(ChainName.BTC)).isGreaterThanOrEqualTo(11);
  }

  @Test
  void aRestoredTierOfTheHouseGoesOnWithTheAddressThatItHad() {
    issue.restore(ChainName.BTC, Tier.HOT, 9, Map.of());
    assertThat(issue.house(ChainName.BTC, Tier.HOT).index()).isZero();
    assertThat(database.jooq().fetchCount(CUSTODY_ADDRESSES, CUSTODY_ADDRESSES.STATE.ne("RETIRED")))
        .as("payouts take the one that is not retired")
        .isEqualTo(1);
  }
}
