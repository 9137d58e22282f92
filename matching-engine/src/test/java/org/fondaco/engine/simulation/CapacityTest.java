package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.protocol.TransferLeg;
import org.junit.jupiter.api.Test;

/** A full table answers CAPACITY, changes nothing, and has room again when something ends. */
class CapacityTest {

  private static final int ORDERS = 16;
  private static final EngineSizing TINY =
      new EngineSizing(16, 16, ORDERS, 16, 1, 2, 1, 2, 2, 1, 16, 1);

  private final MachineSubject engine = new MachineSubject(new Engine(TINY));
  private int source;
  private long number;

  private RejectReason apply(Command command) {
    CommandHeader header = new CommandHeader(1_000_000, 0, 0, number, source);
    List<EngineEvent> events = engine.apply(new Step(header, command));
    return events.getLast() instanceof EngineEvent.CommandDone done
        ? done.reason()
        : RejectReason.PERMISSION_DENIED;
  }

  private static OrderSpec limit(Side side, long price) {
    return new OrderSpec(
        side,
        OrderType.LIMIT,
        TimeInForce.GTC,
        SelfTradePreventionMode.NONE,
        0,
        100,
        0,
        price,
        0,
        0,
        Long.MIN_VALUE,
        0,
        "");
  }

  private RejectReason place(Side side, long price) {
    return apply(new Command.PlaceOrder(1_000, 1, false, limit(side, price)));
  }

  private RejectReason reserve() {
    return apply(
        new Command.TransferBatch(
            List.of(new TransferLeg(LegKind.RESERVE, 1_000, 0, 1, 1, 0, 0, 0))));
  }

  private RejectReason token(long token) {
    return apply(
        new Command.TransferBatch(
            List.of(new TransferLeg(LegKind.MOVE_TOKEN, 0, 1_000, 0, 0, 0, 0, token))));
  }

  private static Command symbol(int id) {
    Filters filters =
        new Filters(
            0,
            10_000_000,
            100,
            0,
            1_000_000,
            100,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            2_000,
            1,
            2_000,
            0,
            0,
            0,
            0,
            false,
            false,
            31);
    return new Command.AddSymbol(
        id, "S" + id, 1, 2, 100, 100, SelfTradePreventionMode.NONE, filters);
  }

  private void open() {
    assertThat(apply(new Command.AddAsset(1, "BASE", 4))).isEqualTo(RejectReason.NONE);
    assertThat(apply(new Command.AddAsset(2, "QUOTE", 4))).isEqualTo(RejectReason.NONE);
    assertThat(apply(symbol(1))).isEqualTo(RejectReason.NONE);
    assertThat(apply(new Command.SetStatus(1, SymbolStatus.TRADING))).isEqualTo(RejectReason.NONE);
    assertThat(apply(new Command.SetAccount(1_000, true, 0, -1, 0))).isEqualTo(RejectReason.NONE);
    for (int asset = 1; asset <= 2; asset++) {
      TransferLeg leg = new TransferLeg(LegKind.TRANSFER, 5, 1_000, asset, 1L << 50, 0, 0, 0);
      assertThat(apply(new Command.TransferBatch(List.of(leg)))).isEqualTo(RejectReason.NONE);
    }
  }

  @Test
  void configurationIsBounded() {
    open();
    assertThat(apply(new Command.AddAsset(3, "THIRD", 4))).isEqualTo(RejectReason.CAPACITY);
    assertThat(apply(symbol(2))).isEqualTo(RejectReason.CAPACITY);
    for (long account = 1_001; account < 1_011; account++) {
      assertThat(apply(new Command.SetAccount(account, true, 0, -1, 0)))
          .isEqualTo(RejectReason.NONE);
    }
    assertThat(apply(new Command.SetAccount(1_011, true, 0, -1, 0)))
        .isEqualTo(RejectReason.CAPACITY);
    assertThat(apply(new Command.SetAccount(1_010, false, 0, -1, 0))).isEqualTo(RejectReason.NONE);
  }

  @Test
  void ordersAreBounded() {
    open();
    for (int i = 0; i < ORDERS; i++) {
      assertThat(place(Side.BUY, 1_000 + i * 100)).isEqualTo(RejectReason.NONE);
    }
    assertThat(place(Side.SELL, 1_000)).isEqualTo(RejectReason.CAPACITY);
    assertThat(apply(new Command.CancelAll(1_000, 1))).isEqualTo(RejectReason.NONE);
    assertThat(place(Side.BUY, 1_000)).isEqualTo(RejectReason.NONE);
    assertThat(list("a")).isEqualTo(RejectReason.NONE);
    assertThat(list("b")).isEqualTo(RejectReason.CAPACITY);
    assertThat(engine.machine().stateHash()).hasSize(2);
  }

  private RejectReason list(String id) {
    return apply(
        new Command.PlaceOrderList(
            1_000, 1, ListType.OTO, id, List.of(limit(Side.BUY, 2_000), limit(Side.SELL, 3_000))));
  }

  @Test
  void holdsTokensAndSourcesAreBounded() {
    open();
    assertThat(reserve()).isEqualTo(RejectReason.NONE);
    assertThat(reserve()).isEqualTo(RejectReason.NONE);
    assertThat(reserve()).isEqualTo(RejectReason.CAPACITY);
    assertThat(token(1)).isEqualTo(RejectReason.NONE);
    assertThat(token(2)).isEqualTo(RejectReason.NONE);
    assertThat(token(3)).isEqualTo(RejectReason.CAPACITY);
    source = 7;
    number = 1;
    assertThat(apply(new Command.Tick())).isEqualTo(RejectReason.NONE);
    source = 8;
    assertThat(apply(new Command.Tick())).isEqualTo(RejectReason.CAPACITY);
    assertThat(engine.machine().stateHash()).hasSize(2);
  }

  @Test
  void aSnapshotOfAFullEngineIsReadByALargerOne() throws IOException {
    open();
    for (int i = 0; i < ORDERS; i++) {
      assertThat(place(Side.BUY, 1_000 + i * 100)).isEqualTo(RejectReason.NONE);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    engine.machine().writeSnapshot(new DataOutputStream(bytes));
    Engine larger = new Engine(EngineSizing.standard());
    larger.readSnapshot(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(larger.stateHash()).isEqualTo(engine.machine().stateHash());
  }
}
