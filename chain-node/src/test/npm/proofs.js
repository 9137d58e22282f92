// What a node says, verified by what a client can compute: proofs against the state root, and a block's hash, bloom
// and roots from its own fields.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createMPT, verifyMerkleProof } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import {
  createPublicClient,
  createWalletClient,
  encodeAbiParameters,
  hexToBigInt,
  hexToBytes,
  http,
  keccak256,
  numberToHex,
  pad,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { Transaction } from 'ethers';
import { PROBE } from './contracts.js';
import { ADDRESSES, KEYS } from './nodes.js';

const BLOOM_BYTES = 256;
const EMPTY_ROOT = keccak256('0x80');
const TYPES = { '0x0': null, '0x1': 1, '0x2': 2 };

const bytes = (hex) => hexToBytes(hex);
/** A number as RLP writes it: without leading zeros. */
const quantity = (hex) => (BigInt(hex) === 0n ? new Uint8Array() : bytes(numberToHex(BigInt(hex))));
const hashed = (hex) => bytes(keccak256(hex));

async function proven(root, key, proof) {
  if (root === EMPTY_ROOT) {
    assert.deepEqual(proof, []);
    return null;
  }
  assert.equal(keccak256(proof[0]), root, 'the proof begins at the root');
  return verifyMerkleProof(hashed(key), proof.map(bytes));
}

/** EIP-1186: the account's leaf, or null where the proof shows that there is none. */
async function verifyAccount(stateRoot, answer) {
  const leaf = await proven(stateRoot, answer.address, answer.accountProof);
  if (leaf === null) {
    return null;
  }
  const fields = [quantity(answer.nonce), quantity(answer.balance), bytes(answer.storageHash), bytes(answer.codeHash)];
  assert.deepEqual(leaf, RLP.encode(fields));
  for (const { key, value, proof } of answer.storageProof) {
    const slot = pad(numberToHex(hexToBigInt(key)), { size: 32 });
    const stored = await proven(answer.storageHash, slot, proof);
    assert.deepEqual(stored ?? new Uint8Array(), BigInt(value) === 0n ? new Uint8Array() : RLP.encode(quantity(value)));
  }
  return answer;
}

async function rootOf(values) {
  const trie = await createMPT();
  for (const [index, value] of values.entries()) {
    await trie.put(RLP.encode(index), value);
  }
  return trie.root();
}

function bloomOf(logs) {
  const bloom = new Uint8Array(BLOOM_BYTES);
  for (const { address, topics } of logs) {
    for (const each of [address, ...topics]) {
      const hash = hashed(each);
      for (const at of [0, 2, 4]) {
        const bit = ((hash[at] << 8) | hash[at + 1]) & 0x7ff;
        bloom[BLOOM_BYTES - 1 - (bit >> 3)] |= 1 << (bit & 7);
      }
    }
  }
  return bloom;
}

function receiptBytes(receipt) {
  const logs = receipt.logs.map(({ address, topics, data }) => [bytes(address), topics.map(bytes), bytes(data)]);
  const fields = [quantity(receipt.status), quantity(receipt.cumulativeGasUsed), bytes(receipt.logsBloom), logs];
  const type = TYPES[receipt.type];
  return type === null ? RLP.encode(fields) : Uint8Array.of(type, ...RLP.encode(fields));
}

/** The header's fields in the order of the yellow paper and of the forks after it; a fork's absent fields are left out. */
function headerHash(block) {
  const present = (value, encode) => (value === undefined ? [] : [encode(value)]);
  return keccak256(
    RLP.encode([
      ...[block.parentHash, block.sha3Uncles, block.miner, block.stateRoot].map(bytes),
      ...[block.transactionsRoot, block.receiptsRoot, block.logsBloom].map(bytes),
      ...[block.difficulty, block.number, block.gasLimit, block.gasUsed, block.timestamp].map(quantity),
      ...[block.extraData, block.mixHash, block.nonce].map(bytes),
      ...present(block.baseFeePerGas, quantity),
      ...present(block.withdrawalsRoot, bytes),
      ...present(block.blobGasUsed, quantity),
      ...present(block.excessBlobGas, quantity),
      ...present(block.parentBeaconBlockRoot, bytes),
      ...present(block.requestsHash, bytes),
    ]),
  );
}

export function proofSuite(running) {
  const account = privateKeyToAccount(KEYS[6]);
  let client;
  let wallet;
  let probe;
  let last;

  before(async () => {
    const transport = http(running().url, { retryCount: 0 });
    client = createPublicClient({ transport, pollingInterval: 50 });
    wallet = createWalletClient({ account, transport });
    const receipt = await mined(
      await wallet.deployContract({ abi: PROBE.abi, bytecode: PROBE.bytecode, chain: null, type: 'eip1559' }),
    );
    probe = receipt.contractAddress;
    last = await send('fill', [40n]);
  });

  const mined = (hash) => client.waitForTransactionReceipt({ hash });
  const send = async (functionName, args) =>
    mined(await wallet.writeContract({ address: probe, abi: PROBE.abi, functionName, args, chain: null }));
  const rpc = (...call) => running().rpc(...call);
  const slotOf = (key) => keccak256(encodeAbiParameters([{ type: 'uint256' }, { type: 'uint256' }], [key, 1n]));

  test('a proof shows an account and its storage', async () => {
    const tag = numberToHex(last.blockNumber);
    const { stateRoot } = await rpc('eth_getBlockByNumber', tag, false);
    const keys = [...[0n, 1n, 39n].map(slotOf), slotOf(40n), pad('0x0', { size: 32 })];
    const answer = await rpc('eth_getProof', probe, keys, tag);
    assert.ok(await verifyAccount(stateRoot, answer));
    assert.deepEqual(
      answer.storageProof.map(({ value }) => BigInt(value)),
      [1n, 2n, 40n, 0n, 0n],
    );
    const plain = await rpc('eth_getProof', ADDRESSES[9], [], tag);
    assert.ok(await verifyAccount(stateRoot, plain));
    assert.equal(BigInt(plain.balance), BigInt(await rpc('eth_getBalance', ADDRESSES[9], tag)));
  });

  test('a proof shows that an account is not there', async () => {
    const tag = numberToHex(last.blockNumber);
    const { stateRoot } = await rpc('eth_getBlockByNumber', tag, false);
    const answer = await rpc('eth_getProof', '0x00000000000000000000000000000000deadbeef', [slotOf(1n)], tag);
    assert.equal(await verifyAccount(stateRoot, answer), null);
    assert.equal(BigInt(answer.balance), 0n);
    assert.equal(answer.storageProof[0].value, '0x0');
  });

  test('a proof of an older block verifies against its root', async () => {
    // anvil answers with the state of its head.
    if (running().kind === 'anvil') {
      return;
    }
    const old = numberToHex(last.blockNumber - 1n);
    const { stateRoot } = await rpc('eth_getBlockByNumber', old, false);
    const answer = await rpc('eth_getProof', probe, [slotOf(0n)], old);
    assert.ok(await verifyAccount(stateRoot, answer));
    assert.equal(answer.storageProof[0].value, '0x0');
  });

  test('every block hashes to what it says, and its roots are those of its contents', async () => {
    const head = Number(await rpc('eth_blockNumber'));
    let parent = (await rpc('eth_getBlockByNumber', '0x0', false)).hash;
    for (let number = 1; number <= head; number++) {
      const block = await rpc('eth_getBlockByNumber', numberToHex(number), true);
      assert.equal(block.parentHash, parent, `parent of ${number}`);
      assert.equal(headerHash(block), block.hash, `hash of ${number}`);
      parent = block.hash;
      const raw = block.transactions.map((each) => Transaction.from(signed(each)).serialized);
      assert.deepEqual(
        raw.map((each) => keccak256(each)),
        block.transactions.map(({ hash }) => hash),
      );
      assert.deepEqual(await rootOf(raw.map(bytes)), bytes(block.transactionsRoot), `transactions of ${number}`);
      const receipts = await rpc('eth_getBlockReceipts', block.hash);
      assert.deepEqual(await rootOf(receipts.map(receiptBytes)), bytes(block.receiptsRoot), `receipts of ${number}`);
      assert.deepEqual(bloomOf(receipts.flatMap(({ logs }) => logs)), bytes(block.logsBloom), `bloom of ${number}`);
      receipts.forEach((each) => assert.deepEqual(bloomOf(each.logs), bytes(each.logsBloom)));
      assert.equal(BigInt(block.gasUsed), BigInt(receipts.at(-1)?.cumulativeGasUsed ?? 0));
    }
  });
}

/** A transaction of JSON-RPC as ethers wants to serialize it. */
function signed(transaction) {
  const { type, chainId, nonce, to, input, value, gas, accessList, r, s, v } = transaction;
  const fees =
    type === '0x2'
      ? { maxFeePerGas: transaction.maxFeePerGas, maxPriorityFeePerGas: transaction.maxPriorityFeePerGas }
      : { gasPrice: transaction.gasPrice };
  const signature = { r: pad(r, { size: 32 }), s: pad(s, { size: 32 }), v: Number(v) };
  const fields = { type: Number(type), chainId, nonce: Number(nonce), to, data: input, value, gasLimit: gas, ...fees };
  return { ...fields, ...(type === '0x0' ? {} : { accessList }), signature };
}
