package org.fondaco.chain.utxo.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;

class MerkleRootTest {
  private final SplittableRandom random = new SplittableRandom(7);

  private List<Hash> hashes(int count) {
    List<Hash> hashes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      hashes.add(Hash.of(bytes));
    }
    return hashes;
  }

  /** By the definition, from the root down. */
  private static Hash naive(List<Hash> leaves, int height, int index) {
    if (height == 0) {
      return leaves.get(index);
    }
    int width = leaves.size() + (1 << height - 1) - 1 >> height - 1;
    Hash left = naive(leaves, height - 1, 2 * index);
    Hash right = 2 * index + 1 < width ? naive(leaves, height - 1, 2 * index + 1) : left;
    byte[] pair = new byte[64];
    left.copyTo(pair, 0);
    right.copyTo(pair, 32);
    return Hash.of(Sha256.twice(pair));
  }

  @Test
  void theRootIsThatOfTheDefinition() {
    for (int count = 1; count < 40; count++) {
      List<Hash> leaves = hashes(count);
      int height = 32 - Integer.numberOfLeadingZeros(count - 1);
      MerkleRoot root = MerkleRoot.of(leaves);
      assertThat(root.root()).as("%d leaves", count).isEqualTo(naive(leaves, height, 0));
      assertThat(root.mutated()).isFalse();
    }
    assertThat(MerkleRoot.of(List.of()).root()).isEqualTo(Hash.ZERO);
  }

  @Test
  void aListWithItsEndTwiceHasTheSameRootAndIsFound() {
    List<Hash> three = hashes(3);
    List<Hash> four = new ArrayList<>(three);
    four.add(three.getLast());
    assertThat(MerkleRoot.of(four).root()).isEqualTo(MerkleRoot.of(three).root());
    assertThat(MerkleRoot.of(four).mutated()).isTrue();
  }

  @Test
  void theHeaderOfBitcoinsFirstBlockHasItsName() {
    BlockHeader header =
        new BlockHeader(
            1,
            Hash.ZERO,
            Reversed.parse("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"),
            1_231_006_505,
            0x1d00ffff,
            2_083_236_893);
    assertThat(header.toString())
        .isEqualTo("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
    assertThat(header.encode()).hasSize(80);
  }

  @Test
  void theLastCommitmentOfACoinbaseCounts() {
    Hash commitment = hashes(1).getFirst();
    Transaction coinbase =
        new Transaction(
            1,
            List.of(new Input(OutPoint.NULL, new byte[2], 0)),
            List.of(
                new Output(0, WitnessCommitment.script(Hash.ZERO)),
                new Output(0, WitnessCommitment.script(commitment)),
                new Output(0, HexFormat.of().parseHex("6a24aa21a9ed"))),
            0);
    assertThat(WitnessCommitment.of(coinbase)).isEqualTo(commitment);
    // The wtxid of the coinbase does not matter, its reserved value does.
    byte[] reserved = new byte[32];
    assertThat(WitnessCommitment.expected(List.of(coinbase), reserved))
        .isEqualTo(Hash.of(Sha256.twice(new byte[64])));
  }

  @Test
  void aBlockComesBack() {
    Transaction coinbase =
        new Transaction(
            1,
            List.of(new Input(OutPoint.NULL, new byte[2], 0, List.of(new byte[32]))),
            List.of(new Output(5, new byte[0])),
            0);
    BlockHeader header = new BlockHeader(4, Hash.ZERO, Hash.ZERO, 1, 2, 3);
    Block block = new Block(header, List.of(coinbase));
    assertThat(Block.decode(block.encode(), true)).isEqualTo(block);
    assertThat(block.encode()).hasSize(block.size());
    assertThat(block.weight()).isEqualTo(3 * block.strippedSize() + block.size());
  }
}
