package org.fondaco.chain.evm;

import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;

/** Calls and creations: charges the caller and leaves the message to {@link Evm}. */
final class CallGroup {
  private final Rules rules;
  private final WorldState state;

  CallGroup(Rules rules, WorldState state) {
    this.rules = rules;
    this.state = state;
  }

  Interpreter.Exit call(int operation, Frame f) {
    boolean carriesValue = operation == 0xf1 || operation == 0xf2;
    int top = f.sp;
    Address target = f.address(top - 8);
    U256 value = carriesValue ? f.word(top - 12) : U256.ZERO;
    int ranges = carriesValue ? top - 12 : top - 8;
    if (operation == 0xf1 && f.readOnly && !value.isZero()) {
      throw Halt.READ_ONLY;
    }
    int inputOffset = f.touch(ranges - 4, ranges - 8);
    int inputLength = (int) f.number(ranges - 8);
    f.outputOffset = f.touch(ranges - 12, ranges - 16);
    f.outputLength = (int) f.number(ranges - 16);
    chargeTarget(operation, f, target, value);
    long gas = share(f, f.number(top - 4));
    f.charge(gas);
    if (!value.isZero()) {
      gas += Rules.CALL_STIPEND;
    }
    f.sp = ranges - 16;
    byte[] input = f.memory(inputOffset, inputLength);
    f.calling =
        switch (operation) {
          case 0xf1 ->
              new Message(Message.Kind.CALL, f.self, target, target, value, input, gas, f.readOnly);
          case 0xf2 ->
              new Message(
                  Message.Kind.CALLCODE, f.self, f.self, target, value, input, gas, f.readOnly);
          case 0xf4 ->
              new Message(
                  Message.Kind.DELEGATECALL,
                  f.caller,
                  f.self,
                  target,
                  f.value,
                  input,
                  gas,
                  f.readOnly);
          default ->
              new Message(
                  Message.Kind.STATICCALL, f.self, target, target, U256.ZERO, input, gas, true);
        };
    return Interpreter.Exit.CALL;
  }

  private void chargeTarget(int operation, Frame f, Address target, U256 value) {
    if (rules.atLeast(Fork.BERLIN) && state.warm(target)) {
      f.charge(rules.coldAccount() - rules.call());
    }
    if (!value.isZero()) {
      f.charge(Rules.CALL_VALUE);
    }
    if (operation == 0xf1) {
      boolean makesAccount =
          rules.atLeast(Fork.SPURIOUS_DRAGON) // EIP-161
              ? !value.isZero() && state.isEmpty(target)
              : !state.exists(target);
      if (makesAccount) {
        f.charge(Rules.NEW_ACCOUNT);
      }
    }
  }

  /** EIP-150: at most all but one 64th; before, asking for more than there is failed. */
  private long share(Frame f, long asked) {
    return rules.atLeast(Fork.TANGERINE_WHISTLE) ? Math.min(asked, f.gas - f.gas / 64) : asked;
  }

  Interpreter.Exit create(Frame f, boolean salted) {
    if (f.readOnly) {
      throw Halt.READ_ONLY;
    }
    int top = f.sp;
    U256 value = f.word(top - 4);
    if (rules.atLeast(Fork.SHANGHAI) && f.number(top - 12) > rules.initCodeBytesMax()) { // EIP-3860
      throw Halt.INIT_CODE_SIZE;
    }
    int offset = f.touch(top - 8, top - 12);
    int length = (int) f.number(top - 12);
    f.chargeWords(length, rules.initCodeWord() + (salted ? Rules.KECCAK_WORD : 0));
    byte[] program = f.memory(offset, length);
    Address contract =
        salted
            ? saltedAddress(f.self, f.word(top - 16), program)
            : address(f.self, state.nonce(f.self));
    f.sp = top - (salted ? 16 : 12);
    f.outputOffset = 0;
    f.outputLength = 0;
    long gas = share(f, f.gas);
    f.charge(gas);
    f.calling =
        new Message(
            salted ? Message.Kind.CREATE2 : Message.Kind.CREATE,
            f.self,
            contract,
            contract,
            value,
            program,
            gas,
            false);
    return Interpreter.Exit.CALL;
  }

  /** Section 7 of the yellow paper: the last 20 bytes of the Keccak of creator and nonce. */
  static Address address(Address creator, long nonce) {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    writer.address(creator).word(U256.ofLimbs(nonce, 0, 0, 0)).endList(start);
    return Address.fromBytes(Keccak.hash256(writer.toBytes()), 12);
  }

  /** EIP-1014. */
  private static Address saltedAddress(Address creator, U256 salt, byte[] program) {
    byte[] preimage = new byte[85];
    preimage[0] = (byte) 0xff;
    creator.copyTo(preimage, 1);
    salt.copyTo(preimage, 21);
    Keccak.hash256(program, 0, program.length, preimage, 53);
    return Address.fromBytes(Keccak.hash256(preimage), 12);
  }
}
