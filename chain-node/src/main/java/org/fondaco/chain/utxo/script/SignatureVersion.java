package org.fondaco.chain.utxo.script;

/** Which rules of signing and running a script follows. */
enum SignatureVersion {
  /** Bare scripts and BIP-16. */
  BASE,
  /** BIP-141, version 0. */
  WITNESS_V0,
  /** BIP-342. */
  TAPSCRIPT
}
