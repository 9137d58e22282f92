package org.fondaco.engine.core;

import org.fondaco.engine.sbe.TransferBatchDecoder;

/** A leg as asked, then what it found: enough to undo it and to say it. */
final class Leg {

  int kind;
  long from;
  long to;
  int asset;
  long amount;
  long holdId;
  long deadline;
  long token;

  int fromSlot;
  int toSlot;
  int assetSlot;

  /** The hold that the leg opened or closed, 0 = none. */
  long heldId;

  int heldAccount;
  int heldAsset;
  long heldAmount;
  long heldDeadline;
  long heldToken;

  void read(TransferBatchDecoder.LegsDecoder decoder) {
    kind = decoder.kind();
    from = decoder.from();
    to = decoder.to();
    asset = decoder.asset();
    amount = decoder.amount();
    holdId = decoder.holdId();
    deadline = decoder.deadline();
    token = decoder.token();
  }

  /** Opens the hold that the leg asks for; asset is a slot, -1 for a token. */
  void open(Holds holds, int onAsset, long onAmount, long onToken) {
    heldId = holds.nextId++;
    holds.open(heldId, fromSlot, onAsset, onAmount, deadline, onToken);
  }

  /** Closes a hold and remembers it. */
  void close(Holds holds, int hold) {
    heldId = holds.id(hold);
    heldAccount = holds.account(hold);
    heldAsset = holds.asset(hold);
    heldAmount = holds.amount(hold);
    heldDeadline = holds.deadline(hold);
    heldToken = holds.token(hold);
    holds.close(hold);
  }

  /** Puts back the hold that the leg closed. */
  void reopen(Holds holds) {
    holds.open(heldId, heldAccount, heldAsset, heldAmount, heldDeadline, heldToken);
  }
}
