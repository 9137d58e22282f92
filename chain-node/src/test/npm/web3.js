// web3.js: contracts, past events, subscriptions, batches, and the eth_ methods that the others do not call.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Web3 } from 'web3';
import { DOLLAR, EDITIONS, PROBE } from './contracts.js';
import { CHAIN_ID, KEYS, eventually } from './nodes.js';

export function web3Suite(running) {
  let web3;
  let live;
  let erin;
  let frank;
  let probe;

  before(() => {
    web3 = new Web3(running().url);
    web3.eth.transactionPollingInterval = 50;
    [KEYS[4], KEYS[5]].forEach((key) => web3.eth.accounts.wallet.add(key));
    [erin, frank] = web3.eth.accounts.wallet.map((account) => account.address);
  });

  after(() => live?.provider.disconnect());

  async function deploy({ abi, bytecode }, ...args) {
    const contract = new web3.eth.Contract(abi);
    const deployed = await contract.deploy({ data: bytecode, arguments: args }).send({ from: erin });
    deployed.defaultAccount = erin;
    return deployed;
  }

  test('reads the chain', async () => {
    assert.equal(await web3.eth.getChainId(), BigInt(CHAIN_ID));
    assert.equal(await web3.eth.net.getId(), BigInt(CHAIN_ID));
    assert.equal(await web3.eth.net.isListening(), true);
    if (running().kind !== 'anvil') {
      assert.equal(await web3.eth.net.getPeerCount(), 0n);
    }
    assert.equal(await web3.eth.isSyncing(), false);
    assert.match(await web3.eth.getNodeInfo(), /\S+\/\S+/);
    assert.ok((await web3.eth.getGasPrice()) > 0n);
    const genesis = await web3.eth.getBlock('earliest');
    assert.equal(genesis.number, 0n);
    assert.equal(await web3.eth.getBlockTransactionCount('earliest'), 0n);
    assert.equal(await web3.eth.getBlockUncleCount('earliest'), 0n);
    assert.equal(await web3.eth.getBalance(erin, 'earliest'), 10_000n * 10n ** 18n);
  });

  test('sends transfers and sees each step', async () => {
    const steps = [];
    const sent = web3.eth.sendTransaction({ from: erin, to: frank, value: 1_000n });
    for (const step of ['sending', 'sent', 'transactionHash', 'receipt']) {
      sent.once(step, () => steps.push(step));
    }
    const receipt = await sent;
    assert.equal(receipt.status, 1n);
    assert.deepEqual(steps, ['sending', 'sent', 'transactionHash', 'receipt']);
    const transaction = await web3.eth.getTransaction(receipt.transactionHash);
    assert.equal(transaction.value, 1_000n);
    const inBlock = await web3.eth.getTransactionFromBlock(receipt.blockHash, receipt.transactionIndex);
    assert.equal(inBlock.hash, receipt.transactionHash);
    const block = await web3.eth.getBlock(receipt.blockNumber, true);
    assert.equal(block.transactions[0].hash, receipt.transactionHash);

    const signed = await web3.eth.accounts.signTransaction(
      {
        to: erin,
        value: 5n,
        gas: 21_000n,
        gasPrice: 10n ** 10n,
        nonce: await web3.eth.getTransactionCount(frank),
        chainId: CHAIN_ID,
      },
      KEYS[5],
    );
    const legacy = await web3.eth.sendSignedTransaction(signed.rawTransaction);
    assert.equal(legacy.transactionHash, signed.transactionHash);
    assert.equal(legacy.type, 0n);
  });

  test('deploys, calls and reads past events', async () => {
    const dollar = await deploy(DOLLAR, 'Dollar', 'USD', erin, 1_000_000n);
    const works = await deploy(EDITIONS, 'Works', 'WRK', erin, 500n);
    probe = await deploy(PROBE);
    const receipt = await dollar.methods.transfer(frank, 77n).send({ from: erin });
    assert.equal(receipt.events.Transfer.returnValues.value, 77n);
    assert.equal(await dollar.methods.balanceOf(frank).call(), 77n);
    await works.methods.open(1n, 10n, 'ipfs://1', frank, 100n).send({ from: erin });
    await works.methods.mint(frank, 1n, 4n, '0x').send({ from: erin });
    const events = await works.getPastEvents('TransferSingle', {
      fromBlock: receipt.blockNumber,
      filter: { to: frank },
    });
    assert.equal(events.length, 1);
    assert.equal(events[0].returnValues.value, 4n);
    const logs = await web3.eth.getPastLogs({ address: works.options.address, fromBlock: 0, toBlock: 'latest' });
    assert.ok(logs.length >= 4);
    await assert.rejects(probe.methods.reason().call(), (error) => /because/.test(error.cause.message));
    await assert.rejects(probe.methods.custom().call(), (error) => {
      assert.deepEqual([error.cause.errorName, error.cause.errorArgs.amount], ['Refused', 7n]);
      return true;
    });
  });

  test('subscribes to heads, logs and pending transactions', async () => {
    live = new Web3(running().socketUrl);
    const seen = { heads: [], logs: [], pending: [] };
    const subscribe = async (name, into, options) => {
      const subscription = await live.eth.subscribe(name, options);
      subscription.on('data', (each) => into.push(each));
      return subscription;
    };
    await subscribe('newBlockHeaders', seen.heads);
    await subscribe('logs', seen.logs, { address: probe.options.address });
    const pending = await subscribe('newPendingTransactions', seen.pending);
    await eventually('all three', async () => {
      await probe.methods.note(5n, 'web3').send({ from: erin });
      return seen.heads.length > 0 && seen.logs.length > 0 && seen.pending.length > 0;
    });
    assert.equal(seen.logs[0].address.toLowerCase(), probe.options.address.toLowerCase());
    assert.match(seen.heads[0].parentHash, /^0x[0-9a-f]{64}$/);
    assert.match(seen.pending[0], /^0x[0-9a-f]{64}$/);
    await pending.unsubscribe();
    await live.eth.clearSubscriptions();
  });

  test('batches, fee history, access lists, estimates and proofs', async () => {
    const batch = new web3.BatchRequest();
    const answers = ['eth_chainId', 'eth_blockNumber', 'eth_gasPrice', 'net_version'].map((method, id) =>
      batch.add({ jsonrpc: '2.0', id, method, params: [] }),
    );
    await batch.execute();
    assert.deepEqual((await Promise.all(answers))[0], `0x${CHAIN_ID.toString(16)}`);
    const history = await web3.eth.getFeeHistory(2n, 'latest', [50]);
    assert.equal(history.baseFeePerGas.length, 3);
    const call = { from: erin, to: probe.options.address, data: probe.methods.fill(2n).encodeABI() };
    const { accessList, gasUsed } = await web3.eth.createAccessList(call);
    assert.equal(accessList[0].storageKeys.length, 2);
    assert.ok(gasUsed > 21_000n);
    assert.ok((await web3.eth.estimateGas(call)) > 21_000n);
    const proof = await web3.eth.getProof(probe.options.address, [`0x${'0'.repeat(64)}`], 'latest');
    assert.equal(proof.storageProof.length, 1);
    assert.ok(proof.accountProof.length > 0);
  });
}
