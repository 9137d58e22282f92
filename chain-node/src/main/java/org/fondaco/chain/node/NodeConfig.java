package org.fondaco.chain.node;

import java.nio.file.Path;
import org.fondaco.chain.mining.MinerSettings;
import org.fondaco.chain.rpc.RpcConfig;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a node is to be.
 *
 * @param folder of its data; null keeps the chain in memory
 * @param genesis a genesis.json, for a folder that has none yet; where the folder has one, both
 *     must be the same. Null takes the folder's
 * @param networkId of the peer-to-peer network; null for the chain's id
 * @param datasets folder of Ethash's datasets, a gibibyte and more each; null keeps them in memory
 * @param rpc its doors
 * @param mining what it does on its own
 * @param insecureUnlock accounts may be unlocked although other machines can reach the node
 * @param port of the peer-to-peer network, told to peers
 * @param discovery whether it would look for peers
 */
public record NodeConfig(
    @Nullable NodeFolder folder,
    @Nullable JsonNode genesis,
    @Nullable Long networkId,
    @Nullable Path datasets,
    RpcConfig rpc,
    Mining mining,
    boolean insecureUnlock,
    int port,
    boolean discovery) {

  /**
   * How blocks are made.
   *
   * @param start at once
   * @param threads 0 for every processor
   * @param coinbase who is paid; null for the first account
   * @param gasCeiling what the gas limit moves towards; 0 keeps the miner's own
   * @param extraData of new headers, at most 32 bytes; null keeps the miner's own
   * @param instant when blocks are sealed that need no work
   */
  @SuppressWarnings("ArrayRecordComponent") // read only
  public record Mining(
      boolean start,
      int threads,
      @Nullable Address coinbase,
      long gasCeiling,
      byte @Nullable [] extraData,
      MinerSettings.Instant instant) {
    public static final Mining OFF =
        new Mining(false, 0, null, 0, null, new MinerSettings.Instant.OnTransaction(0));
  }
}
