package org.fondaco.custody.payout.utxo;

/**
 * An output of ours that is spent.
 *
 * @param txid as printed
 * @param key as {@code KeyRef} writes it
 */
public record OwnInput(String txid, int vout, long atoms, byte[] script, String key) {
  public OwnInput {
    script = script.clone();
  }

  @Override
  public byte[] script() {
    return script.clone();
  }

  /** {@code txid:vout}. */
  public String outpoint() {
    return txid + ":" + vout;
  }

  public InputKind kind() {
    return InputKind.of(script);
  }
}
