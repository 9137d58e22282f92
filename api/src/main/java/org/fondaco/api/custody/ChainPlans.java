package org.fondaco.api.custody;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fondaco.custody.ChainPlan;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreRpc;
import org.fondaco.custody.chain.EvmRpc;
import org.fondaco.custody.chain.NodeAddress;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.movement.TierTarget;
import org.fondaco.custody.payout.PayoutRules;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.custody.sweep.SweepRules;
import org.fondaco.custody.withdrawal.WithdrawalTerms;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;

/** From the operator's settings and the venue's assets to what custody is wired with. */
final class ChainPlans {
  private static final int COIN_DECIMALS = 8;
  private static final int ETHER_DECIMALS = 18;
  private static final int DOLLAR_DECIMALS = 6;
  private static final int TARGET_BLOCKS = 6;
  private static final int BATCH_MAX = 100;
  private static final int SWEEP_INPUTS_MAX = 200;
  private static final int SWEEP_WORTH = 10;
  private static final Duration BUMP_AFTER = Duration.ofMinutes(10);
  private static final Duration RESEND_AFTER = Duration.ofSeconds(30);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Duration SWEEP_PAUSE = Duration.ofSeconds(2);

  /** A thousand satoshi a virtual byte. */
  private static final BigInteger COIN_FEE_RATE_MAX = BigInteger.valueOf(1_000_000);

  /** A thousand gwei. */
  private static final BigInteger GAS_PRICE_MAX = BigInteger.TEN.pow(12);

  private final CustodySettings settings;
  private final Map<ChainName, NodeAddress> nodes;
  private final Optional<String> dollar;
  private final Derivation derivation;
  private final Map<ChainName, Long> since;
  private final Map<String, AssetChanged> listed = new HashMap<>();

  /**
   * @param nodes of all chains that are served
   * @param dollar contract of USDT
   * @param listed the venue's assets
   * @param derivation of the vault, which may have a cold tier
   * @param since where chains begin after a restore that were never scanned
   */
  ChainPlans(
      CustodySettings settings,
      Map<ChainName, NodeAddress> nodes,
      Optional<String> dollar,
      List<AssetChanged> listed,
      Derivation derivation,
      Map<ChainName, Long> since) {
    this.derivation = derivation;
    this.settings = settings;
    this.nodes = nodes;
    this.dollar = dollar;
    this.since = Map.copyOf(since);
    listed.forEach(asset -> this.listed.put(asset.code(), asset));
  }

  /** A plan for each chain that has a node and whose coin the venue lists. */
  List<ChainPlan> plans() {
    List<ChainPlan> plans = new ArrayList<>();
    for (ChainName chain : ChainName.values()) {
      NodeAddress node = nodes.get(chain);
      if (node != null && listed.containsKey(chain.name())) {
        plans.add(plan(chain, node));
      }
    }
    return plans;
  }

  private ChainPlan plan(ChainName chain, NodeAddress node) {
    CustodySettings.ChainTerms terms = Objects.requireNonNull(settings.chains().get(chain));
    List<AssetSettings> assets = new ArrayList<>();
    Map<Integer, BigInteger> sweepMinimum = new HashMap<>();
    for (Asset asset : assets(chain)) {
      AssetSettings of = assetSettings(asset, terms.finalDepth());
      assets.add(of);
      sweepMinimum.put(asset.id(), of.minimum().max(BigInteger.ONE));
    }
    ChainPlan.Node reached =
        chain.hasOutputs()
            ? new ChainPlan.Node.Outputs(new CoreRpc(node), UtxoRules.of(chain))
            : new ChainPlan.Node.Accounts(new EvmRpc(node));
    return new ChainPlan(
        new ChainSettings(chain, start(chain, terms), terms.maxReorg(), assets),
        reached,
        new PayoutRules(
            terms.finalDepth(),
            terms.finalDepth(),
            chain.hasOutputs() ? COIN_FEE_RATE_MAX : GAS_PRICE_MAX,
            TARGET_BLOCKS,
            BUMP_AFTER,
            RESEND_AFTER,
            RETRY_AFTER,
            BATCH_MAX),
        new SweepRules(terms.finalDepth(), SWEEP_WORTH, SWEEP_INPUTS_MAX, SWEEP_PAUSE),
        sweepMinimum,
        tiers(chain, assets));
  }

  /** Movements leave the middle of what is too little and what is too much. */
  private List<TierTarget> tiers(ChainName chain, List<AssetSettings> assets) {
    boolean cold = settings.cold().containsKey(chain) || derivation.has(chain, Tier.COLD);
    List<TierTarget> targets = new ArrayList<>();
    for (AssetSettings of : assets) {
      CustodySettings.HotRange range = settings.hot().get(of.asset().code());
      if (range != null) {
        BigInteger minimum = atoms(of.asset(), range.minimum());
        BigInteger maximum = atoms(of.asset(), range.maximum());
        BigInteger middle = minimum.add(maximum).shiftRight(1);
        targets.add(
            new TierTarget(
                of.asset().id(), minimum, middle, maximum, (cold ? Tier.COLD : Tier.WARM).name()));
      }
    }
    return targets;
  }

  private static BigInteger atoms(Asset asset, BigDecimal coins) {
    return coins.movePointRight(asset.decimals()).setScale(0, RoundingMode.UP).toBigInteger();
  }

  /** What the operator says, else a restore; else the node's best block. */
  private long start(ChainName chain, CustodySettings.ChainTerms terms) {
    Long restored = since.get(chain);
    return terms.scanFrom().orElse(restored == null ? ChainSettings.TIP : restored);
  }

  /** The assets of all plans, as customers see them. */
  List<ServedAsset> served() {
    List<ServedAsset> served = new ArrayList<>();
    for (ChainPlan plan : plans()) {
      for (AssetSettings of : plan.settings().assets()) {
        served.add(
            new ServedAsset(of.asset(), of.asset().unitsCovering(of.minimum()), of::confirmations));
      }
    }
    return served;
  }

  private List<Asset> assets(ChainName chain) {
    List<Asset> assets = new ArrayList<>();
    AssetChanged coin = Objects.requireNonNull(listed.get(chain.name()));
    int decimals = chain.hasOutputs() ? COIN_DECIMALS : ETHER_DECIMALS;
    assets.add(new Asset(coin.asset(), coin.code(), chain, null, decimals, coin.scale()));
    AssetChanged usdt = listed.get("USDT");
    if (chain == ChainName.ETH && usdt != null && dollar.isPresent()) {
      assets.add(
          new Asset(usdt.asset(), usdt.code(), chain, dollar.get(), DOLLAR_DECIMALS, usdt.scale()));
    }
    return assets;
  }

  private CustodySettings.AssetTerms terms(Asset asset) {
    return Objects.requireNonNull(settings.assets().get(asset.code()));
  }

  private AssetSettings assetSettings(Asset asset, int sweepDepth) {
    CustodySettings.AssetTerms terms = terms(asset);
    List<AssetSettings.Tier> tiers = new ArrayList<>();
    for (CustodySettings.ConfirmationTier tier : terms.confirmations()) {
      tiers.add(new AssetSettings.Tier(units(asset, tier.from()), tier.confirmations()));
    }
    BigInteger minimum = atoms(asset, terms.depositMinimum());
    return new AssetSettings(asset, minimum, tiers, minimum, sweepDepth);
  }

  private static long units(Asset asset, BigDecimal coins) {
    return coins.movePointRight(asset.scale()).setScale(0, RoundingMode.UP).longValueExact();
  }

  /** What withdrawals cost and the least that can be withdrawn. */
  WithdrawalTerms withdrawalTerms() {
    return asset -> {
      CustodySettings.AssetTerms terms = terms(asset);
      return new WithdrawalTerms.Terms(
          units(asset, terms.withdrawalFee()),
          Math.max(1, units(asset, terms.withdrawalMinimum())));
    };
  }
}
