package org.fondaco.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.fondaco.engine.core.EventSink;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;

/** A state machine driven through the wire form of commands and events. */
public final class MachineSubject implements Subject {

  private final StateMachine machine;
  private final CommandCodec commandCodec = new CommandCodec();
  private final ExpandableArrayBuffer command = new ExpandableArrayBuffer(8192);
  private final Collector collector = new Collector();

  public MachineSubject(StateMachine machine) {
    this.machine = machine;
  }

  @Override
  public List<EngineEvent> apply(Step step) {
    collector.events = new ArrayList<>();
    int length = commandCodec.encode(step.header(), step.command(), command, 0);
    machine.apply(machine.sequence() + 1, command, 0, length, collector);
    return collector.events;
  }

  /** The machine's state as events. */
  List<EngineEvent> describe() {
    collector.events = new ArrayList<>();
    machine.describe(collector);
    return collector.events;
  }

  StateMachine machine() {
    return machine;
  }

  /** Decodes each event as soon as it is committed. */
  private static final class Collector implements EventSink {
    private final EventCodec codec = new EventCodec();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private List<EngineEvent> events = new ArrayList<>();

    @Override
    public int claim(int length) {
      buffer.checkLimit(length);
      return 0;
    }

    @Override
    public MutableDirectBuffer buffer() {
      return buffer;
    }

    @Override
    public void commit() {
      events.add(codec.decode(buffer, 0));
    }
  }
}
