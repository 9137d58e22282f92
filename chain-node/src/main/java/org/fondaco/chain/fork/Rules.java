package org.fondaco.chain.fork;

import java.util.EnumMap;
import java.util.Map;

/**
 * The numbers and switches of one fork. Each fork is its predecessor with the changes that its
 * method names; gas is in units of gas. The yellow paper's appendix G gives the first values.
 */
public final class Rules {
  private static final Map<Fork, Rules> TABLE = new EnumMap<>(Fork.class);

  // --- transactions ---

  /** What a transaction pays before its first operation. */
  public static final long TRANSACTION = 21_000;

  public static final long ZERO_BYTE = 4;

  /** EIP-2930, an address and a storage key of an access list. */
  public static final long ACCESS_LIST_ADDRESS = 2_400;

  public static final long ACCESS_LIST_KEY = 1_900;

  /** EIP-4844, the gas of one blob. */
  public static final long BLOB = 1 << 17;

  // --- operations that no fork changed ---

  public static final long MEMORY_WORD = 3;
  public static final long COPY_WORD = 3;
  public static final long KECCAK_WORD = 6;
  public static final long LOG_TOPIC = 375;
  public static final long LOG_BYTE = 8;
  public static final long CALL_VALUE = 9_000;
  public static final long CALL_STIPEND = 2_300;
  public static final long NEW_ACCOUNT = 25_000;
  public static final long CODE_BYTE = 200;
  public static final long SSTORE_SET = 20_000;
  public static final long SSTORE_RESET = 5_000;
  public static final int CALL_DEPTH_MAX = 1_024;

  // --- what forks changed ---

  private final Fork fork;

  long createTransaction = 0;
  long nonZeroByte = 68;
  long initCodeWord = 0;
  int initCodeBytesMax = Integer.MAX_VALUE;
  int codeBytesMax = Integer.MAX_VALUE;
  int refundQuotient = 2;
  long exponentByte = 10;
  long balance = 20;
  long externalCode = 20;
  long externalCodeHash = 400;
  long storageLoad = 50;
  long call = 40;
  long selfDestruct = 0;
  long selfDestructRefund = 24_000;
  long clearRefund = 15_000;
  long storageNoop = 0;
  long storageReset = SSTORE_RESET;
  long storageSentry = 0;
  long coldAccount = 0;
  long coldSlot = 0;
  boolean netMetering = false;

  private Rules(Fork fork) {
    this.fork = fork;
  }

  private Rules(Fork fork, Rules before) {
    this.fork = fork;
    createTransaction = before.createTransaction;
    nonZeroByte = before.nonZeroByte;
    initCodeWord = before.initCodeWord;
    initCodeBytesMax = before.initCodeBytesMax;
    codeBytesMax = before.codeBytesMax;
    refundQuotient = before.refundQuotient;
    exponentByte = before.exponentByte;
    balance = before.balance;
    externalCode = before.externalCode;
    externalCodeHash = before.externalCodeHash;
    storageLoad = before.storageLoad;
    call = before.call;
    selfDestruct = before.selfDestruct;
    selfDestructRefund = before.selfDestructRefund;
    clearRefund = before.clearRefund;
    storageNoop = before.storageNoop;
    storageReset = before.storageReset;
    storageSentry = before.storageSentry;
    coldAccount = before.coldAccount;
    coldSlot = before.coldSlot;
    netMetering = before.netMetering;
  }

  static {
    Rules rules = new Rules(Fork.FRONTIER);
    TABLE.put(Fork.FRONTIER, rules);
    for (Fork fork : Fork.values()) {
      if (fork != Fork.FRONTIER) {
        rules = new Rules(fork, rules);
        rules.change();
        TABLE.put(fork, rules);
      }
    }
  }

  public static Rules of(Fork fork) {
    return java.util.Objects.requireNonNull(TABLE.get(fork));
  }

  private void change() {
    switch (fork) {
      case FRONTIER, BYZANTIUM, PARIS, CANCUN -> {}
      case HOMESTEAD -> createTransaction = 32_000; // EIP-2
      case TANGERINE_WHISTLE -> { // EIP-150
        externalCode = 700;
        balance = 400;
        storageLoad = 200;
        call = 700;
        selfDestruct = 5_000;
      }
      case SPURIOUS_DRAGON -> {
        exponentByte = 50; // EIP-160
        codeBytesMax = 24_576; // EIP-170
      }
      case CONSTANTINOPLE -> { // EIP-1283
        netMetering = true;
        storageNoop = 200;
      }
      case PETERSBURG -> { // EIP-1716
        netMetering = false;
        storageNoop = 0;
      }
      case ISTANBUL -> {
        nonZeroByte = 16; // EIP-2028
        balance = 700; // EIP-1884
        externalCodeHash = 700; // EIP-1884
        storageLoad = 800; // EIP-1884
        netMetering = true; // EIP-2200
        storageNoop = 800; // EIP-2200
        storageSentry = 2_300; // EIP-2200
      }
      case BERLIN -> { // EIP-2929
        coldAccount = 2_600;
        coldSlot = 2_100;
        balance = 100;
        externalCode = 100;
        externalCodeHash = 100;
        storageLoad = 100;
        call = 100;
        storageNoop = 100;
        storageReset = SSTORE_RESET - 2_100;
      }
      case LONDON -> { // EIP-3529
        refundQuotient = 5;
        selfDestructRefund = 0;
        clearRefund = 4_800;
      }
      case SHANGHAI -> { // EIP-3860
        initCodeWord = 2;
        initCodeBytesMax = 49_152;
      }
    }
  }

  public Fork fork() {
    return fork;
  }

  public boolean atLeast(Fork other) {
    return fork.atLeast(other);
  }

  /** What a transaction that creates a contract pays besides. */
  public long createTransaction() {
    return createTransaction;
  }

  public long nonZeroByte() {
    return nonZeroByte;
  }

  public long initCodeWord() {
    return initCodeWord;
  }

  public int initCodeBytesMax() {
    return initCodeBytesMax;
  }

  public int codeBytesMax() {
    return codeBytesMax;
  }

  /** At most this part of the gas used is refunded. */
  public int refundQuotient() {
    return refundQuotient;
  }

  public long exponentByte() {
    return exponentByte;
  }

  public long balance() {
    return balance;
  }

  /** EXTCODESIZE and the base of EXTCODECOPY. */
  public long externalCode() {
    return externalCode;
  }

  public long externalCodeHash() {
    return externalCodeHash;
  }

  public long storageLoad() {
    return storageLoad;
  }

  public long call() {
    return call;
  }

  public long selfDestruct() {
    return selfDestruct;
  }

  public long selfDestructRefund() {
    return selfDestructRefund;
  }

  /** The refund for a slot set to zero. */
  public long clearRefund() {
    return clearRefund;
  }

  /** SSTORE of the value that is there, or into a slot that this transaction changed already. */
  public long storageNoop() {
    return storageNoop;
  }

  public long storageReset() {
    return storageReset;
  }

  /** SSTORE fails with this much gas or less. */
  public long storageSentry() {
    return storageSentry;
  }

  /** The whole cost of the first touch of an account; zero before EIP-2929. */
  public long coldAccount() {
    return coldAccount;
  }

  public long coldSlot() {
    return coldSlot;
  }

  /** Whether SSTORE looks at the value from before the transaction. */
  public boolean netMetering() {
    return netMetering;
  }
}
