#!/usr/bin/env node
// solc as Forge calls it, made of npm's solc, because the compilers that Forge would fetch are out of reach.
const solc = require('solc');

const version = solc.version().replace('.Emscripten.clang', '.Linux.g++');
if (process.argv.includes('--version')) {
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${version}`);
} else if (process.argv.includes('--standard-json')) {
  const chunks = [];
  process.stdin.on('data', (chunk) => chunks.push(chunk));
  process.stdin.on('end', () => process.stdout.write(solc.compile(Buffer.concat(chunks).toString('utf8'))));
} else {
  console.error(`solc: unknown options ${process.argv.slice(2).join(' ')}`);
  process.exit(1);
}
