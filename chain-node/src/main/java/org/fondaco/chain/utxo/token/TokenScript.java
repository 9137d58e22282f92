package org.fondaco.chain.utxo.token;

import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.utxo.wire.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * The script of an output of Bitcoin Cash taken apart.
 *
 * @param token null where there is none
 * @param script without the token
 * @param malformed whether the script begins like a token and is none; such an output can be
 *     neither made nor spent
 */
public record TokenScript(@Nullable Token token, byte[] script, boolean malformed) {
  /** Takes apart what stands on the wire. */
  public static TokenScript of(byte[] script) {
    if (script.length == 0 || (script[0] & 0xff) != Token.PREFIX) {
      return new TokenScript(null, script, false);
    }
    WireReader reader = new WireReader(script);
    reader.uint8();
    try {
      Token token = Token.read(reader);
      return new TokenScript(token, reader.bytes(reader.remaining()), false);
    } catch (WireException e) {
      return new TokenScript(null, script, true);
    }
  }
}
