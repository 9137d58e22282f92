package org.fondaco.bench.custody;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.LedgerConflict;
import org.fondaco.custody.ledger.LedgerPort;

/** A ledger that applies everything at once and knows its answers again. */
final class MemoryLedger implements LedgerPort {
  private final Map<Long, Answer> answers = new HashMap<>();
  private byte[] digest = new byte[0];
  private long lastN;
  private long holds;

  /** Has applied so many commands already. */
  void startAt(long n) {
    lastN = n;
  }

  @Override
  public Answer send(long n, byte[] cmdId, LedgerCommand command) {
    if (n > lastN + 1) {
      throw new LedgerConflict("number " + n + " after " + lastN);
    }
    if (n <= lastN) {
      return Objects.requireNonNull(answers.get(n));
    }
    lastN = n;
    digest = Arrays.copyOf(cmdId, 16);
    long hold = command instanceof LedgerCommand.Reserve ? ++holds : 0;
    Answer answer = new Answer(true, "", hold, n);
    answers.put(n, answer);
    return answer;
  }

  @Override
  public Position position() {
    return new Position(lastN, digest);
  }
}
