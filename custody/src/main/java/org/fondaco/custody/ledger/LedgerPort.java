package org.fondaco.custody.ledger;

/** The engine's ledger, for the one source that may move custody accounts. */
public interface LedgerPort {

  /**
   * Sends a numbered command and waits for its answer. The same number and id again gives the
   * stored answer.
   *
   * @param n one more than the last one
   * @param cmdId 32 bytes, hash of the command's business key
   * @throws LedgerUnavailable when the engine was busy, stopping, or its answer is unknown: send
   *     the same again
   * @throws LedgerConflict when n is known under another id, or lies beyond the next: custody stops
   */
  Answer send(long n, byte[] cmdId, LedgerCommand command);

  /** The last number that the engine has applied, and the id that it came with. */
  Position position();

  /**
   * Where the engine stands with this source.
   *
   * @param lastN 0 = nothing yet
   * @param digest first 16 bytes of the id of the command lastN, empty when there is none
   */
  record Position(long lastN, byte[] digest) {}
}
