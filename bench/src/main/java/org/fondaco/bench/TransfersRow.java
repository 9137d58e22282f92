package org.fondaco.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.fondaco.bench.chain.NpmPeers;
import org.fondaco.bench.chain.StartedNode;
import org.fondaco.bench.chain.Transfers;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.chain.word.Address;

/** Value transfers end to end over HTTP, beside anvil. */
final class TransfersRow implements Row {
  private static final long CHAIN_ID = 31_337;
  private static final long BLOCK_GAS_LIMIT = 30_000_000;

  @Override
  public String name() {
    return "transfers";
  }

  @Override
  public String summary() {
    return "transfers over HTTP: send raw, mined, receipt; 16 accounts; peer: anvil";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    int each = plan.quick() ? 200 : 1_000;
    int warmUps = plan.quick() ? 1 : 3;
    Transfers transfers = new Transfers(CHAIN_ID);
    Path folder = Folders.make(plan, "transfers");
    try (StartedNode ours =
            StartedNode.fondaco(folder, genesis(transfers), Address.of(1).toString());
        StartedNode anvil = StartedNode.anvil(NpmPeers.install(), BLOCK_GAS_LIMIT)) {
      for (Address sender : transfers.senders()) {
        anvil.rpc().call("anvil_setBalance", sender.toString(), Transfers.fortune());
      }
      Alternation result =
          Alternation.of(
              warmUps,
              plan.samples(),
              () -> transfers.run(ours, each),
              () -> transfers.run(anvil, each));
      long sent = (long) (warmUps + plan.samples()) * each * Transfers.SENDERS;
      CheckFailed.equal("wei that arrived on ours", sent, arrived(ours));
      CheckFailed.equal("wei that arrived on anvil", sent, arrived(anvil));
      return result(result, anvil.command());
    }
  }

  private static long arrived(StartedNode node) throws IOException, InterruptedException {
    String balance =
        node.rpc().call("eth_getBalance", Transfers.SINK.toString(), "latest").asString();
    return Long.decode(balance);
  }

  private Result result(Alternation result, String anvil) throws Exception {
    return new Result(
        name(),
        "Transfers a second from the first request to the last receipt: 16 accounts, each on a"
            + " connection of its own, send bursts of 32 raw transactions and ask for their"
            + " receipts.",
        "anvil 1.7.1, which keeps its chain in memory; ours keeps it on disk.",
        result.ours(),
        result.peer(),
        "transfers/s",
        result.ratio(),
        "≥ 1 × the peer",
        result.ratio() >= 1,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags() + " | " + anvil,
        result.samples(),
        List.of("every receipt says success, and every wei arrived"),
        List.of("Both nodes keep what all samples sent; the load runs on the same cores."));
  }

  private static String genesis(Transfers transfers) {
    String alloc =
        transfers.senders().stream()
            .map(each -> "\"" + each + "\":{\"balance\":\"" + Transfers.fortune() + "\"}")
            .collect(Collectors.joining(","));
    return """
    {"config":{"chainId":%d,"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,
    "byzantiumBlock":0,"constantinopleBlock":0,"petersburgBlock":0,"istanbulBlock":0,
    "berlinBlock":0,"londonBlock":0,"evmRules":"cancun","instant":{}},
    "difficulty":"0x1","gasLimit":"0x%x","alloc":{%s}}
    """
        .formatted(CHAIN_ID, BLOCK_GAS_LIMIT, alloc);
  }
}
