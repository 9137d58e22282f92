package org.fondaco.chain.precompile;

import java.util.Arrays;
import org.fondaco.chain.bn128.Bn128;
import org.jspecify.annotations.Nullable;

/** ECADD and ECMUL of EIP-196 and the pairing check of EIP-197; input too short reads as zeros. */
final class CurveOperations {
  private CurveOperations() {}

  record Add(long gas) implements Precompile {
    @Override
    public long gas(byte[] input) {
      return gas;
    }

    @Override
    public byte @Nullable [] run(byte[] input) {
      return Bn128.add(Arrays.copyOf(input, 128));
    }
  }

  record Multiply(long gas) implements Precompile {
    @Override
    public long gas(byte[] input) {
      return gas;
    }

    @Override
    public byte @Nullable [] run(byte[] input) {
      return Bn128.multiply(Arrays.copyOf(input, 96));
    }
  }

  record Pairing(long base, long each) implements Precompile {
    @Override
    public long gas(byte[] input) {
      return base + each * (input.length / Bn128.PAIR_BYTES);
    }

    @Override
    public byte @Nullable [] run(byte[] input) {
      if (input.length % Bn128.PAIR_BYTES != 0) {
        return null;
      }
      Boolean one = Bn128.pairingIsOne(input);
      if (one == null) {
        return null;
      }
      byte[] output = new byte[32];
      output[31] = (byte) (one ? 1 : 0);
      return output;
    }
  }
}
