package org.fondaco.custody.payout.utxo;

/** An output that is made. */
public record Paid(byte[] script, long atoms) {
  public Paid {
    script = script.clone();
  }

  @Override
  public byte[] script() {
    return script.clone();
  }
}
