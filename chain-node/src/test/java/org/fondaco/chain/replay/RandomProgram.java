package org.fondaco.chain.replay;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;

/**
 * Code that mostly runs: each statement brings its operands, jumps lead somewhere, loops end. Now
 * and then a byte of nonsense.
 */
final class RandomProgram {
  private static final int DEPTH_MAX = 2;
  private static final List<U256> EDGES =
      List.of(
          U256.ZERO,
          U256.ONE,
          U256.of(2),
          U256.of(31),
          U256.of(32),
          U256.of(255),
          U256.of(256),
          U256.of(Long.MAX_VALUE),
          U256.ofLimbs(-1, 0, 0, 0),
          U256.ofLimbs(0, 1, 0, 0),
          U256.ofLimbs(-1, -1, 0, 0),
          U256.ofLimbs(0, 0, 0, Long.MIN_VALUE),
          U256.ofLimbs(-1, -1, -1, Long.MAX_VALUE),
          U256.MAX);

  private final Random random;
  private final List<Address> accounts;
  private final ByteArrayOutputStream code = new ByteArrayOutputStream();
  private int height;
  private int depth;

  private RandomProgram(Random random, List<Address> accounts) {
    this.random = random;
    this.accounts = accounts;
  }

  /**
   * A program.
   *
   * @param accounts that it may look at and call
   */
  static byte[] of(Random random, List<Address> accounts) {
    RandomProgram program = new RandomProgram(random, accounts);
    int statements = 5 + random.nextInt(40);
    for (int i = 0; i < statements; i++) {
      program.statement();
    }
    if (random.nextInt(4) > 0) {
      program.end(random.nextInt(3) == 0 ? 0xfd : 0xf3);
    }
    return program.code.toByteArray();
  }

  private void statement() {
    switch (random.nextInt(22)) {
      case 0, 1, 2, 3 -> arithmetic();
      case 4, 5 -> memory();
      case 6, 7 -> storage();
      case 8 -> {
        small(96);
        small(200);
        op(0x20, -1);
      }
      case 9, 10 -> environment();
      case 11 -> copy();
      case 12 -> {
        push(account().toWord());
        op(pick(0x31, 0x3b, 0x3f), 0);
      }
      case 13, 14, 15 -> call();
      case 16 -> create();
      case 17 -> log();
      case 18 -> branch();
      case 19 -> loop();
      case 20 -> shuffle();
      default -> rarely();
    }
  }

  private void arithmetic() {
    int operation =
        pick(
            0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x10, 0x11, 0x12,
            0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d);
    int operands =
        switch (operation) {
          case 0x08, 0x09 -> 3;
          case 0x15, 0x19 -> 1;
          default -> 2;
        };
    for (int i = 0; i < operands; i++) {
      operand();
    }
    op(operation, 1 - operands);
  }

  private void memory() {
    if (random.nextBoolean()) {
      operand();
      small(600);
      op(pick(0x52, 0x53), -2);
    } else {
      small(600);
      op(0x51, 0);
    }
    if (random.nextInt(8) == 0) {
      op(0x59, 1);
    }
  }

  private void storage() {
    if (random.nextBoolean()) {
      if (random.nextInt(3) == 0) {
        push(U256.ZERO);
      } else {
        operand();
      }
      small(4);
      op(0x55, -2);
    } else {
      small(4);
      op(0x54, 0);
    }
  }

  private void environment() {
    // GAS would show every difference in price at once, so it is what matters here most.
    if (random.nextInt(3) == 0) {
      op(0x5a, 1);
      return;
    }
    op(
        pick(
            0x30, 0x32, 0x33, 0x34, 0x36, 0x38, 0x3a, 0x3d, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46,
            0x47, 0x48, 0x58, 0x59),
        1);
  }

  private void copy() {
    int operation = pick(0x35, 0x37, 0x39, 0x3c, 0x3e);
    if (operation == 0x35) {
      small(80);
      op(0x35, 0);
      return;
    }
    // What reads past the end of the return data fails, and most calls return nothing.
    int bound = operation == 0x3e ? random.nextInt(8) == 0 ? 4 : 1 : 80;
    small(bound);
    small(bound);
    small(300);
    if (operation == 0x3c) {
      push(account().toWord());
      op(0x3c, -4);
    } else {
      op(operation, -3);
    }
  }

  private void call() {
    int operation = pick(0xf1, 0xf1, 0xf2, 0xf4, 0xfa);
    boolean value = operation == 0xf1 || operation == 0xf2;
    small(64);
    small(200);
    small(150);
    small(200);
    if (value) {
      push(random.nextInt(3) == 0 ? U256.of(random.nextInt(5)) : U256.ZERO);
    }
    push(random.nextInt(4) == 0 ? Address.of(1 + random.nextInt(9)).toWord() : account().toWord());
    // Who always hands all gas on has none left after a few calls that call.
    if (random.nextInt(8) == 0) {
      op(0x5a, 1);
    } else {
      push(U256.of(random.nextInt(30_000)));
    }
    op(operation, value ? -6 : -5);
  }

  private void create() {
    // Init code in one word: returns itself, stores, reverts, is nonsense, or begins with 0xef.
    String program =
        switch (random.nextInt(6)) {
          case 0 -> "595953386000f3";
          case 1 -> "3860005538600055";
          case 2 -> "60206000fd";
          case 3 -> "fe";
          case 4 -> "60ef60005360206000f3";
          default -> "5860005260206000f3";
        };
    BigInteger word = new BigInteger(program, 16).shiftLeft(256 - 4 * program.length());
    push(U256.of(word));
    push(U256.ZERO);
    op(0x52, -2);
    boolean salted = random.nextBoolean();
    if (salted) {
      small(3);
    }
    push(U256.of(random.nextInt(16) == 0 ? 50_000 : program.length() / 2));
    push(U256.ZERO);
    push(U256.of(random.nextInt(4) == 0 ? 1 : 0));
    op(salted ? 0xf5 : 0xf0, salted ? -3 : -2);
  }

  private void log() {
    int topics = random.nextInt(5);
    for (int i = 0; i < topics; i++) {
      operand();
    }
    small(70);
    small(200);
    op(0xa0 + topics, -2 - topics);
  }

  /** Skips some statements, if the operand is not zero. */
  private void branch() {
    if (depth == DEPTH_MAX) {
      return;
    }
    operand();
    int target = jumpOver(0x57);
    int before = height;
    depth++;
    for (int i = random.nextInt(4); i >= 0; i--) {
      statement();
    }
    depth--;
    level(before);
    land(target);
  }

  /** Runs some statements a few times. */
  private void loop() {
    if (depth == DEPTH_MAX) {
      return;
    }
    push(U256.of(1 + random.nextInt(4)));
    int start = code.size();
    op(0x5b, 0);
    int before = height;
    depth++;
    for (int i = random.nextInt(3); i >= 0; i--) {
      statement();
    }
    depth--;
    level(before);
    push(U256.ONE);
    op(0x90, 0);
    op(0x03, -1);
    op(0x80, 1);
    code.write(0x61);
    code.write(start >> 8);
    code.write(start);
    height++;
    op(0x57, -2);
  }

  private void shuffle() {
    if (height >= 2) {
      int reach = Math.min(16, height - 1);
      op(random.nextBoolean() ? 0x90 + random.nextInt(reach) : 0x50, 0);
      if (lastWas(0x50)) {
        height--;
      }
    }
  }

  private boolean lastWas(int operation) {
    byte[] all = code.toByteArray();
    return (all[all.length - 1] & 0xff) == operation;
  }

  private void rarely() {
    switch (random.nextInt(40)) {
      case 0 -> code.write(random.nextInt(256));
      case 1 -> {
        push(account().toWord());
        op(0xff, -1);
      }
      case 2 -> end(0xfd);
      case 3 -> end(0xf3);
      case 4 -> {
        operand();
        op(0x56, -1);
      }
      case 5 -> { // memory far out
        push(U256.of(1L << 10 + random.nextInt(40)));
        op(0x51, 0);
      }
      default -> op(0x5b, 0);
    }
  }

  private void end(int operation) {
    small(100);
    small(200);
    op(operation, -2);
  }

  /** A jump with a place for its target, which {@link #land} fills in. */
  private int jumpOver(int operation) {
    code.write(0x61);
    int at = code.size();
    code.write(0);
    code.write(0);
    code.write(operation);
    height--;
    return at;
  }

  private void land(int at) {
    int target = code.size();
    op(0x5b, 0);
    byte[] all = code.toByteArray();
    all[at] = (byte) (target >> 8);
    all[at + 1] = (byte) target;
    code.reset();
    code.writeBytes(all);
  }

  private void level(int wanted) {
    while (height > wanted) {
      op(0x50, -1);
    }
    while (height < wanted) {
      push(U256.ZERO);
    }
  }

  private void operand() {
    if (height > 0 && random.nextBoolean()) {
      op(0x80 + random.nextInt(Math.min(16, height)), 1);
    } else if (random.nextInt(3) == 0) {
      byte[] bytes = new byte[1 + random.nextInt(32)];
      random.nextBytes(bytes);
      push(U256.fromBytes(bytes));
    } else {
      push(EDGES.get(random.nextInt(EDGES.size())));
    }
  }

  private void small(int bound) {
    push(U256.of(random.nextInt(bound)));
  }

  private Address account() {
    return accounts.get(random.nextInt(accounts.size()));
  }

  private void push(U256 word) {
    byte[] bytes = word.toMinimalBytes();
    if (bytes.length == 0) {
      bytes = new byte[1];
    }
    code.write(0x5f + bytes.length);
    code.writeBytes(bytes);
    height++;
  }

  private void op(int operation, int change) {
    code.write(operation);
    height += change;
  }

  private int pick(int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
