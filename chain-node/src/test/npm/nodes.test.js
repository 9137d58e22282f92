// Every suite drives our node and then anvil, so that a test that is wrong about Ethereum fails there too.
import { after, before, describe } from 'node:test';
import { Node } from './nodes.js';
import { badInputSuite } from './bad-inputs.js';
import { castSuite } from './cast.js';
import { ethersSuite } from './ethers.js';
import { forgeSuite } from './forge.js';
import { proofSuite } from './proofs.js';
import { viemSuite } from './viem.js';
import { web3Suite } from './web3.js';

const KINDS = (process.env.KINDS ?? 'fondaco,anvil').split(',');

for (const kind of KINDS) {
  describe(kind, () => {
    let node;

    before(async () => {
      node = await Node.start(kind);
    });

    after(async () => {
      await node?.stop();
    });

    const running = () => node;
    describe('viem', () => viemSuite(running));
    describe('ethers', () => ethersSuite(running));
    describe('web3.js', () => web3Suite(running));
    describe('cast', () => castSuite(running));
    describe('proofs', () => proofSuite(running));
    describe('forge', () => forgeSuite(running));
    describe('bad input', () => badInputSuite(running));
  });
}
