package org.fondaco.chain.rpc.eth;

import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.mining.Miner;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Blocks as parameters name them: by number, tag or hash (EIP-1898). */
public final class BlockViews {
  private static final int HASH_TEXT_LENGTH = 66;

  private final Blockchain chain;
  private final Miner miner;

  public BlockViews(Blockchain chain, Miner miner) {
    this.chain = chain;
    this.miner = miner;
  }

  /**
   * A block and the state after it.
   *
   * @param pending not null if it is the one that would be mined now
   */
  public record View(BlockHeader header, Miner.@Nullable Pending pending) {}

  /** The block of a parameter that may be a number, a tag, a hash or an object; latest if none. */
  public View view(Parameters parameters, int index) throws RpcException {
    JsonNode node = parameters.optional(index);
    if (node == null) {
      return new View(chain.head(), null);
    }
    if (node.isObject()) {
      return ofObject(node, index);
    }
    if (node.isString() && node.stringValue().length() == HASH_TEXT_LENGTH) {
      return byHash(hash(node, index), false);
    }
    View view = byNumber(node, index);
    if (view == null) {
      throw RpcException.server("header not found");
    }
    return view;
  }

  /** The block of a parameter that is a number or a tag; null if there is none. */
  @Nullable View numbered(Parameters parameters, int index) throws RpcException {
    return byNumber(parameters.required(index), index);
  }

  private View ofObject(JsonNode node, int index) throws RpcException {
    boolean numbered = node.hasNonNull("blockNumber");
    boolean hashed = node.hasNonNull("blockHash");
    if (numbered && hashed) {
      throw RpcException.invalidParams(
          "invalid argument "
              + index
              + ": cannot specify both BlockHash and BlockNumber, choose one or the other");
    }
    if (hashed) {
      return byHash(
          hash(node.path("blockHash"), index), node.path("requireCanonical").asBoolean(false));
    }
    if (!numbered) {
      throw RpcException.invalidParams(
          "invalid argument " + index + ": invalid block: neither number nor hash");
    }
    View view = byNumber(node.path("blockNumber"), index);
    if (view == null) {
      throw RpcException.server("header not found");
    }
    return view;
  }

  private View byHash(Hash hash, boolean requireCanonical) throws RpcException {
    BlockHeader header = chain.header(hash);
    if (header == null) {
      throw RpcException.server("header for hash not found");
    }
    if (requireCanonical && !isCanonical(hash, header.number())) {
      throw RpcException.server("hash is not currently canonical");
    }
    return new View(header, null);
  }

  private boolean isCanonical(Hash hash, long number) {
    BlockHeader header = chain.header(number);
    return header != null && header.hash().equals(hash);
  }

  private @Nullable View byNumber(JsonNode node, int index) throws RpcException {
    if (!node.isString()) {
      throw RpcException.invalidParams(
          "invalid argument " + index + ": json: cannot unmarshal into a block number");
    }
    switch (node.stringValue().strip()) {
      case "latest" -> {
        return new View(chain.head(), null);
      }
      case "earliest" -> {
        return new View(chain.genesis(), null);
      }
      case "pending" -> {
        Miner.Pending pending = miner.pending();
        return new View(pending.block().header(), pending);
      }
      case "safe", "finalized" -> {
        return new View(irreversible(node.stringValue().strip()), null);
      }
      default -> {
        BlockHeader header = chain.header(number(node, index));
        return header == null ? null : new View(header, null);
      }
    }
  }

  /**
   * What only this node seals is not reorganised. Under proof of work no block is ever final, and
   * geth says so in these words.
   */
  BlockHeader irreversible(String tag) throws RpcException {
    if (chain.engine().name().equals("instant")) {
      return chain.head();
    }
    throw RpcException.server(tag + " block not found");
  }

  static long number(JsonNode node, int index) throws RpcException {
    U256 number = Parameters.quantity(node, index);
    if (!number.fitsLong()) {
      throw RpcException.invalidParams(
          "invalid argument " + index + ": block number larger than int64");
    }
    return number.longValue();
  }

  static Hash hash(JsonNode node, int index) throws RpcException {
    byte[] bytes = Parameters.data(node, index);
    if (bytes.length != Hash.BYTES) {
      throw RpcException.invalidParams(
          "invalid argument "
              + index
              + ": hex string has length "
              + bytes.length * 2
              + ", want 64 for common.Hash");
    }
    return Hash.of(bytes);
  }

  /** The block with its transactions. */
  public Block block(View view) throws RpcException {
    Miner.Pending pending = view.pending();
    if (pending != null) {
      return pending.block();
    }
    Block block = chain.block(view.header().hash());
    if (block == null) {
      throw RpcException.server("block not found");
    }
    return block;
  }

  /** The state after the block; the caller's own. */
  public WorldState state(View view) throws RpcException {
    Miner.Pending pending = view.pending();
    if (pending != null) {
      return pending.state();
    }
    try {
      return new WorldState(chain.state(view.header().stateRoot()));
    } catch (MissingNodeException e) {
      throw missing(view.header());
    }
  }

  /** The state of an old block is not kept, or a trie node has gone while it was read. */
  public static RpcException missing(BlockHeader header) {
    return RpcException.server(
        "missing trie node: the state of block "
            + header.number()
            + " is not kept ("
            + header.stateRoot()
            + ")");
  }
}
