// node compile.js OUTPUT: compiles the contracts beside this file, one JSON file a contract with name, abi and
// bytecode. Nothing in it depends on the machine or the day: no metadata hash, no absolute path, one compiler.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2];
const solc = createRequire(import.meta.url)('solc');

const names = readdirSync(here)
  .filter((name) => name.endsWith('.sol'))
  .sort();
const input = {
  language: 'Solidity',
  sources: Object.fromEntries(names.map((name) => [name, { content: readFileSync(join(here, name), 'utf8') }])),
  settings: {
    evmVersion: 'cancun',
    optimizer: { enabled: true, runs: 200 },
    metadata: { bytecodeHash: 'none', appendCBOR: false },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
  },
};

// Libraries come from node_modules and from nowhere else.
const find = (path) => ({ contents: readFileSync(join(here, 'node_modules', path), 'utf8') });
const compiled = JSON.parse(solc.compile(JSON.stringify(input), { import: find }));
for (const { formattedMessage } of compiled.errors ?? []) {
  console.error(formattedMessage);
}
// A warning stops the build too, as it does in Java.
if (compiled.errors?.length > 0) {
  process.exit(1);
}

mkdirSync(output, { recursive: true });
for (const source of names) {
  for (const [name, { abi, evm }] of Object.entries(compiled.contracts[source])) {
    const contract = {
      name,
      compiler: solc.version(),
      abi,
      bytecode: '0x' + evm.bytecode.object,
      deployedBytecode: '0x' + evm.deployedBytecode.object,
    };
    const file = join(output, name + '.json');
    // Whole or not at all: the build takes a file's age as a sign that it is done.
    writeFileSync(file + '.part', JSON.stringify(contract) + '\n');
    renameSync(file + '.part', file);
  }
}
