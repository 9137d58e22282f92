package org.fondaco.chain.utxo.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.fondaco.chain.store.KilledProcess;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.wallet.UtxoWallet;
import org.fondaco.chain.utxo.wallet.WalletViews;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a node whose wallet hands out addresses and pays: it keeps what it promised. */
@Timeout(120)
class WalletCrashTest {
  private static final long SEED = 1136;
  private static final AddressFormat ADDRESSES = UtxoNetwork.BTC_REGTEST.profile().addresses();

  @TempDir Path folder;

  @Test
  void whileItPays() throws Exception {
    Random random = new Random(SEED);
    Set<String> told = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      List<String> lines = KilledProcess.after(20 + random.nextInt(60), WalletVictim.class, folder);
      try (UtxoNode node = UtxoNode.open(CrashVictim.settings(folder))) {
        check(node, lines, told, "round " + round + " of seed " + SEED);
      }
    }
  }

  private static void check(UtxoNode node, List<String> lines, Set<String> told, String as) {
    UtxoWallet wallet = node.wallet();
    for (String line : lines) {
      String[] words = line.split(" ");
      if (words[0].equals("address")) {
        assertThat(told.add(words[1])).as("%s: %s twice", as, line).isTrue();
        assertThat(wallet.mine(ADDRESSES.script(words[1]))).as(as).isNotNull();
      } else {
        WalletViews.History sent = wallet.transaction(Hash.parse(words[1]));
        assertThat(sent).as("%s: %s", as, line).isNotNull();
        assertThat(sent.block() != null || sent.inPool()).as("%s: %s", as, line).isTrue();
      }
    }
    String next = wallet.newAddress();
    assertThat(told.add(next)).as("%s: %s twice", as, next).isTrue();
    checkCoins(node, wallet, as);
  }

  /** The wallet's coins are those of the chain that it has keys for, without what waits. */
  private static void checkCoins(UtxoNode node, UtxoWallet wallet, String as) {
    AtomicLong onChain = new AtomicLong();
    Set<ByteBuffer> mine = new HashSet<>();
    node.chain()
        .eachUnspent((outPoint, unspent) -> {
          if (wallet.mine(unspent.output().script()) != null) {
            mine.add(ByteBuffer.wrap(unspent.output().script()));
            onChain.addAndGet(unspent.output().value());
          }
        });
    WalletViews.Balances balances = wallet.balances(0);
    long fees = node.pool().statistics().fees();
    assertThat(mine).as(as).isNotEmpty();
    assertThat(balances.trusted() + balances.immature() + balances.pending())
        .as(as)
        .isEqualTo(onChain.get() - fees);
  }
}
