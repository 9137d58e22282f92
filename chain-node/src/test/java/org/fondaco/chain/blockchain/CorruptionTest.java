package org.fondaco.chain.blockchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain.Insertion;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.seal.HeaderOnly;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A valid block with one thing wrong is refused, and the reason names the thing. */
class CorruptionTest {
  private Blockchain chain;
  private Block valid;
  private BlockHeader uncle;

  @BeforeEach
  void buildBlock() {
    Genesis genesis = TestChain.genesis(TestChain.PROOF_OF_WORK);
    chain = Chains.inMemory(genesis, new HeaderOnly(ChainConfig.read(genesis.config())));
    BlockHeader parent = chain.head();
    Block first = empty(parent, 10, "one");
    Block beside = empty(parent, 11, "two");
    chain.insert(first);
    chain.insert(beside);
    uncle = beside.header();
    Transaction transaction =
        TestChain.transfer(0, Address.of(0xbeef), 1, 2).signedBy(TestChain.KEYS.getFirst());
    valid =
        TestChain.block(
            chain,
            TestChain.header(chain, first.header(), 10, Address.of(0xc0ffee), ""),
            List.of(uncle),
            List.of(transaction));
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private Block empty(BlockHeader parent, long seconds, String extra) {
    return TestChain.block(
        chain,
        TestChain.header(chain, parent, seconds, Address.of(0xc0ffee), extra),
        List.of(),
        List.of());
  }

  @TestFactory
  Stream<DynamicTest> everyFieldOfTheHeader() {
    Hash other = Hash.parse("0x" + "11".repeat(32));
    byte[] bloom = new byte[BlockHeader.BLOOM_BYTES];
    bloom[7] = 1;
    Fields fields = new Fields(valid.header());
    return Stream.of(
            fields.with("unclesHash", 1, other),
            fields.with("stateRoot", 3, other),
            fields.with("transactionsRoot", 4, other),
            fields.with("receiptsRoot", 5, other),
            fields.with("bloom", 6, bloom),
            fields.with("difficulty", 7, valid.header().difficulty().add(U256.ONE)),
            fields.with("number", 8, 3L),
            fields.with("gasLimit", 9, 2 * valid.header().gasLimit()),
            fields.with("gasLimit", 9, 22_000L),
            fields.with("gasUsed", 10, valid.header().gasUsed() + 1),
            fields.with("gasUsed", 10, valid.header().gasLimit() + 1),
            fields.with("timestamp", 11, chain.head().timestamp()),
            fields.with("extraData", 12, new byte[33]),
            fields.with("baseFee", 15, U256.of(7)),
            fields.with("withdrawalsRoot", 16, other),
            fields.with("blobGasUsed", 17, 0L))
        .map(corrupted ->
            DynamicTest.dynamicTest(
                corrupted.field, () -> refused(corrupted.header, corrupted.field)));
  }

  private void refused(BlockHeader header, String field) {
    // A coinbase, mix hash or nonce may be anything where no seal is checked.
    Insertion insertion =
        chain.insert(new Block(header, valid.transactions(), valid.uncles(), null));
    assertThat(insertion)
        .isInstanceOfSatisfying(
            Insertion.Invalid.class,
            invalid -> assertThat(invalid.reason()).startsWith(field + ":"));
  }

  @Test
  void withoutCorruptionItIsTaken() {
    assertThat(chain.insert(valid)).isEqualTo(new Insertion.Head());
  }

  @Test
  void aParentThatNobodyKnows() {
    BlockHeader orphan = new Fields(valid.header()).with("", 0, Hash.ZERO).header;
    assertThat(chain.insert(new Block(orphan, List.of(), List.of(), null)))
        .isEqualTo(new Insertion.UnknownParent());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 21000, NONCE_TOO_HIGH",
    "0, 1, 20999, GAS_BELOW_INTRINSIC",
    "0, 0, 21000, FEE_BELOW_BASE_FEE",
    "0, 1, 99000000, GAS_ABOVE_BLOCK_LIMIT"
  })
  void aTransactionThatCannotBeThere(long nonce, long gwei, long gas, String reason) {
    Transaction plain = TestChain.transfer(nonce, Address.of(0xbeef), 1, gwei);
    Transaction wrong =
        new Transaction(
                plain.type(),
                plain.chainId(),
                plain.nonce(),
                plain.maxPriorityFee(),
                plain.maxFee(),
                gas,
                plain.to(),
                plain.value(),
                plain.data(),
                plain.accessList(),
                plain.maxBlobFee(),
                plain.blobHashes(),
                plain.signature())
            .signedBy(TestChain.KEYS.getFirst());
    List<Transaction> body = List.of(wrong);
    BlockHeader header =
        new Fields(valid.header())
            .with("", 4, org.fondaco.chain.execution.ListRoot.ofTransactions(body))
            .header;
    assertThat(chain.insert(new Block(header, body, valid.uncles(), null)))
        .isEqualTo(new Insertion.Invalid("transactions: 0 " + reason));
  }

  @Test
  void unclesThatCannotBeThere() {
    assertThat(uncles(uncle, uncle)).startsWith("uncles: ").endsWith("is an uncle already");
    assertThat(uncles(chain.head())).startsWith("uncles: ").endsWith("is an ancestor");
    assertThat(uncles(uncle, uncle, uncle)).isEqualTo("uncles: 3");
    BlockHeader brother = empty(chain.head(), 12, "three").header();
    assertThat(uncles(brother)).contains("is no child of an ancestor");
    BlockHeader late = new Fields(uncle).with("", 7, U256.ONE).header;
    assertThat(uncles(late)).startsWith("difficulty: ");
  }

  private String uncles(BlockHeader... uncles) {
    List<BlockHeader> list = new ArrayList<>(List.of(uncles));
    BlockHeader header =
        new Fields(valid.header())
            .with("", 1, org.fondaco.chain.execution.ListRoot.ofUncles(list))
            .header;
    return ((Insertion.Invalid) chain.insert(new Block(header, valid.transactions(), list, null)))
        .reason()
        .replaceFirst("uncles: (?=difficulty)", "");
  }

  private record Corrupted(String field, BlockHeader header) {}

  /** Changes one component of the record, by its place. */
  private record Fields(BlockHeader header) {
    Corrupted with(String name, int index, Object value) {
      UnaryOperator<Object[]> change =
          fields -> {
            fields[index] = value;
            if (name.equals("blobGasUsed")) {
              fields[18] = 0L;
              fields[19] = Hash.ZERO;
            }
            return fields;
          };
      var components = BlockHeader.class.getRecordComponents();
      Object[] fields = new Object[components.length];
      try {
        for (int i = 0; i < fields.length; i++) {
          fields[i] = components[i].getAccessor().invoke(header);
        }
        return new Corrupted(
            name,
            (BlockHeader)
                BlockHeader.class.getDeclaredConstructors()[0].newInstance(change.apply(fields)));
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
  }
}
