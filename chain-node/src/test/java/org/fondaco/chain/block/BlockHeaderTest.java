package org.fondaco.chain.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;

class BlockHeaderTest {
  /**
   * Block 1 of the main network; the fields that forks appended are set by {@code fork}: 0 to 3.
   */
  private static BlockHeader block1(int fork) {
    return new BlockHeader(
        Hash.parse("0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3"),
        BlockHeader.NO_UNCLES,
        Address.parse("0x05a56e2d52c817161883f50c441c3228cfe54d9f"),
        Hash.parse("0xd67e4d450343046425ae4271474353857ab860dbc0a1dde64b41b5cd3a532bf3"),
        Trie.EMPTY_ROOT,
        Trie.EMPTY_ROOT,
        new byte[BlockHeader.BLOOM_BYTES],
        U256.of(17_171_480_576L),
        1,
        5_000,
        0,
        1_438_269_988,
        Hex.decode("0x476574682f76312e302e302f6c696e75782f676f312e342e32"),
        Hash.parse("0x969b900de27b6ac6a67742365dd65f55a0526c41fd18e1b16f1a1215c2e66f59"),
        0x539bd4979fef1ec4L,
        fork >= 1 ? U256.of(7) : null,
        fork >= 2 ? Trie.EMPTY_ROOT : null,
        fork >= 3 ? (Long) 131_072L : null,
        fork >= 3 ? (Long) 0L : null,
        fork >= 3 ? Hash.ZERO : null);
  }

  @Test
  void theFirstMinedBlockHasItsHashes() {
    assertThat(block1(0).hash())
        .hasToString("0x88e96d4537bea4d9c05d12549907b32561d3bf31f45aae734cdc119f13406cb6");
    assertThat(block1(0).sealHash())
        .hasToString("0x85913a3057ea8bec78cd916871ca73802e77724e014dda65add3405d02240eb7");
    assertThat(new String(block1(0).extraData(), StandardCharsets.UTF_8))
        .isEqualTo("Geth/v1.0.0/linux/go1.4.2");
  }

  @Test
  void headersOfEveryForkComeBack() {
    for (int fork = 0; fork <= 3; fork++) {
      byte[] encoded = block1(fork).encode();
      assertThat(BlockHeader.decode(encoded).encode()).isEqualTo(encoded);
    }
  }

  @Test
  void anotherNumberOfFieldsIsRefused() {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    for (int i = 0; i < 18; i++) {
      writer.number(1);
    }
    byte[] encoded = writer.endList(start).toBytes();
    assertThatThrownBy(() -> BlockHeader.decode(encoded)).isInstanceOf(RlpException.class);
  }
}
