package org.fondaco.custody.signer;

/** How a digest is signed. */
public enum Scheme {
  /** RFC 6979 where the key is ours, low s, 64 bytes: inputs of the UTXO chains before Taproot. */
  ECDSA,
  /** The same with the parity of the nonce's point: transactions of the EVM chains. */
  ECDSA_RECOVERABLE,
  /** BIP-340 with the key tweaked as BIP-341 says for an output without scripts (BIP-86). */
  SCHNORR_BIP340
}
