package org.fondaco.custody.payout;

import static org.assertj.core.api.Assertions.assertThat;

import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.PublicKey;
import fr.acinq.bitcoin.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.fondaco.custody.address.Address;
import org.fondaco.custody.address.Addresses;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.payout.utxo.OwnInput;
import org.fondaco.custody.payout.utxo.Paid;
import org.fondaco.custody.payout.utxo.UnsignedUtxo;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.payout.utxo.UtxoSigning;
import org.fondaco.custody.payout.utxo.Weights;
import org.fondaco.custody.signer.PathKeys;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalState;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Our transactions before the judges: our nodes of Bitcoin and Bitcoin Cash, and litecoind. */
class RealNodesTest {
  private static final String HOT = "m/84'/0'/1'/0/0";

  @TempDir Path folder;

  private RealCore open(ChainName chain) throws Exception {
    return chain == ChainName.LTC ? RealCore.litecoind(folder) : RealCore.ours(chain, folder);
  }

  private static Address address(ChainName chain, int purpose, String path) {
    byte[] key = PathKeys.publicKeyOf(path);
    String hash = HexFormat.of().formatHex(Crypto.hash160(key));
    String script =
        switch (purpose) {
          case 44 -> "76a914" + hash + "88ac";
          case 49 ->
              "a914"
                  + HexFormat.of().formatHex(Crypto.hash160(HexFormat.of().parseHex("0014" + hash)))
                  + "87";
          case 84 -> "0014" + hash;
          default ->
              "5120"
                  + new PublicKey(key)
                      .xOnly()
                      .outputKey(Crypto.TaprootTweak.KeyPathTweak.INSTANCE)
                      .getFirst()
                      .value
                      .toHex();
        };
    return Addresses.of(chain, Network.REGTEST, HexFormat.of().parseHex(script));
  }

  private static int[] purposes(ChainName chain) {
    return chain == ChainName.BCH ? new int[] {44} : new int[] {44, 49, 84, 86};
  }

  @ParameterizedTest
  @EnumSource(names = {"BTC", "BCH", "LTC"})
  void everyKindOfInputIsSignedAndWeighed(ChainName chain) throws Exception {
    try (RealCore node = open(chain)) {
      List<OwnInput> inputs = new ArrayList<>();
      for (int purpose : purposes(chain)) {
        String path = "m/" + purpose + "'/0'/1'/0/3";
        Address address = address(chain, purpose, path);
        JsonNode block = node.call("getblock", node.mine(1, address.text()).getFirst(), 2);
        JsonNode coinbase = block.path("tx").get(0);
        long atoms =
            coinbase
                .path("vout")
                .get(0)
                .path("value")
                .decimalValue()
                .movePointRight(8)
                .longValueExact();
        inputs.add(
            new OwnInput(coinbase.path("txid").stringValue(), 0, atoms, address.target(), path));
      }
      node.mine(100, address(chain, purposes(chain)[0], "m/9'").text());
      long total = inputs.stream().mapToLong(OwnInput::atoms).sum();
      Paid output = new Paid(address(chain, 44, "m/8'").target(), total - 20_000);
      UtxoRules rules = UtxoRules.of(chain);
      UnsignedUtxo unsigned =
          new UnsignedUtxo(rules.forkId(), rules.replaces(), inputs, List.of(output));
      assertThat(UnsignedUtxo.decode(unsigned.encode()).encode()).isEqualTo(unsigned.encode());
      UtxoSigning signing = unsigned.signing(new PathKeys(digest -> true, () -> {}));
      UtxoSigning.Signed signed = signing.sign();
      assertThat(signing.imported(signed.raw()).txid()).isEqualTo(signed.txid());
      JsonNode verdict =
          node.call("testmempoolaccept", List.of(HexFormat.of().formatHex(signed.raw())));
      assertThat(verdict.get(0).path("allowed").booleanValue()).as(verdict.toString()).isTrue();
      int weight = Transaction.read(signed.raw()).weight();
      long promised = Weights.virtualSize(inputs, List.of(output));
      assertThat(promised - Math.ceilDiv(weight, 4)).isBetween(0L, (long) inputs.size() * 2);
      assertThat(node.rpc().send(HexFormat.of().formatHex(signed.raw())).accepted()).isTrue();
      assertThat(node.rpc().inMempool(signed.txid())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BTC", "BCH", "LTC"})
  void withdrawalsAreBatchedHelpedAndPaid(ChainName chain) throws Exception {
    try (RealCore node = open(chain);
        World world =
            new World(
                chain, node.rpc(), UtxoRules.of(chain), World.rules(1_000_000), new Random(1))) {
      world.house("HOT", 0);
      int asset = world.assets.keySet().iterator().next();
      int purpose = chain == ChainName.BCH ? 44 : 84;
      String away = address(chain, purpose, "m/9'").text();
      node.mine(2, address(chain, purpose, HOT).text());
      node.mine(100, away);
      world.fund(World.CUSTOMER, asset, 1_000_000_000L);
      world.settle();
      Withdrawal one = world.request(World.CUSTOMER, "1", asset, world.outside(1), 30_000_000L);
      Withdrawal two = world.request(World.CUSTOMER, "2", asset, world.outside(2), 20_000_000L);
      while (world.dispatcher.step() || world.withdrawals.step()) {
        // Both are approved before the payout looks.
      }
      world.settle();
      String first = node.call("getrawmempool").get(0).stringValue();
      world.later(Duration.ofMinutes(21));
      world.settle();
      JsonNode pool = node.call("getrawmempool");
      if (UtxoRules.of(chain).replaces()) {
        assertThat(pool.size()).isEqualTo(1);
        assertThat(pool.get(0).stringValue()).isNotEqualTo(first);
      } else {
        assertThat(pool.size()).as("a child helps").isEqualTo(2);
      }
      node.mine(3, away);
      world.settle();
      for (Withdrawal w : List.of(one, two)) {
        Withdrawal now = world.withdrawals.await(w.id(), Duration.ZERO);
        assertThat(now.state()).isEqualTo(WithdrawalState.DONE);
        JsonNode paid =
            node.call("gettxout", String.valueOf(now.txid()), now.id() == one.id() ? 0 : 1);
        assertThat(paid.path("value").decimalValue().movePointRight(8).longValueExact())
            .isEqualTo(w.amount());
      }
    }
  }
}
