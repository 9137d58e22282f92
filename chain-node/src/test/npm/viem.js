// viem: typed calls, all types of transactions, decoded errors, filters, WebSocket subscriptions, typed data.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  createPublicClient,
  createWalletClient,
  defineChain,
  encodeFunctionData,
  getContractAddress,
  hexToBigInt,
  http,
  keccak256,
  parseEther,
  parseGwei,
  publicActions,
  toHex,
  webSocket,
} from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { COLLECTIBLE, DOLLAR, EDITIONS, PROBE, TETHER } from './contracts.js';
import { CHAIN_ID, KEYS } from './nodes.js';

const MILLION = 1_000_000_000_000n;

export function viemSuite(running) {
  let chain;
  let client;
  let alice;
  let bob;
  const contracts = {};

  before(() => {
    const url = running().url;
    const ether = { name: 'Ether', symbol: 'ETH', decimals: 18 };
    chain = defineChain({ id: CHAIN_ID, name: 'test', nativeCurrency: ether, rpcUrls: { default: { http: [url] } } });
    const transport = http(url, { batch: true, retryCount: 0 });
    client = createPublicClient({ chain, transport, pollingInterval: 50 });
    const wallet = (key) =>
      createWalletClient({ account: privateKeyToAccount(key), chain, transport, pollingInterval: 50 }).extend(
        publicActions,
      );
    alice = wallet(KEYS[0]);
    bob = wallet(KEYS[1]);
  });

  const mined = (hash) => client.waitForTransactionReceipt({ hash });

  async function deploy(contract, args) {
    const hash = await alice.deployContract({ abi: contract.abi, bytecode: contract.bytecode, args });
    const receipt = await mined(hash);
    assert.equal(receipt.status, 'success');
    const { nonce, to } = await client.getTransaction({ hash });
    assert.equal(to, null);
    const address = getContractAddress({ from: alice.account.address, nonce: BigInt(nonce) });
    assert.equal(receipt.contractAddress, address.toLowerCase());
    return { address, abi: contract.abi };
  }

  const send = async (wallet, contract, functionName, args, extra) =>
    mined(await wallet.writeContract({ ...contract, functionName, args, ...extra }));
  const read = (contract, functionName, args) => client.readContract({ ...contract, functionName, args });

  test('knows the chain', async () => {
    assert.equal(await client.getChainId(), CHAIN_ID);
    const block = await client.getBlock();
    assert.equal(block.number, await client.getBlockNumber({ cacheTime: 0 }));
    assert.ok(block.baseFeePerGas > 0n);
    assert.equal(block.hash.length, 66);
    assert.deepEqual((await client.getBlock({ blockHash: block.hash })).hash, block.hash);
    await assert.rejects(client.getBlock({ blockNumber: 1_000_000n }), { name: 'BlockNotFoundError' });
  });

  const types = {
    legacy: { gasPrice: parseGwei('10') },
    eip2930: {
      gasPrice: parseGwei('10'),
      accessList: [{ address: '0x0000000000000000000000000000000000000004', storageKeys: [toHex(7, { size: 32 })] }],
    },
    eip1559: { maxFeePerGas: parseGwei('20'), maxPriorityFeePerGas: parseGwei('2') },
  };
  for (const [type, fees] of Object.entries(types)) {
    test(`a transfer of type ${type} costs what its receipt says`, async () => {
      const to = privateKeyToAccount(generatePrivateKey()).address;
      const address = alice.account.address;
      const held = await client.getBalance({ address });
      const hash = await alice.sendTransaction({ type, to, value: parseEther('1.5'), ...fees });
      const receipt = await mined(hash);
      assert.equal(receipt.status, 'success');
      assert.equal(receipt.type, type);
      const cost = receipt.gasUsed * receipt.effectiveGasPrice;
      assert.equal(await client.getBalance({ address }), held - parseEther('1.5') - cost);
      assert.equal(await client.getBalance({ address: to }), parseEther('1.5'));
      assert.equal(receipt.gasUsed, type === 'eip2930' ? 21_000n + 2_400n + 1_900n : 21_000n);

      const transaction = await client.getTransaction({ hash });
      assert.equal(transaction.type, type);
      assert.equal(transaction.blockNumber, receipt.blockNumber);
      assert.equal(transaction.value, parseEther('1.5'));
      const block = await client.getBlock({ blockHash: receipt.blockHash, includeTransactions: true });
      assert.deepEqual(block.transactions[receipt.transactionIndex].hash, hash);
      if (type === 'eip1559') {
        assert.equal(receipt.effectiveGasPrice, block.baseFeePerGas + parseGwei('2'));
      } else {
        assert.equal(receipt.effectiveGasPrice, parseGwei('10'));
      }
    });
  }

  test('signs a transaction whose hash is known before it is sent', async () => {
    const request = await bob.prepareTransactionRequest({ to: alice.account.address, value: 1n });
    const raw = await bob.signTransaction(request);
    assert.equal(await client.sendRawTransaction({ serializedTransaction: raw }), keccak256(raw));
    assert.equal((await mined(keccak256(raw))).status, 'success');
  });

  test('deploys the contracts', async () => {
    const owner = alice.account.address;
    contracts.dollar = await deploy(DOLLAR, ['Dollar', 'USD', owner, MILLION]);
    contracts.tether = await deploy(TETHER, ['Tether', 'USDT', owner, MILLION]);
    contracts.pieces = await deploy(COLLECTIBLE, ['Pieces', 'PCS', owner, 500n]);
    contracts.works = await deploy(EDITIONS, ['Works', 'WRK', owner, 500n]);
    contracts.probe = await deploy(PROBE, []);
    assert.equal(await read(contracts.dollar, 'decimals'), 6);
    assert.equal(await read(contracts.tether, 'decimals'), 6);
    const code = await client.getCode({ address: contracts.tether.address });
    assert.equal(code, TETHER.deployedBytecode);
  });

  test('moves tokens and finds the logs', async () => {
    const { dollar, tether } = contracts;
    const first = await send(alice, dollar, 'transfer', [bob.account.address, 5_000_000n]);
    const second = await send(alice, tether, 'transfer', [bob.account.address, 7_000_000n]);
    assert.equal(await read(dollar, 'balanceOf', [bob.account.address]), 5_000_000n);
    assert.equal(await read(tether, 'balanceOf', [bob.account.address]), 7_000_000n);
    const logs = await client.getContractEvents({
      address: [dollar.address, tether.address],
      abi: DOLLAR.abi,
      eventName: 'Transfer',
      args: { to: [bob.account.address] },
      fromBlock: first.blockNumber,
      toBlock: second.blockNumber,
    });
    assert.deepEqual(
      logs.map((log) => [log.address, log.args.value, log.logIndex, log.transactionHash, log.removed]),
      [
        [dollar.address.toLowerCase(), 5_000_000n, 0, first.transactionHash, false],
        [tether.address.toLowerCase(), 7_000_000n, 0, second.transactionHash, false],
      ],
    );
    const byHash = await client.getLogs({ blockHash: second.blockHash });
    assert.deepEqual(byHash.length, 1);
  });

  test('mints pieces and editions with royalties', async () => {
    const { pieces, works } = contracts;
    const [a, b] = [alice.account.address, bob.account.address];
    const { result: id } = await alice.simulateContract({
      ...pieces,
      functionName: 'mint',
      args: [b, 'ipfs://1', b, 250n],
    });
    await send(alice, pieces, 'mint', [b, 'ipfs://1', b, 250n]);
    assert.equal(await read(pieces, 'ownerOf', [id]), b);
    assert.equal(await read(pieces, 'tokenURI', [id]), 'ipfs://1');
    assert.deepEqual(await read(pieces, 'royaltyInfo', [id, 10_000n]), [b, 250n]);
    await send(bob, pieces, 'safeTransferFrom', [b, a, id]);
    assert.equal(await read(pieces, 'ownerOf', [id]), a);

    await send(alice, works, 'open', [7n, 100n, 'ipfs://7', b, 1_000n]);
    await send(alice, works, 'mint', [b, 7n, 60n, '0x']);
    await send(alice, works, 'mintBatch', [a, [7n, 7n], [30n, 10n], '0x']);
    assert.deepEqual(
      await read(works, 'balanceOfBatch', [
        [a, b],
        [7n, 7n],
      ]),
      [40n, 60n],
    );
    assert.deepEqual(await read(works, 'royaltyInfo', [7n, 10_000n]), [b, 1_000n]);
    await assert.rejects(send(alice, works, 'mint', [b, 7n, 1n, '0x']), (error) => {
      const cause = error.walk((each) => each.name === 'ContractFunctionRevertedError');
      assert.deepEqual([cause.data.errorName, cause.data.args], ['EditionExhausted', [7n, 100n]]);
      return true;
    });
  });

  test('explains every way to fail', async () => {
    const { probe, dollar } = contracts;
    const failed = async (contract, functionName, args = []) => {
      try {
        await client.simulateContract({ ...contract, functionName, args, account: bob.account });
      } catch (error) {
        const reverted = error.walk((each) => each.name === 'ContractFunctionRevertedError');
        return reverted?.data
          ? [reverted.data.errorName, ...(reverted.data.args ?? [])]
          : [reverted?.reason ?? 'no data'];
      }
      return 'succeeded';
    };
    assert.deepEqual(await failed(probe, 'reason'), ['Error', 'because']);
    assert.deepEqual(await failed(probe, 'custom'), ['Refused', bob.account.address, 7n]);
    assert.deepEqual(await failed(probe, 'divide', [0n]), ['Panic', 18n]);
    assert.deepEqual(await failed(dollar, 'transfer', [alice.account.address, MILLION]), [
      'ERC20InsufficientBalance',
      bob.account.address,
      5_000_000n,
      MILLION,
    ]);
    assert.deepEqual(await failed(dollar, 'mint', [bob.account.address, 1n]), [
      'OwnableUnauthorizedAccount',
      bob.account.address,
    ]);
    assert.notEqual(await failed(probe, 'silent'), 'succeeded');
  });

  test('a transaction that reverts is mined, paid for and has no logs', async () => {
    const request = { ...contracts.probe, functionName: 'custom', args: [], gas: 100_000n };
    const receipt = await mined(await bob.writeContract(request));
    assert.equal(receipt.status, 'reverted');
    assert.deepEqual(receipt.logs, []);
    assert.ok(receipt.gasUsed > 21_000n && receipt.gasUsed < 100_000n);
  });

  test('estimates gas that suffices, and refunds what is cleared', async () => {
    const { probe } = contracts;
    for (const [functionName, args] of [
      ['fill', [20n]],
      ['clear', [20n]],
      ['nested', [9n]],
    ]) {
      const gas = await alice.estimateContractGas({ ...probe, functionName, args });
      const receipt = await send(alice, probe, functionName, args, { gas });
      assert.equal(receipt.status, 'success', functionName);
      assert.ok(receipt.gasUsed <= gas && gas < (receipt.gasUsed * 14n) / 10n, `${functionName}: ${gas}`);
    }
  });

  test('an access list names what a call touches', async () => {
    const { probe } = contracts;
    await send(alice, probe, 'fill', [3n]);
    const data = encodeFunctionData({ ...probe, functionName: 'fill', args: [3n] });
    const { accessList } = await client.createAccessList({ account: alice.account, to: probe.address, data });
    assert.equal(accessList.length, 1);
    assert.equal(accessList[0].address.toLowerCase(), probe.address.toLowerCase());
    assert.equal(accessList[0].storageKeys.length, 3);
    const receipt = await mined(await alice.sendTransaction({ to: probe.address, data, accessList }));
    assert.equal(receipt.status, 'success');
  });

  test('fee history covers the last blocks', async () => {
    const history = await client.getFeeHistory({ blockCount: 4, rewardPercentiles: [25, 75] });
    assert.equal(history.baseFeePerGas.length, 5);
    assert.equal(history.gasUsedRatio.length, 4);
    assert.deepEqual(
      history.reward.map((row) => row.length),
      [2, 2, 2, 2],
    );
    const number = await client.getBlockNumber({ cacheTime: 0 });
    assert.equal(history.oldestBlock, number - 3n);
    const { maxFeePerGas, maxPriorityFeePerGas } = await client.estimateFeesPerGas();
    assert.ok(maxFeePerGas > maxPriorityFeePerGas);
  });

  test('a filter gives each log once', async () => {
    const { probe } = contracts;
    const fromBlock = await client.getBlockNumber({ cacheTime: 0 });
    const wanted = { ...probe, eventName: 'Noted', args: { number: [41n, 42n] }, fromBlock };
    const filter = await client.createContractEventFilter(wanted);
    for (const number of [40n, 41n, 42n, 43n]) {
      await send(alice, probe, 'note', [number, `n${number}`]);
    }
    const changes = await client.getFilterChanges({ filter });
    assert.deepEqual(
      changes.map((log) => [log.args.number, log.args.text]),
      [
        [41n, 'n41'],
        [42n, 'n42'],
      ],
    );
    assert.deepEqual(await client.getFilterChanges({ filter }), []);
    assert.equal((await client.getFilterLogs({ filter })).length, 2);
    assert.equal(await client.uninstallFilter({ filter }), true);
    assert.equal(await client.uninstallFilter({ filter }), false);
    await assert.rejects(client.getFilterChanges({ filter }));

    const blocks = await client.createBlockFilter();
    const { blockHash } = await send(alice, probe, 'note', [1n, 'block']);
    assert.deepEqual(await client.getFilterChanges({ filter: blocks }), [blockHash]);
  });

  test('an override of state changes a call and nothing else', async () => {
    const { probe } = contracts;
    const before = await read(probe, 'number');
    const overridden = await client.readContract({
      ...probe,
      functionName: 'number',
      stateOverride: [
        { address: probe.address, stateDiff: [{ slot: toHex(0, { size: 32 }), value: toHex(99, { size: 32 }) }] },
      ],
    });
    assert.equal(overridden, 99n);
    const poor = privateKeyToAccount(generatePrivateKey());
    const { data } = await client.call({
      account: poor,
      to: probe.address,
      data: encodeFunctionData({ ...probe, functionName: 'context' }),
      stateOverride: [
        { address: poor.address, balance: parseEther('5') },
        { address: probe.address, balance: 77n },
      ],
    });
    assert.equal(hexToBigInt(`0x${data.slice(-64)}`), 77n);
    assert.equal(await read(probe, 'number'), before);
  });

  test('state of a block stays readable', async () => {
    const { probe } = contracts;
    const first = await send(alice, probe, 'note', [100n, 'old']);
    await send(alice, probe, 'note', [200n, 'new']);
    const at = (blockNumber) => client.readContract({ ...probe, functionName: 'number', blockNumber });
    assert.equal(await at(first.blockNumber), 100n);
    assert.equal(await at(undefined), 200n);
    const stored = { address: probe.address, slot: toHex(0), blockNumber: first.blockNumber };
    assert.equal(hexToBigInt(await client.getStorageAt(stored)), 100n);
  });

  test('a permit signed as typed data is accepted on chain', async () => {
    const { dollar } = contracts;
    const [a, b] = [alice.account.address, bob.account.address];
    const domain = { name: 'Dollar', version: '1', chainId: CHAIN_ID, verifyingContract: dollar.address };
    const types = {
      Permit: [
        { name: 'owner', type: 'address' },
        { name: 'spender', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
    };
    const message = { owner: a, spender: b, value: 3n, nonce: 0n, deadline: 2n ** 255n };
    const typed = { domain, types, primaryType: 'Permit', message };
    const signature = await alice.signTypedData(typed);
    assert.equal(await client.verifyTypedData({ address: a, ...typed, signature }), true);
    assert.equal(await client.verifyTypedData({ address: b, ...typed, signature }), false);
    const [r, s, v] = [signature.slice(0, 66), `0x${signature.slice(66, 130)}`, Number(`0x${signature.slice(130)}`)];
    await send(bob, dollar, 'permit', [a, b, 3n, message.deadline, v, r, s]);
    await send(bob, dollar, 'transferFrom', [a, b, 2n]);
    assert.equal(await read(dollar, 'allowance', [a, b]), 1n);
    const signed = await alice.signMessage({ message: 'hello' });
    assert.equal(await client.verifyMessage({ address: a, message: 'hello', signature: signed }), true);
  });

  test('the WebSocket brings heads, logs and pending transactions', async () => {
    const transport = webSocket(running().socketUrl, { retryCount: 0, reconnect: false });
    const socket = createPublicClient({ chain, transport });
    const seen = { blocks: [], logs: [], pending: [] };
    const onError = (error) => seen.blocks.push(error);
    const stop = [
      socket.watchBlocks({ onBlock: (block) => seen.blocks.push(block), onError }),
      socket.watchContractEvent({
        ...contracts.probe,
        eventName: 'Noted',
        args: { number: 77n },
        onLogs: (logs) => seen.logs.push(...logs),
        onError,
      }),
      socket.watchPendingTransactions({ onTransactions: (hashes) => seen.pending.push(...hashes), onError }),
    ];
    try {
      // A request on the same connection is answered after the subscriptions before it.
      assert.equal(await socket.getChainId(), CHAIN_ID);
      await until(
        () => send(alice, contracts.probe, 'note', [76n, 'no']),
        () => seen.pending.length > 0,
      );
      const { transactionHash, blockHash } = await send(alice, contracts.probe, 'note', [77n, 'yes']);
      await until(
        () => {},
        () => seen.logs.length > 0 && seen.blocks.some((block) => block.hash === blockHash),
      );
      assert.deepEqual(
        seen.logs.map((log) => [log.args.text, log.transactionHash]),
        [['yes', transactionHash]],
      );
      await until(
        () => {},
        () => seen.pending.includes(transactionHash),
      );
    } finally {
      stop.forEach((each) => each());
      (await transport({ chain }).value.getRpcClient()).close();
    }
  });
}

/** Acts until something was seen that comes on another connection. */
async function until(act, seen) {
  const deadline = Date.now() + 15_000;
  while (!seen()) {
    if (Date.now() > deadline) {
      throw new Error('never seen');
    }
    await act();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
