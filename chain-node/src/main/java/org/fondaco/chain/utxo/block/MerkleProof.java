package org.fondaco.chain.utxo.block;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;

/**
 * A header with the part of its merkle tree that shows that some transactions are in the block:
 * BIP-37's merkle block.
 *
 * @param transactions in the block
 * @param hashes of nodes, depth first
 * @param flags whether a node has a transaction that is shown below, depth first
 */
public record MerkleProof(
    BlockHeader header, int transactions, List<Hash> hashes, List<Boolean> flags) {
  /** A transaction of 60 bytes is the smallest that fits a block. */
  private static final int TRANSACTIONS_MAX = 4_000_000 / 240;

  public MerkleProof {
    hashes = List.copyOf(hashes);
    flags = List.copyOf(flags);
  }

  /**
   * What a proof shows.
   *
   * @param root that the nodes give
   * @param matches the transactions shown
   */
  public record Shown(Hash root, List<Hash> matches) {}

  /** Shows transactions of a block by their positions. */
  public static MerkleProof of(Block block, List<Integer> shown) {
    List<Hash> leaves = block.transactions().stream().map(each -> each.txid()).toList();
    List<Hash> hashes = new ArrayList<>();
    List<Boolean> flags = new ArrayList<>();
    int height = 0;
    while (width(leaves.size(), height) > 1) {
      height++;
    }
    build(leaves, shown, height, 0, hashes, flags);
    return new MerkleProof(block.header(), leaves.size(), hashes, flags);
  }

  private static int width(int leaves, int height) {
    return leaves + (1 << height) - 1 >> height;
  }

  private static void build(
      List<Hash> leaves,
      List<Integer> shown,
      int height,
      int position,
      List<Hash> hashes,
      List<Boolean> flags) {
    int from = position << height;
    int to = Math.min(position + 1 << height, leaves.size());
    boolean has = shown.stream().anyMatch(each -> each >= from && each < to);
    flags.add(has);
    if (height == 0 || !has) {
      hashes.add(node(leaves, height, position));
      return;
    }
    build(leaves, shown, height - 1, 2 * position, hashes, flags);
    if (2 * position + 1 < width(leaves.size(), height - 1)) {
      build(leaves, shown, height - 1, 2 * position + 1, hashes, flags);
    }
  }

  private static Hash node(List<Hash> leaves, int height, int position) {
    if (height == 0) {
      return leaves.get(position);
    }
    Hash left = node(leaves, height - 1, 2 * position);
    boolean hasRight = 2 * position + 1 < width(leaves.size(), height - 1);
    return join(left, hasRight ? node(leaves, height - 1, 2 * position + 1) : left);
  }

  private static Hash join(Hash left, Hash right) {
    return Hash.of(Sha256.twice(new WireWriter(64).hash(left).hash(right).toBytes()));
  }

  public byte[] encode() {
    WireWriter writer = new WireWriter();
    writer.bytes(header.encode()).int32(transactions).size(hashes.size());
    hashes.forEach(writer::hash);
    byte[] bits = new byte[(flags.size() + 7) / 8];
    for (int i = 0; i < flags.size(); i++) {
      bits[i / 8] |= (byte) (flags.get(i) ? 1 << i % 8 : 0);
    }
    return writer.prefixed(bits).toBytes();
  }

  /**
   * Reads a proof and nothing behind it.
   *
   * @throws WireException if it is not well formed
   */
  public static MerkleProof decode(byte[] bytes) {
    WireReader reader = new WireReader(bytes);
    BlockHeader header = BlockHeader.read(reader);
    long transactions = reader.uint32();
    List<Hash> hashes = new ArrayList<>();
    int count = reader.count(Hash.BYTES);
    for (int i = 0; i < count; i++) {
      hashes.add(reader.hash());
    }
    byte[] bits = reader.prefixed();
    reader.end();
    if (transactions == 0 || transactions > TRANSACTIONS_MAX) {
      throw new WireException("a proof of no block");
    }
    List<Boolean> flags = new ArrayList<>();
    for (int i = 0; i < 8 * bits.length; i++) {
      flags.add((bits[i / 8] >> i % 8 & 1) != 0);
    }
    return new MerkleProof(header, (int) transactions, hashes, flags);
  }

  /**
   * Walks the tree.
   *
   * @throws WireException if the nodes do not make one, or there are more of them than needed
   */
  public Shown shown() {
    if (hashes.size() > transactions || flags.size() < hashes.size()) {
      throw new WireException("a proof with nodes that do not fit");
    }
    Walk walk = new Walk();
    int height = 0;
    while (width(transactions, height) > 1) {
      height++;
    }
    Hash root = walk.down(height, 0);
    if (walk.nextHash != hashes.size() || (walk.nextFlag + 7) / 8 != (flags.size() + 7) / 8) {
      throw new WireException("a proof with nodes that are not used");
    }
    return new Shown(root, walk.matches);
  }

  private final class Walk {
    private final List<Hash> matches = new ArrayList<>();
    private int nextHash;
    private int nextFlag;

    Hash down(int height, int position) {
      if (nextFlag >= flags.size()) {
        throw new WireException("a proof that ends too early");
      }
      boolean has = flags.get(nextFlag++);
      if (height == 0 || !has) {
        if (nextHash >= hashes.size()) {
          throw new WireException("a proof that ends too early");
        }
        Hash hash = hashes.get(nextHash++);
        if (height == 0 && has) {
          matches.add(hash);
        }
        return hash;
      }
      Hash left = down(height - 1, 2 * position);
      if (2 * position + 1 >= width(transactions, height - 1)) {
        return join(left, left);
      }
      Hash right = down(height - 1, 2 * position + 1);
      if (right.equals(left)) {
        throw new WireException("a proof with two equal branches"); // CVE-2012-2459
      }
      return join(left, right);
    }
  }
}
