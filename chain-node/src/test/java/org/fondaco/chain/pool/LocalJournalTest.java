package org.fondaco.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalJournalTest {
  private static final Signer ALICE = new Signer(0);
  private static final List<Transaction> ALL =
      List.of(
          ALICE.legacy(0, 200),
          ALICE.dynamic(1, 100, 300),
          ALICE.of(Transaction.ACCESS_LIST, 1024L, 2, 200, 200, 40_000, 1, new byte[300]));

  @TempDir private Path folder;

  private static List<Hash> hashes(List<Transaction> transactions) {
    return transactions.stream().map(Transaction::hash).toList();
  }

  private Path golden() throws IOException {
    Path file = folder.resolve("transactions.rlp");
    try (var in = LocalJournalTest.class.getResourceAsStream("transactions.hex")) {
      Files.write(file, Hex.decode(new String(in.readAllBytes(), "US-ASCII").strip()));
    }
    return file;
  }

  @Test
  void theFileIsGeths() throws IOException {
    Path file = golden();
    assertThat(hashes(new LocalJournal(file).load())).isEqualTo(hashes(ALL));
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    try (LocalJournal journal = new LocalJournal(file)) {
      journal.append(ALL.getFirst()); // before the first rotation there is no file
      assertThat(file).doesNotExist();
      journal.rotate(ALL.subList(0, 1));
      ALL.subList(1, 3).forEach(journal::append);
    }
    assertThat(Hex.encode(Files.readAllBytes(file))).isEqualTo(Hex.encode(bytes));
  }

  @Test
  void cutAnywhereItGivesWhatIsWhole() throws IOException {
    Path file = golden();
    byte[] bytes = Files.readAllBytes(file);
    LocalJournal journal = new LocalJournal(file);
    int whole = 0;
    for (int length = 0; length <= bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      List<Transaction> loaded = journal.load();
      assertThat(hashes(loaded)).isEqualTo(hashes(ALL.subList(0, loaded.size())));
      assertThat(loaded.size()).isBetween(whole, whole + 1);
      whole = loaded.size();
    }
    assertThat(whole).isEqualTo(ALL.size());
  }

  @Test
  void leavesOutWhatIsBroken() throws IOException {
    Path file = golden();
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] = (byte) 0xff; // within the first transaction, whose frame stays
    Files.write(file, bytes);
    assertThat(hashes(new LocalJournal(file).load())).isEqualTo(hashes(ALL.subList(1, 3)));
    Files.write(file, new byte[] {5, (byte) 0xc0, (byte) 0x80, (byte) 0xbf, -1, -1, -1, -1});
    assertThat(new LocalJournal(file).load()).isEmpty();
  }

  @Test
  void localTransactionsAreThereAgainAfterARestart() throws IOException {
    Path file = folder.resolve("node/transactions.rlp");
    HeadsOnly chain = new HeadsOnly(true);
    chain.set(ALICE.address(), 0, 1_000_000_000L);
    chain.set(new Signer(1).address(), 0, 1_000_000_000L);
    PoolSettings settings = PoolSettings.standard().withJournal(file);
    try (StandardPool pool = open(chain, settings)) {
      pool.add(ALL.get(1), true);
      pool.add(ALL.get(0), true);
      pool.add(new Signer(1).legacy(0, 200), false);
    }
    try (StandardPool pool = open(chain, settings)) {
      assertThat(pool.pending()).containsOnlyKeys(ALICE.address());
      assertThat(pool.byPrice(null).stream().map(each -> each.transaction().hash()).toList())
          .isEqualTo(hashes(ALL.subList(0, 2)));
      chain.set(ALICE.address(), 1, 1_000_000_000L);
      chain.move(
          List.of(), List.of(HeadsOnly.block(1, 8_000_000, null, List.of())), java.util.Map.of());
      pool.rotate();
    }
    assertThat(hashes(new LocalJournal(file).load())).isEqualTo(hashes(ALL.subList(1, 2)));
  }

  private static StandardPool open(HeadsOnly chain, PoolSettings settings) throws IOException {
    StandardPool pool = new StandardPool(chain, settings, InstantSource.system());
    pool.start();
    return pool;
  }
}
