package org.fondaco.chain.rpc.eth;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.evm.Tracer;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;

/**
 * The logs of a call, and if wanted a log for each movement of ether among them: as if ether were a
 * token at {@code 0xeeee…}, whose transfers ERC-20 would log. What fails leaves none.
 */
final class TransferTracer implements Tracer {
  private static final Address ETHER = Address.parse("0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");

  /** The Keccak of {@code Transfer(address,address,uint256)}. */
  private static final U256 TRANSFER =
      U256.parse("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");

  private final boolean transfers;
  private final Deque<List<Log>> frames = new ArrayDeque<>();

  TransferTracer(boolean transfers) {
    this.transfers = transfers;
    frames.push(new ArrayList<>());
  }

  /** In the order in which they came. */
  List<Log> logs() {
    return List.copyOf(frames.getLast());
  }

  @Override
  public boolean wantsSteps() {
    return false;
  }

  @Override
  public void enter(Message message, int depth) {
    frames.push(new ArrayList<>());
    boolean moves =
        message.kind() != Message.Kind.DELEGATECALL
            && message.kind() != Message.Kind.CALLCODE
            && !message.value().isZero();
    if (moves) {
      transfer(message.caller(), message.self(), message.value());
    }
  }

  @Override
  public void exit(Result result, int depth) {
    List<Log> ended = frames.pop();
    if (result.success()) {
      frames.element().addAll(ended);
    }
  }

  @Override
  public void log(Log log, int depth) {
    frames.element().add(log);
  }

  @Override
  public void selfDestruct(Address contract, Address heir, U256 balance, int depth) {
    if (!balance.isZero()) {
      transfer(contract, heir, balance);
    }
  }

  private void transfer(Address from, Address to, U256 wei) {
    if (transfers) {
      List<U256> topics = List.of(TRANSFER, from.toWord(), to.toWord());
      frames.element().add(new Log(ETHER, topics, wei.toBytes32()));
    }
  }
}
