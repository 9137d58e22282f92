package org.fondaco.chain.evm;

import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/**
 * What a program asks about its call, its transaction, its block and other accounts: 0x30 to 0x4a.
 */
final class EnvironmentGroup {
  private final Rules rules;
  private final WorldState state;
  private final BlockContext block;
  private final TransactionContext transaction;

  EnvironmentGroup(
      Rules rules, WorldState state, BlockContext block, TransactionContext transaction) {
    this.rules = rules;
    this.state = state;
    this.block = block;
    this.transaction = transaction;
  }

  void run(int operation, Frame f) {
    switch (operation) {
      case 0x30 -> f.push(f.self.toWord());
      case 0x31 -> replace(f, state.balance(warm(f)));
      case 0x32 -> f.push(transaction.origin().toWord());
      case 0x33 -> f.push(f.caller.toWord());
      case 0x34 -> f.push(f.value);
      case 0x35 -> replace(f, inputWord(f));
      case 0x36 -> f.push(f.input.length);
      case 0x37 -> copy(f, f.input, f.input.length);
      case 0x38 -> f.push(f.code.length());
      case 0x39 -> copy(f, f.code.padded(), f.code.length());
      case 0x3a -> f.push(transaction.gasPrice());
      case 0x3b -> replace(f, U256.of(state.code(warm(f)).length()));
      case 0x3c -> {
        Code code = state.code(warm(f));
        f.sp -= 4;
        copy(f, code.padded(), code.length());
      }
      case 0x3d -> f.push(f.returned.length);
      case 0x3e -> copyReturned(f);
      case 0x3f -> {
        Address address = warm(f);
        replace(f, state.isEmpty(address) ? U256.ZERO : state.codeHash(address).toWord());
      }
      case 0x40 -> replace(f, ancestor(f).toWord());
      case 0x41 -> f.push(block.coinbase().toWord());
      case 0x42 -> f.push(block.time());
      case 0x43 -> f.push(block.number());
      case 0x44 -> f.push(block.difficulty());
      case 0x45 -> f.push(block.gasLimit());
      case 0x46 -> f.push(block.chainId());
      case 0x47 -> f.push(state.balance(f.self));
      case 0x48 -> f.push(block.baseFee());
      case 0x49 -> replace(f, blobHash(f));
      case 0x4a -> f.push(block.blobBaseFee());
      default -> throw new IllegalStateException("no such operation: " + operation);
    }
  }

  /** The address on the top, which costs more the first time: EIP-2929. */
  private Address warm(Frame f) {
    Address address = f.address(f.sp - 4);
    if (rules.atLeast(Fork.BERLIN) && state.warm(address)) {
      f.charge(rules.coldAccount() - rules.call());
    }
    return address;
  }

  private static void replace(Frame f, U256 word) {
    word.copyTo(f.stack, f.sp - 4);
  }

  private static U256 inputWord(Frame f) {
    long offset = f.number(f.sp - 4);
    if (offset >= f.input.length) {
      return U256.ZERO;
    }
    if (offset + 32 <= f.input.length) {
      return U256.fromBytes32(f.input, (int) offset);
    }
    byte[] word = new byte[32];
    System.arraycopy(f.input, (int) offset, word, 0, f.input.length - (int) offset);
    return U256.fromBytes32(word, 0);
  }

  private static void copy(Frame f, byte[] source, int sourceLength) {
    int offset = f.touch(f.sp - 4, f.sp - 12);
    int length = (int) f.number(f.sp - 12);
    f.chargeWords(length, Rules.COPY_WORD);
    f.copyToMemory(source, sourceLength, f.number(f.sp - 8), offset, length);
    f.sp -= 12;
  }

  /** EIP-211: unlike the other copies, it may not read past the end. */
  private static void copyReturned(Frame f) {
    long from = f.number(f.sp - 8);
    long length = f.number(f.sp - 12);
    if (from > f.returned.length || length > f.returned.length - from) {
      throw Halt.RETURN_DATA;
    }
    copy(f, f.returned, f.returned.length);
  }

  private Hash ancestor(Frame f) {
    long number = f.number(f.sp - 4);
    return number >= block.number() || number < block.number() - 256
        ? Hash.ZERO
        : block.ancestors().apply(number);
  }

  private U256 blobHash(Frame f) {
    long index = f.number(f.sp - 4);
    return index < transaction.blobHashes().size()
        ? transaction.blobHashes().get((int) index).toWord()
        : U256.ZERO;
  }
}
