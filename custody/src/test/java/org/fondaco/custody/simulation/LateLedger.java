package org.fondaco.custody.simulation;

import java.util.Random;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.LedgerPort;
import org.fondaco.custody.ledger.LedgerUnavailable;
import org.fondaco.custody.ledger.ModelLedger;

/** A ledger that is busy now and then, or whose answer is lost after it has applied the command. */
final class LateLedger implements LedgerPort {
  private final ModelLedger ledger;
  private final Deaths deaths;
  private Random random = new Random(0);
  private int oneIn;

  LateLedger(ModelLedger ledger, Deaths deaths) {
    this.ledger = ledger;
    this.deaths = deaths;
  }

  /** From now on one command of so many gets no answer; 0 = none. */
  void late(int commands, Random how) {
    oneIn = commands;
    random = how;
  }

  private boolean now() {
    return oneIn > 0 && random.nextInt(oneIn) == 0;
  }

  @Override
  public Answer send(long n, byte[] cmdId, LedgerCommand command) {
    if (now()) {
      throw new LedgerUnavailable("busy");
    }
    deaths.worthyPoint();
    Answer answer = ledger.send(n, cmdId, command);
    deaths.worthyPoint();
    if (now()) {
      throw new LedgerUnavailable("the answer is lost");
    }
    return answer;
  }

  @Override
  public Position position() {
    return ledger.position();
  }
}
