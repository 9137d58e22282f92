package org.fondaco.chain.utxo.script;

/** What the machine does at an opcode; {@link ScriptException} ends the script. */
@FunctionalInterface
interface Operation {
  void run(Machine machine);
}
