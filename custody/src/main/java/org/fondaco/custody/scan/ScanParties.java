package org.fondaco.custody.scan;

import java.util.List;

/**
 * Who hears of blocks.
 *
 * @param own knows custody's transactions
 * @param findings takes what came in
 * @param followers hear of every block, before the findings' last word on it
 */
public record ScanParties(OwnTransactions own, Findings findings, List<BlockFollower> followers) {
  public ScanParties {
    followers = List.copyOf(followers);
  }
}
