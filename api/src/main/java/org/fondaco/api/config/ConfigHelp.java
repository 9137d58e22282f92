package org.fondaco.api.config;

/** Prints the settings: what {@code ./fondaco help config} runs, without starting anything. */
public final class ConfigHelp {
  private ConfigHelp() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    System.out.print(Settings.describe());
  }
}
