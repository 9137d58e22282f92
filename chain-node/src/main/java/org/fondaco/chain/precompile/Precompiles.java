package org.fondaco.chain.precompile;

import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;

/** Which precompiled contracts a fork has, by their number. */
public final class Precompiles {
  private final @Nullable Precompile[] byNumber;

  private Precompiles(@Nullable Precompile[] byNumber) {
    this.byNumber = byNumber;
  }

  public static Precompiles of(Fork fork) {
    @Nullable Precompile[] all = new Precompile[count(fork) + 1];
    for (int number = 1; number < all.length; number++) {
      all[number] = one(number, fork);
    }
    return new Precompiles(all);
  }

  private static int count(Fork fork) {
    if (fork.atLeast(Fork.CANCUN)) {
      return 10; // EIP-4844
    }
    if (fork.atLeast(Fork.ISTANBUL)) {
      return 9; // EIP-152
    }
    return fork.atLeast(Fork.BYZANTIUM) ? 8 : 4; // EIP-196, 197 and 198
  }

  private static Precompile one(int number, Fork fork) {
    return switch (number) {
      case 1 -> new Recover();
      case 2 -> new Digests.Sha256();
      case 3 -> new Digests.Ripemd160();
      case 4 -> new Digests.Identity();
      case 5 -> new ModularPower(fork.atLeast(Fork.BERLIN));
      case 6 -> new CurveOperations.Add(fork.atLeast(Fork.ISTANBUL) ? 150 : 500); // EIP-1108
      case 7 -> new CurveOperations.Multiply(fork.atLeast(Fork.ISTANBUL) ? 6_000 : 40_000);
      case 8 ->
          fork.atLeast(Fork.ISTANBUL)
              ? new CurveOperations.Pairing(45_000, 34_000)
              : new CurveOperations.Pairing(100_000, 80_000);
      case 9 -> new Blake2F();
      case 10 -> new PointEvaluation();
      default -> throw new IllegalArgumentException("no contract " + number);
    };
  }

  /** The contract at an address, or null. */
  public @Nullable Precompile at(Address address) {
    int number = address.numberUpTo(byNumber.length - 1);
    return number < 0 ? null : byNumber[number];
  }

  /** The addresses of all, which EIP-2929 has warm from the start. */
  public List<Address> addresses() {
    Address[] addresses = new Address[byNumber.length - 1];
    Arrays.setAll(addresses, i -> Address.of(i + 1));
    return List.of(addresses);
  }
}
