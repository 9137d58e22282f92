package org.fondaco.chain.evm;

import java.util.Arrays;
import java.util.Objects;
import org.fondaco.chain.word.U256;

/** A frame before an operation, as a tracer sees it. */
record Look(Frame frame, int operation) implements Tracer.Step {
  @Override
  public int position() {
    return frame.pc - 1;
  }

  @Override
  public long gas() {
    return frame.gas;
  }

  @Override
  public int depth() {
    return frame.depth;
  }

  @Override
  public Message message() {
    return Objects.requireNonNull(frame.message);
  }

  @Override
  public int stackSize() {
    return frame.sp / 4;
  }

  @Override
  public U256 stack(int fromTop) {
    return frame.word(frame.sp - 4 - 4 * Objects.checkIndex(fromTop, stackSize()));
  }

  @Override
  public int memorySize() {
    return frame.memoryBytes;
  }

  @Override
  public byte[] memory() {
    return Arrays.copyOf(frame.memory, frame.memoryBytes);
  }

  @Override
  public byte[] returnData() {
    return frame.returned.clone();
  }
}
