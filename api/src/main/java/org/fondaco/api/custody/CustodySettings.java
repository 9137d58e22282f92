package org.fondaco.api.custody;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.fondaco.custody.address.Address;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeAddress;

/**
 * How money comes in and goes out.
 *
 * @param mode whether there is custody
 * @param network of all nodes
 * @param nodes of the operator; a chain without one has the embedded node
 * @param dollar contract of USDT, 40 digits in lower case; empty = none yet
 * @param passphrase of the vault, or empty
 * @param passphraseFile file with it, or empty
 * @param module hardware with keys, or empty
 * @param chains by chain
 * @param assets by code
 * @param hot what the hot tier should hold, by asset; an asset that is not there has no limits
 * @param cold addresses whose keys are elsewhere
 */
public record CustodySettings(
    Mode mode,
    Network network,
    Map<ChainName, NodeAddress> nodes,
    Optional<String> dollar,
    Optional<String> passphrase,
    Optional<Path> passphraseFile,
    Optional<Module> module,
    Map<ChainName, ChainTerms> chains,
    Map<String, AssetTerms> assets,
    Map<String, HotRange> hot,
    Map<ChainName, Address> cold) {

  /** Whether there is custody. */
  public enum Mode {
    ON,
    OFF,
    AUTO
  }

  /**
   * A hardware module.
   *
   * @param library of its maker, PKCS#11
   * @param slot of the token, counted from 0
   * @param pin file whose first line is the PIN
   */
  public record Module(Path library, int slot, Path pin) {}

  /**
   * Of a chain, in blocks.
   *
   * @param finalDepth confirmations that make a payment of ours final, and coins spendable
   * @param maxReorg blocks that may leave the chain
   * @param scanFrom height above which it is read when it is met first; empty = its best block then
   */
  public record ChainTerms(int finalDepth, int maxReorg, OptionalLong scanFrom) {}

  /** Confirmations from an amount of whole coins on. */
  public record ConfirmationTier(BigDecimal from, int confirmations) {}

  /** Of an asset, in whole coins. */
  public record AssetTerms(
      List<ConfirmationTier> confirmations,
      BigDecimal depositMinimum,
      BigDecimal withdrawalMinimum,
      BigDecimal withdrawalFee) {}

  /** Whole coins in the hot tier, beyond which movements are proposed. */
  public record HotRange(BigDecimal minimum, BigDecimal maximum) {}

  /** Leaves out what is secret. */
  @Override
  public String toString() {
    return "CustodySettings[mode=%s, network=%s, nodes=%s]".formatted(mode, network, nodes);
  }
}
