package org.fondaco.custody.liability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.db.schema.Tables.CUSTODY_LIABILITY_EPOCHS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiabilitiesTest {
  private static final Asset BTC = new Asset(1, "BTC", ChainName.BTC, null, 8, 8);

  @TempDir Path temporary;

  private final Database database = TestDatabase.empty();
  private final DSLContext sql = database.jooq();
  private final List<String> log = new ArrayList<>();
  private final Liabilities liabilities = liabilities(7);

  private Liabilities liabilities(int secret) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) secret);
    return new Liabilities(
        bytes,
        (_, who, action, detail) -> log.add(who + " " + action + " " + detail),
        InstantSource.system());
  }

  @BeforeEach
  @AfterEach
  void noBalances() {
    sql.execute("delete from balances");
  }

  private void balance(long account, long total) {
    sql.execute(
        "insert into balances (account_id, asset_id, total, held, sequence) values (?, 1, ?, 0, 1)",
        account,
        total);
  }

  @Test
  void proofsAreGivenOnlyAfterTheRootIsPublishedAndEachOneHolds() {
    balance(1, -600);
    for (int i = 0; i < 25; i++) {
      balance(1_000 + i, i * 2L);
    }
    Liabilities.Epoch epoch = liabilities.make(sql, BTC);
    assertThat(epoch.total()).isEqualTo(600);
    assertThat(epoch.leaves()).as("without those who have nothing").isEqualTo(24);
    assertThat(liabilities.proof(sql, epoch.epoch(), BTC, 1_003)).isEmpty();
    liabilities.publish(sql, epoch.epoch(), BTC.id(), "anna");
    liabilities.publish(sql, epoch.epoch(), BTC.id(), "anna");
    assertThat(log)
        .containsExactly(
            "anna liabilities.published {\"epoch\":1,\"asset\":1,\"root\":\"%s\",\"total\":\"600\"}"
                .formatted(epoch.root()));
    for (int i = 1; i < 25; i++) {
      Proof proof = liabilities.proof(sql, epoch.epoch(), BTC, 1_000 + i).orElseThrow();
      assertThat(proof.holds()).isTrue();
      assertThat(proof.units()).isEqualTo(i * 2L);
      assertThat(proof.root().hex()).isEqualTo(epoch.root());
    }
    assertThat(liabilities.proof(sql, epoch.epoch(), BTC, 1_000)).isEmpty();
    assertThat(liabilities.published(sql, 1, 10))
        .extracting(Liabilities.Epoch::root)
        .containsExactly(epoch.root());
  }

  @Test
  void saltsDifferByEpochSoThatTwoEpochsCannotBeCompared() {
    balance(1_001, 5);
    Liabilities.Epoch first = liabilities.make(sql, BTC);
    Liabilities.Epoch second = liabilities.make(sql, BTC);
    assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    assertThat(second.root()).isNotEqualTo(first.root());
    liabilities.publish(sql, 1, 1, "anna");
    Liabilities restarted = liabilities(7);
    assertThat(restarted.proof(sql, 1, BTC, 1_001).orElseThrow().holds()).isTrue();
    assertThatThrownBy(() -> liabilities(8).proof(sql, 1, BTC, 1_001))
        .hasMessage("epoch 1: the leaves do not lead to the published root");
  }

  @Test
  void aCustomerWithLessThanNothingStopsTheEpoch() {
    balance(1_001, 5);
    balance(1_002, -1);
    assertThatThrownBy(() -> database.jooq().transaction(c -> liabilities.make(c.dsl(), BTC)))
        .hasMessageContaining("account 1002 has less than nothing");
    assertThat(sql.fetchCount(CUSTODY_LIABILITY_EPOCHS)).isZero();
  }

  @Test
  void aStrangerVerifiesWithOneFileAndSeesEveryForgery() throws IOException, InterruptedException {
    for (int i = 0; i < 5; i++) {
      balance(1_000 + i, 10 + i);
    }
    liabilities.make(sql, BTC);
    Liabilities.Epoch epoch = liabilities.publish(sql, 1, 1, "anna");
    String proof = liabilities.proof(sql, 1, BTC, 1_002).orElseThrow().json();
    assertThat(verify(proof, epoch.root(), "60")).contains("The proof holds", "12 units of BTC");
    assertThat(verify(proof.replace("\"units\":\"12\"", "\"units\":\"11\"")))
        .contains("does not lead to the root");
    assertThat(verify(proof, epoch.root(), "59")).contains("the published total is another one");
    assertThat(verify(proof.replace("\"total\":\"60\"", "\"total\":\"50\"")))
        .contains("the sums do not make the total");
  }

  private String verify(String proof, String... published)
      throws IOException, InterruptedException {
    Path program = temporary.resolve("Verify.java");
    try (InputStream source = Liabilities.class.getResourceAsStream("Verify.java")) {
      Files.write(program, Objects.requireNonNull(source).readAllBytes());
    }
    Path file = temporary.resolve("proof.json");
    Files.writeString(file, proof);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                program.toString(),
                file.toString()));
    command.addAll(List.of(published));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(said.contains("The proof holds") ? 0 : 1);
    return said;
  }
}
