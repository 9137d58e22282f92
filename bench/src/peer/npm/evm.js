// @ethereumjs/evm as a contender: a line of JSON in, one call; a line of JSON out, what it took.
import { createInterface } from 'node:readline';
import { Common, Hardfork, Mainnet } from '@ethereumjs/common';
import { createEVM } from '@ethereumjs/evm';
import { SimpleStateManager } from '@ethereumjs/statemanager';
import { Account, createAddressFromString, hexToBytes } from '@ethereumjs/util';

const common = new Common({ chain: Mainnet, hardfork: Hardfork.Cancun });

async function run({ accounts, from, to, data, gas }) {
  const stateManager = new SimpleStateManager({ common });
  for (const { address, code, storage } of accounts) {
    const at = createAddressFromString(address);
    await stateManager.putAccount(at, new Account(1n, 0n));
    await stateManager.putCode(at, hexToBytes(code));
    for (const [slot, value] of Object.entries(storage)) {
      await stateManager.putStorage(at, hexToBytes(slot), hexToBytes(value));
    }
  }
  const evm = await createEVM({ common, stateManager });
  const began = process.hrtime.bigint();
  const { execResult } = await evm.runCall({
    caller: createAddressFromString(from),
    to: createAddressFromString(to),
    data: hexToBytes(data),
    gasLimit: BigInt(gas),
  });
  const nanos = process.hrtime.bigint() - began;
  if (execResult.exceptionError) {
    return { error: execResult.exceptionError.error };
  }
  return { gas: Number(execResult.executionGasUsed), nanos: Number(nanos) };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`);
}
