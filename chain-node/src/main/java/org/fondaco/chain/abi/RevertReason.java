package org.fondaco.chain.abi;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.word.Hex;
import org.jspecify.annotations.Nullable;

/** What Solidity says when it reverts: {@code Error(string)} and {@code Panic(uint256)}. */
public final class RevertReason {
  private static final byte[] ERROR = Hex.decode("08c379a0");
  private static final byte[] PANIC = Hex.decode("4e487b71");

  /** Solidity's documentation, "Panic via assert and Error via require", in geth's words. */
  private static final Map<Integer, String> PANICS =
      Map.of(
          0x00, "generic panic",
          0x01, "assert(false)",
          0x11, "arithmetic underflow or overflow",
          0x12, "division or modulo by zero",
          0x21, "enum overflow",
          0x22, "invalid encoded storage byte array accessed",
          0x31, "out-of-bounds array access; popping on an empty array",
          0x32, "out-of-bounds access of an array or bytesN",
          0x41, "out of memory",
          0x51, "uninitialized function");

  private RevertReason() {}

  /** The reason within a revert's data; null where it is neither of the two, as custom errors. */
  public static @Nullable String of(byte[] output) {
    if (output.length < ERROR.length) {
      return null;
    }
    byte[] arguments = Arrays.copyOfRange(output, ERROR.length, output.length);
    try {
      if (Arrays.equals(output, 0, ERROR.length, ERROR, 0, ERROR.length)) {
        return (String) AbiDecoder.decode(List.of("string"), arguments).getFirst();
      }
      if (Arrays.equals(output, 0, PANIC.length, PANIC, 0, PANIC.length)) {
        return panic((BigInteger) AbiDecoder.decode(List.of("uint256"), arguments).getFirst());
      }
    } catch (IllegalArgumentException e) { // only looks like one
      return null;
    }
    return null;
  }

  private static String panic(BigInteger code) {
    String known = code.bitLength() < 31 ? PANICS.get(code.intValue()) : null;
    return known == null ? "unknown panic code: 0x" + code.toString(16) : known;
  }
}
