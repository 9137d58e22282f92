package org.fondaco.custody.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_BLOCKS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.Lie;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.leader.CrashingTransactions;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a scanner does with a node that is away, behind, wrong, or another's. */
class ScannerTest {
  private static final int MAX_REORG = 4;
  private static final ChainSettings SETTINGS =
      new ChainSettings(
          ChainName.BTC,
          0,
          MAX_REORG,
          List.of(
              new AssetSettings(
                  new Asset(1, "BTC", ChainName.BTC, null, 8, 8),
                  BigInteger.ZERO,
                  List.of(new AssetSettings.Tier(0, 1)),
                  BigInteger.ZERO,
                  1)));

  private final Database database = TestDatabase.empty();
  private final CrashingTransactions transactions =
      new CrashingTransactions(database, new Random(1));
  private final List<String> heard = new ArrayList<>();
  private ModelCore node = new ModelCore("scanned");
  private Scanner scanner = scanner(node);

  private Scanner scanner(ModelCore of) {
    return new Scanner(
        SETTINGS,
        of,
        new ScanParties((t, chain, txid, spends) -> false, new Nothing(), List.of(new Listener())),
        transactions,
        InstantSource.system());
  }

  private static final class Nothing implements Findings {
    @Override
    public void received(DSLContext t, Received received) {
      throw new AssertionError("nothing is watched");
    }

    @Override
    public void connected(DSLContext t, ChainName chain, BlockReference block) {}

    @Override
    public void disconnected(DSLContext t, ChainName chain, BlockReference block) {}
  }

  private final class Listener implements BlockFollower {
    @Override
    public void connected(DSLContext t, ChainName chain, ChainBlock block) {
      heard.add("+" + block.height());
    }

    @Override
    public void disconnected(DSLContext t, ChainName chain, BlockReference block) {
      heard.add("-" + block.height());
    }
  }

  @BeforeEach
  void someBlocks() {
    node.mine(6);
    follow();
    assertThat(heard).containsExactly("+1", "+2", "+3", "+4", "+5", "+6");
    heard.clear();
  }

  private void follow() {
    while (scanner.step()) {
      assertThat(scanner.status().explanation()).isEmpty();
    }
  }

  private void isAt(ScanStatus.State state, long cursor, String explanation) {
    assertThat(scanner.status().state()).isEqualTo(state);
    assertThat(scanner.status().cursor()).isEqualTo(cursor);
    assertThat(scanner.status().explanation()).contains(explanation);
    assertThat(database.jooq().fetchCount(CUSTODY_BLOCKS)).isEqualTo((int) cursor + 1);
  }

  @Test
  void aReorganisationIsUndoneToItsForkAndFollowed() {
    node.disconnect(3);
    node.mine(4);
    follow();
    assertThat(heard).containsExactly("-6", "-5", "-4", "+4", "+5", "+6", "+7");
    isAt(ScanStatus.State.FOLLOWING, 7, "");
    assertThat(
            transactions.<String>result(t -> String.valueOf(Cursors.scanned(t, ChainName.BTC, 5))))
        .contains(node.chain().get(5).hash());
  }

  @Test
  void aNodeThatIsBehindIsWaitedForAndNothingIsUndone() {
    List<?> before = node.chain();
    ModelCore behind = new ModelCore("scanned");
    behind.mine(2);
    scanner = scanner(behind);
    follow();
    isAt(ScanStatus.State.WAITING, 6, "the node is behind: it ends at 2, custody was at 6");
    assertThat(heard).isEmpty();
    assertThat(before).hasSize(7);
    behind.mine(5);
    follow();
    isAt(ScanStatus.State.FOLLOWING, 7, "");
    assertThat(heard).containsExactly("+7");
  }

  @Test
  void aDeeperReorganisationHaltsUntilPeopleAcceptIt() {
    node.disconnect(MAX_REORG + 1);
    node.mine(MAX_REORG + 2);
    follow();
    isAt(ScanStatus.State.HALTED, 6, "by more than 4 blocks below 6");
    assertThat(scanner.step()).isFalse();
    assertThat(heard).isEmpty();

    transactions.run(t -> scanner.resume(t, 0));
    follow();
    isAt(ScanStatus.State.HALTED, 6, "by more than 4 blocks below 6");

    transactions.run(t -> scanner.resume(t, MAX_REORG + 1));
    follow();
    isAt(ScanStatus.State.FOLLOWING, 7, "");
    assertThat(heard)
        .containsExactly("-6", "-5", "-4", "-3", "-2", "+2", "+3", "+4", "+5", "+6", "+7");
  }

  @Test
  void twoReorganisationsAreTogetherNoDeeperThanOne() {
    node.disconnect(3);
    node.mine();
    follow();
    isAt(ScanStatus.State.FOLLOWING, 4, "");
    node.disconnect(3);
    node.mine(9);
    follow();
    isAt(ScanStatus.State.HALTED, 4, "by more than 4 blocks below 6");
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void aLieMovesNothingAndIsExplained(Lie lie) {
    node.mine(2);
    node.lie(lie);
    for (int i = 0; i < 3 && lie != Lie.NONE; i++) {
      scanner.step();
    }
    if (lie == Lie.TIP_AHEAD) {
      // What it has is true.
      isAt(ScanStatus.State.WAITING, 8, "the node says that it has 11 blocks, and has no block 9");
    } else if (lie != Lie.NONE) {
      isAt(
          ScanStatus.State.WAITING,
          6,
          switch (lie) {
            case AWAY -> "the node does not answer: connection refused";
            case TIP_BACK -> "the node is behind: it ends at 5, custody was at 6";
            case MISSING_BLOCKS -> "the node does not have its own block";
            case WRONG_HEIGHT -> "is at height 7 and says 8";
            case WRONG_PARENT -> "has the parent efef";
            case OTHER_BLOCK -> "asked for block";
            case WRONG_CONTENT -> "twice";
            case INVENTED_HASHES -> "block 3 of its other branch is missing";
            case NONE, TIP_AHEAD -> "";
          });
      assertThat(heard).isEmpty();
    }
    node.lie(Lie.NONE);
    follow();
    isAt(ScanStatus.State.FOLLOWING, 8, "");
    assertThat(heard).containsExactly("+7", "+8");
  }

  @Test
  void anotherChainIsRefusedByItsGenesisAndByItsFirstBlock() {
    scanner = scanner(new ModelCore("another"));
    assertThat(scanner.step()).isFalse();
    assertThat(scanner.status().explanation()).contains("it serves another chain: genesis");

    // A chain with the same genesis: its first block tells, once no reorganisation reaches it.
    ModelCore sibling = new ModelCore("scanned");
    sibling.disconnect(0);
    sibling.mine("51");
    sibling.mine(8);
    scanner = scanner(sibling);
    assertThat(scanner.step()).isFalse();
    assertThat(scanner.status().explanation()).contains("it serves another chain: block 1 is");
    assertThat(heard).isEmpty();
    assertThat(database.jooq().fetchCount(CUSTODY_CHAINS)).isEqualTo(1);
  }

  @Test
  void aNewChainMayBeginAtItsTip() {
    TestDatabase.empty();
    ChainSettings fromTip =
        new ChainSettings(ChainName.BTC, ChainSettings.TIP, MAX_REORG, SETTINGS.assets());
    scanner =
        new Scanner(
            fromTip,
            node,
            new ScanParties(
                (t, chain, txid, spends) -> false, new Nothing(), List.of(new Listener())),
            transactions,
            InstantSource.system());
    node.mine();
    follow();
    assertThat(heard).isEmpty();
    assertThat(scanner.status().cursor()).isEqualTo(7);
    node.mine();
    follow();
    assertThat(heard).containsExactly("+8");
  }
}
