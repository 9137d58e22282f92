package org.fondaco.chain.utxo.script;

/** A rule of verification, with Bitcoin Core's name, then those of Bitcoin Cash. */
public enum ScriptFlag {
  /** BIP-16. */
  P2SH,
  /** Signatures, hash types and public keys in their defined forms. */
  STRICTENC,
  /** BIP-66. */
  DERSIG,
  /** BIP-62, rule 5. */
  LOW_S,
  /** BIP-147: what OP_CHECKMULTISIG takes too many is empty. */
  NULLDUMMY,
  /** BIP-62, rule 2. */
  SIGPUSHONLY,
  /** BIP-62, rules 3 and 4. */
  MINIMALDATA,
  DISCOURAGE_UPGRADABLE_NOPS,
  /** BIP-62, rule 6. */
  CLEANSTACK,
  /** BIP-65. */
  CHECKLOCKTIMEVERIFY,
  /** BIP-112. */
  CHECKSEQUENCEVERIFY,
  /** BIP-141. */
  WITNESS,
  DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM,
  /** The argument of OP_IF is empty or 1. */
  MINIMALIF,
  /** BIP-146: a signature that fails is empty. */
  NULLFAIL,
  /** Witness scripts of version 0 have compressed keys only. */
  WITNESS_PUBKEYTYPE,
  /** No OP_CODESEPARATOR or signature in a script that is not a witness. */
  CONST_SCRIPTCODE,
  /** BIP-341 and BIP-342. */
  TAPROOT,
  DISCOURAGE_UPGRADABLE_TAPROOT_VERSION,
  DISCOURAGE_OP_SUCCESS,
  DISCOURAGE_UPGRADABLE_PUBKEYTYPE,

  /** Bitcoin Cash, 2017: BIP-143's hash, marked by a bit of the hash type. */
  SIGHASH_FORKID,
  /** Bitcoin Cash: compressed keys only. */
  COMPRESSED_PUBKEYTYPE,
  /** Bitcoin Cash, 2018: OP_CHECKDATASIG, which no rules since then are without. */
  CHECKDATASIG,
  /** Bitcoin Cash, May 2019: signatures of 64 bytes are Schnorr's. */
  SCHNORR,
  /** Bitcoin Cash, May 2019: coins sent to witness programs by mistake may be spent. */
  ALLOWSEGWITRECOVERY,
  /** Bitcoin Cash, November 2019: the dummy of OP_CHECKMULTISIG tells which keys sign. */
  SCHNORR_MULTISIG,
  /** Bitcoin Cash, May 2020. */
  REVERSEBYTES,
  /** Bitcoin Cash, May 2020: signature checks by the length of the input; for the pool only. */
  INPUT_SIGCHECKS,
  /** Bitcoin Cash, May 2022: numbers of 64 bits and OP_MUL. */
  INTEGERS_64_BIT,
  /** Bitcoin Cash, May 2022. */
  NATIVE_INTROSPECTION,
  /** Bitcoin Cash, May 2023: CashTokens. */
  TOKENS,
  /** Bitcoin Cash, May 2025: limits by density instead of a count of operations. */
  VM_LIMITS,
  /** Bitcoin Cash, May 2025: the standard, tighter limit of hashing. */
  VM_LIMITS_STANDARD,
  /** Bitcoin Cash, May 2025: integers as long as a stack item. */
  BIG_INTEGERS;

  long bit() {
    return 1L << ordinal();
  }
}
