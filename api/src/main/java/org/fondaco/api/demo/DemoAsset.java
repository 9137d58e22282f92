package org.fondaco.api.demo;

import org.fondaco.engine.protocol.Command;

/** The demo's assets, scale 8. Append only: they are part of the numbered commands. */
enum DemoAsset {
  BTC(10),
  ETH(200),
  LTC(2_000),
  BCH(500),
  USDT(1_000_000);

  static final int SCALE = 8;
  private static final long UNITS_PER_WHOLE = 100_000_000;

  private final long fundsWhole;

  DemoAsset(long fundsWhole) {
    this.fundsWhole = fundsWhole;
  }

  int id() {
    return ordinal() + 1;
  }

  /** What an ordinary trader gets, in units. */
  long funds() {
    return fundsWhole * UNITS_PER_WHOLE;
  }

  Command.AddAsset command() {
    return new Command.AddAsset(id(), name(), SCALE);
  }
}
