package org.fondaco.custody;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.deposit.Deposits;
import org.fondaco.custody.issue.AddressIssue;
import org.fondaco.custody.payout.Payouts;
import org.fondaco.custody.scan.InvisibleValue;
import org.fondaco.custody.scan.Rescan;
import org.fondaco.custody.scan.ScanParties;
import org.fondaco.custody.scan.ScanStatus;
import org.fondaco.custody.scan.Scanner;
import org.fondaco.custody.sweep.AccountSweeper;
import org.fondaco.custody.sweep.OutputSweeper;

/**
 * What custody does on one chain, by one thread: read it, pay on it, collect on it.
 *
 * @param gate closed after a restore until all is read
 * @param rest what is done when there is nothing to pay
 */
record CustodyChain(
    Scanner scanner, Rescan rescan, Payouts payouts, RestoreGate gate, List<BooleanSupplier> rest) {
  private static final int ACCOUNTS_A_BLOCK = 50;

  static CustodyChain of(
      ChainPlan plan, Payouts.Environment e, Deposits deposits, AddressIssue addresses) {
    Asset coin = plan.settings().coin().asset();
    return switch (plan.node()) {
      case ChainPlan.Node.Outputs node -> {
        Payouts payouts =
            Payouts.ofOutputs(coin.chain(), node.rpc(), node.rules(), plan.payouts(), e);
        ScanParties parties = new ScanParties(payouts, deposits, List.of(payouts));
        yield new CustodyChain(
            new Scanner(plan.settings(), node.rpc(), parties, e.transactions(), e.clock()),
            new Rescan(plan.settings(), node.rpc(), parties, e.transactions(), e.clock()),
            payouts,
            new RestoreGate(node.rpc()::isSyncing, e.transactions(), e.clock()),
            List.of(
                new OutputSweeper(
                        coin,
                        node.rpc(),
                        plan.sweeps(),
                        e.transactions(),
                        addresses,
                        payouts,
                        e.clock())
                    ::step));
      }
      case ChainPlan.Node.Accounts node -> {
        Payouts payouts = Payouts.ofAccounts(coin.chain(), node.rpc(), plan.payouts(), e);
        ScanParties parties = new ScanParties(payouts, deposits, List.of(payouts));
        Map<Integer, Asset> assets = new TreeMap<>();
        plan.settings().assets().forEach(a -> assets.put(a.asset().id(), a.asset()));
        yield new CustodyChain(
            new Scanner(plan.settings(), node.rpc(), parties, e.transactions(), e.clock()),
            new Rescan(plan.settings(), node.rpc(), parties, e.transactions(), e.clock()),
            payouts,
            new RestoreGate(node.rpc()::isSyncing, e.transactions(), e.clock()),
            List.of(
                new AccountSweeper(
                        coin,
                        assets,
                        plan.sweepMinimum(),
                        node.rpc(),
                        plan.sweeps(),
                        e.transactions(),
                        addresses,
                        payouts,
                        e.clock())
                    ::step,
                new InvisibleValue(
                        plan.settings(),
                        node.rpc(),
                        deposits,
                        e.transactions(),
                        e.clock(),
                        ACCOUNTS_A_BLOCK)
                    ::step));
      }
    };
  }

  ScanStatus status() {
    return scanner.status();
  }

  /** Reads first: nothing is signed while the chain goes on without us, or the node is away. */
  boolean step() {
    if (scanner.step()) {
      return true;
    }
    ScanStatus status = scanner.status();
    if (status.state() != ScanStatus.State.FOLLOWING) {
      return false;
    }
    if (!gate.opens(status)) {
      return rescan.step();
    }
    return payouts.step() || rescan.step() || rest.stream().anyMatch(BooleanSupplier::getAsBoolean);
  }
}
