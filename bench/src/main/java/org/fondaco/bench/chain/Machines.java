package org.fondaco.bench.chain;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.speed.Program;
import org.fondaco.chain.state.MemoryState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same programs on three machines: ours in this process, anvil's, and ethereumjs in Node. */
public final class Machines implements AutoCloseable {
  private static final long GAS_LIMIT = 1L << 40;
  private static final String CALLER = Address.of(0xca11).toString();

  private final StartedNode anvil;
  private final Process ethereumJs;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private Machines(StartedNode anvil, Process ethereumJs) {
    this.anvil = anvil;
    this.ethereumJs = ethereumJs;
    questions = ethereumJs.outputWriter(StandardCharsets.UTF_8);
    answers = ethereumJs.inputReader(StandardCharsets.UTF_8);
  }

  public static Machines start() throws IOException, InterruptedException {
    Path npm = NpmPeers.install();
    StartedNode anvil = StartedNode.anvil(npm, GAS_LIMIT);
    Process script =
        new ProcessBuilder("node", "evm.js")
            .directory(npm.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Machines(anvil, script);
  }

  /** Megagas a second on our machine, by the clock. */
  public double ours(Program program, long repetitions) {
    Program.Speed speed = program.run(repetitions);
    return speed.gas() * 1e3 / speed.nanos();
  }

  /** Gas that our machine spends. */
  public long gas(Program program, long repetitions) {
    return program.run(repetitions).gas();
  }

  /** Puts the program's accounts on anvil's chain. */
  public void prepareAnvil(Program program) throws IOException, InterruptedException {
    for (Account account : accounts(program)) {
      anvil.rpc().call("anvil_setCode", account.address(), account.code());
      for (Map.Entry<String, String> slot : account.storage().entrySet()) {
        anvil.rpc().call("anvil_setStorageAt", account.address(), slot.getKey(), slot.getValue());
      }
    }
  }

  /**
   * Megagas a second on anvil's machine, by the clock around one eth_call.
   *
   * @param gas that the program spends
   */
  public double anvil(long repetitions, long gas) throws IOException, InterruptedException {
    long began = System.nanoTime();
    anvil.rpc().call("eth_call", message(repetitions), "latest");
    return gas * 1e3 / (System.nanoTime() - began);
  }

  /** Gas that anvil's machine spends, by its call tracer, without what the transaction costs. */
  public long anvilGas(long repetitions) throws IOException, InterruptedException {
    byte[] input = U256.of(repetitions).toBytes32();
    long intrinsic = 21_000;
    for (byte each : input) {
      intrinsic += each == 0 ? 4 : 16;
    }
    JsonNode trace =
        anvil
            .rpc()
            .call(
                "debug_traceCall", message(repetitions), "latest", Map.of("tracer", "callTracer"));
    return Long.decode(trace.path("gasUsed").asString()) - intrinsic;
  }

  /** What ethereumjs made of a call. */
  public record Answer(long gas, double megagasPerSecond) {}

  public Answer ethereumJs(Program program, long repetitions) throws IOException {
    Map<String, Object> question = new LinkedHashMap<>(message(repetitions));
    question.put("accounts", accounts(program));
    question.put("gas", GAS_LIMIT);
    questions.write(JsonMapper.shared().writeValueAsString(question));
    questions.newLine();
    questions.flush();
    String line = answers.readLine();
    JsonNode answer = JsonMapper.shared().readTree(line == null ? "{}" : line);
    if (!answer.has("gas")) {
      throw new IOException("ethereumjs on " + program.name() + ": " + line);
    }
    long gas = answer.path("gas").asLong();
    return new Answer(gas, gas * 1e3 / answer.path("nanos").asLong());
  }

  private static Map<String, Object> message(long repetitions) {
    return Map.of(
        "from",
        CALLER,
        "to",
        Program.ADDRESS.toString(),
        "data",
        Hex.encode(U256.of(repetitions).toBytes32()),
        "gas",
        "0x" + Long.toHexString(GAS_LIMIT));
  }

  /** An account in JSON-RPC's hexadecimal. */
  private record Account(String address, String code, Map<String, String> storage) {}

  private static List<Account> accounts(Program program) {
    List<Account> accounts = new ArrayList<>();
    MemoryState state = program.before();
    state
        .accounts()
        .forEach((address, account) ->
            accounts.add(
                new Account(
                    address.toString(),
                    Hex.encode(account.code().toBytes()),
                    slots(state.storageOf(address)))));
    return accounts;
  }

  private static Map<String, String> slots(Map<U256, U256> storage) {
    Map<String, String> slots = new LinkedHashMap<>();
    storage.forEach(
        (slot, value) -> slots.put(Hex.encode(slot.toBytes32()), Hex.encode(value.toBytes32())));
    return slots;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    anvil.close();
    questions.close();
    ethereumJs.destroy();
  }
}
