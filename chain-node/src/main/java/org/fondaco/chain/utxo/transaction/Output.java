package org.fondaco.chain.utxo.transaction;

import java.util.Arrays;

/**
 * Pays a script.
 *
 * @param value in satoshi (or litoshi); a decoded one may be anything that 64 bits hold
 * @param script as on the wire, so on Bitcoin Cash with the token before it; never changed
 */
public record Output(long value, byte[] script) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Output output
        && value == output.value
        && Arrays.equals(script, output.script);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(value) + Arrays.hashCode(script);
  }
}
