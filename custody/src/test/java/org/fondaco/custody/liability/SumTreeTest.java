package org.fondaco.custody.liability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumTreeTest {

  private static SumNode leaf(long account, long units) {
    return SumNode.leaf(1, 1, account, new byte[32], units);
  }

  @Test
  void everyLeafOfEverySizeLeadsToTheRootAndTheRootHasTheSum() {
    Random random = new Random(45);
    for (int size = 0; size < 40; size++) {
      List<SumNode> leaves = new ArrayList<>();
      long total = 0;
      for (int i = 0; i < size; i++) {
        leaves.add(leaf(i, random.nextInt(1_000)));
        total += leaves.getLast().sum();
      }
      SumTree tree = new SumTree(leaves);
      assertThat(tree.root().sum()).isEqualTo(total);
      for (int i = 0; i < size; i++) {
        assertThat(SumTree.follow(leaves.get(i), tree.path(i))).isEqualTo(tree.root());
      }
    }
  }

  @Test
  void whatIsBelowZeroOrBeyondALongIsRejected() {
    assertThatThrownBy(() -> leaf(1, -1)).hasMessage("account 1 owes: -1");
    assertThatThrownBy(() -> new SumNode(new byte[32], -5)).hasMessage("a sum below zero: -5");
    List<SumNode> two = List.of(leaf(1, Long.MAX_VALUE), leaf(2, 1));
    assertThatThrownBy(() -> new SumTree(two)).isInstanceOf(ArithmeticException.class);
  }

  /**
   * The attack of PRODUCT.md (eprint 2018/1139): where a parent covers the total only, customers
   * with 10 and 5 both accept a root of 10, each shown the other with what is left of 10.
   */
  @Test
  void twoCustomersCannotBothBeShownATotalThatIsTooSmall() throws NoSuchAlgorithmException {
    SumNode ten = leaf(1, 10);
    SumNode five = leaf(2, 5);
    byte[] broken = unbound(ten, five, 10);
    assertThat(unbound(ten, new SumNode(five.hash(), 0), 10)).isEqualTo(broken);
    assertThat(unbound(new SumNode(ten.hash(), 5), five, 10)).isEqualTo(broken);

    SumTree honest = new SumTree(List.of(ten, five));
    assertThat(honest.root().sum()).isEqualTo(15);
    SumNode shownToTen = SumNode.parent(ten, new SumNode(five.hash(), 0));
    SumNode shownToFive = SumNode.parent(new SumNode(ten.hash(), 5), five);
    assertThat(shownToTen.sum()).isEqualTo(10);
    assertThat(shownToFive.sum()).isEqualTo(10);
    assertThat(shownToTen.hash()).isNotEqualTo(shownToFive.hash());
  }

  /** The broken rule: hashes of the children and the total, not the sum of each. */
  private static byte[] unbound(SumNode left, SumNode right, long total)
      throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(left.hash());
    digest.update(right.hash());
    digest.update(Long.toString(total).getBytes(StandardCharsets.UTF_8));
    return digest.digest();
  }

  @Test
  void noChangeOfASumOnTheWayIsUnseen() {
    Random random = new Random(46);
    List<SumNode> leaves = new ArrayList<>();
    for (int i = 0; i < 33; i++) {
      leaves.add(leaf(i, 1_000 + random.nextInt(1_000)));
    }
    SumTree tree = new SumTree(leaves);
    for (int i = 0; i < 200; i++) {
      int index = random.nextInt(33);
      List<SumTree.Step> path = new ArrayList<>(tree.path(index));
      int changed = random.nextInt(path.size());
      SumTree.Step step = path.get(changed);
      SumNode sibling = step.sibling();
      long sum = Math.max(0, sibling.sum() + random.nextInt(21) - 10);
      path.set(changed, new SumTree.Step(step.left(), new SumNode(sibling.hash(), sum)));
      boolean same = sum == sibling.sum();
      assertThat(SumTree.follow(leaves.get(index), path).equals(tree.root())).isEqualTo(same);
    }
  }
}
