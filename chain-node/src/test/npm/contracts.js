// Contracts to try: those of the node, as its build left them, and the tests' own, compiled by npm's solc.
import { readFileSync } from 'node:fs';
import solc from 'solc';

const BUILT = new URL('../../../target/classes/org/fondaco/chain/contract/', import.meta.url);

function built(name) {
  return JSON.parse(readFileSync(new URL(`${name}.json`, BUILT), 'utf8'));
}

export const DOLLAR = built('Dollar');
export const TETHER = built('Tether');
export const COLLECTIBLE = built('Collectible');
export const EDITIONS = built('Editions');

function compiled(name) {
  const file = `${name}.sol`;
  const input = {
    language: 'Solidity',
    sources: { [file]: { content: readFileSync(new URL(file, import.meta.url), 'utf8') } },
    settings: {
      evmVersion: 'cancun',
      optimizer: { enabled: true },
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
    },
  };
  const { contracts, errors } = JSON.parse(solc.compile(JSON.stringify(input)));
  if (errors) {
    throw new Error(errors.map((error) => error.formattedMessage).join('\n'));
  }
  const { abi, evm } = contracts[file][name];
  return { name, abi, bytecode: `0x${evm.bytecode.object}` };
}

export const PROBE = compiled('Probe');
