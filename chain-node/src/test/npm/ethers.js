// ethers: batching provider, contract factory, decoded errors, events over HTTP polling and WebSocket, proofs of state.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  Contract,
  ContractFactory,
  JsonRpcProvider,
  NonceManager,
  Transaction,
  TypedDataEncoder,
  Wallet,
  WebSocketProvider,
  getCreateAddress,
  parseEther,
  parseUnits,
  verifyTypedData,
} from 'ethers';
import { COLLECTIBLE, DOLLAR, PROBE, TETHER } from './contracts.js';
import { CHAIN_ID, KEYS, eventually } from './nodes.js';

export function ethersSuite(running) {
  let provider;
  let socket;
  let carol;
  let dave;
  let probe;

  before(() => {
    provider = new JsonRpcProvider(running().url, undefined, { pollingInterval: 50, cacheTimeout: -1 });
    carol = new NonceManager(new Wallet(KEYS[2], provider));
    dave = new Wallet(KEYS[3], provider);
  });

  after(async () => {
    // Both withdraw their subscriptions in the background; a provider destroyed before would complain.
    await Promise.all([socket?.getBlockNumber(), provider?.send('eth_chainId', [])]);
    await socket?.destroy();
    provider?.destroy();
  });

  test('finds the network by itself', async () => {
    const network = await provider.getNetwork();
    assert.equal(network.chainId, BigInt(CHAIN_ID));
    const fees = await provider.getFeeData();
    assert.ok(fees.gasPrice > 0n && fees.maxFeePerGas > fees.maxPriorityFeePerGas);
    assert.equal(await provider.getBlock(1_000_000), null);
    assert.equal(await provider.getTransaction(`0x${'12'.repeat(32)}`), null);
    assert.equal(await provider.getTransactionReceipt(`0x${'12'.repeat(32)}`), null);
  });

  test('sends a transfer of each type and waits for it', async () => {
    for (const type of [0, 1, 2]) {
      const to = Wallet.createRandom().address;
      const sent = await carol.sendTransaction({ to, value: parseEther('0.25'), type });
      const receipt = await sent.wait();
      assert.equal(receipt.status, 1);
      assert.equal(receipt.type, type);
      assert.equal(await provider.getBalance(to), parseEther('0.25'));
      assert.equal(await receipt.confirmations(), 1);
      const found = await provider.getTransaction(sent.hash);
      assert.equal(found.from, await carol.getAddress());
      // The fields that came back must be those that were signed: their hash is the transaction's.
      assert.equal(Transaction.from(found).hash, sent.hash);
    }
  });

  test('many transfers in one batch of requests are mined in order', async () => {
    const first = await dave.getNonce();
    const raw = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        dave.signTransaction({
          to: dave.address,
          nonce: first + i,
          chainId: CHAIN_ID,
          gasLimit: 21_000,
          type: 2,
          maxFeePerGas: parseUnits('20', 'gwei'),
          maxPriorityFeePerGas: parseUnits('1', 'gwei'),
        }),
      ),
    );
    const sent = await Promise.all(raw.map((each) => provider.broadcastTransaction(each)));
    const receipts = await Promise.all(sent.map((each) => each.wait()));
    const places = receipts.map((each) => each.blockNumber * 1_000 + each.index);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.equal(await dave.getNonce(), first + 20);
  });

  test('deploys through a factory', async () => {
    const nonce = await carol.getNonce();
    const factory = new ContractFactory(PROBE.abi, PROBE.bytecode, carol);
    probe = await factory.deploy();
    assert.equal(await probe.getAddress(), getCreateAddress({ from: await carol.getAddress(), nonce }));
    await probe.waitForDeployment();
    assert.equal(await probe.number(), 0n);
    const [number, chainId] = await probe.context();
    assert.equal(chainId, BigInt(CHAIN_ID));
    assert.ok(Math.abs(Number(number) - (await provider.getBlockNumber())) <= 1);
  });

  test('decodes what a contract refuses', async () => {
    await assert.rejects(probe.reason(), { code: 'CALL_EXCEPTION', reason: 'because' });
    await assert.rejects(probe.custom(), (error) => {
      assert.deepEqual([error.revert.name, error.revert.args[1]], ['Refused', 7n]);
      return true;
    });
    await assert.rejects(probe.divide(0), (error) => error.reason.includes('Panic') || error.revert.name === 'Panic');
    await assert.rejects(probe.note.estimateGas(1, 'x', { value: 1 }), { code: 'CALL_EXCEPTION' });
    const refused = await probe.getFunction('reason').populateTransaction();
    const sent = await dave.sendTransaction({ ...refused, gasLimit: 100_000 });
    await assert.rejects(sent.wait(), (error) => error.code === 'CALL_EXCEPTION' && error.receipt.status === 0);
  });

  test('refuses what cannot be paid for and a nonce that was used', async () => {
    const to = dave.address;
    const poor = new Wallet(Wallet.createRandom().privateKey, provider);
    await assert.rejects(poor.sendTransaction({ to, value: 1, gasLimit: 21_000 }), { code: 'INSUFFICIENT_FUNDS' });
    await assert.rejects(dave.sendTransaction({ to, nonce: 0 }), { code: 'NONCE_EXPIRED' });
  });

  test('tokens of four kinds', async () => {
    const owner = await carol.getAddress();
    const factory = (contract) => new ContractFactory(contract.abi, contract.bytecode, carol);
    const dollar = await factory(DOLLAR).deploy('Dollar', 'USD', owner, 1_000_000n);
    const tether = await factory(TETHER).deploy('Tether', 'USDT', owner, 1_000_000n);
    const pieces = await factory(COLLECTIBLE).deploy('Pieces', 'PCS', owner, 500n);
    await pieces.waitForDeployment();
    for (const token of [dollar, tether]) {
      const receipt = await (await token.transfer(dave.address, 10n)).wait();
      const { args } = token.interface.parseLog(receipt.logs[0]);
      assert.deepEqual([...args], [owner, dave.address, 10n]);
      const found = await token.queryFilter(token.filters.Transfer(null, dave.address), receipt.blockNumber);
      assert.equal(found.length, 1);
    }
    await (await pieces.mint(dave.address, 'ipfs://1', dave.address, 100n)).wait();
    assert.deepEqual([...(await pieces.royaltyInfo(1n, 10_000n))], [dave.address, 100n]);
    const asDave = pieces.connect(dave);
    await (await asDave['safeTransferFrom(address,address,uint256)'](dave.address, owner, 1n)).wait();
    assert.equal(await pieces.ownerOf(1n), owner);
  });

  test('typed data signed here is recovered on chain', async () => {
    const domain = { name: 'Fondaco', chainId: CHAIN_ID };
    const types = { Order: [{ name: 'amount', type: 'uint256' }] };
    const signature = await dave.signTypedData(domain, types, { amount: 5n });
    assert.equal(verifyTypedData(domain, types, { amount: 5n }, signature), dave.address);
    const hash = TypedDataEncoder.hash(domain, types, { amount: 5n });
    const input = hash + signature.slice(130).padStart(64, '0') + signature.slice(2, 130);
    const recovered = await provider.call({ to: `0x${'1'.padStart(40, '0')}`, data: input });
    assert.equal(BigInt(recovered), BigInt(dave.address));
  });

  test('events arrive by polling and over a WebSocket', async () => {
    const address = await probe.getAddress();
    socket = new WebSocketProvider(running().socketUrl);
    const live = new Contract(address, PROBE.abi, socket);
    const seen = { polled: [], pushed: [], heads: [] };
    await probe.on('Noted', (who, number) => seen.polled.push(number));
    await live.on('Noted', (who, number) => seen.pushed.push(number));
    await socket.on('block', (number) => seen.heads.push(number));
    assert.equal((await socket.getNetwork()).chainId, BigInt(CHAIN_ID));
    let number = 0n;
    await eventually('events on both', async () => {
      await (await probe.note(++number, 'event')).wait();
      return seen.polled.length > 1 && seen.pushed.length > 1 && seen.heads.length > 1;
    });
    const ordered = seen.pushed.map((each, i) => each === seen.pushed[0] + BigInt(i));
    assert.ok(ordered.every(Boolean), `${seen.pushed}`);
    await probe.removeAllListeners();
    await live.removeAllListeners();
    await socket.removeAllListeners();
  });
}
