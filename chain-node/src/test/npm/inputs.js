// What no client should send, and the code that geth answers with. Nothing of it may hurt the node.
import { concat, keccak256, numberToHex, parseGwei, parseSignature, toHex, toRlp } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { ADDRESSES, CHAIN_ID, GAS_LIMIT, KEYS } from './nodes.js';

export const PARSE = -32700;
export const REQUEST = -32600;
export const METHOD = -32601;
export const PARAMETERS = -32602;
export const REFUSED = -32000;
export const REVERTED = 3;

const account = privateKeyToAccount(KEYS[9]);
const to = ADDRESSES[0];
const good = {
  chainId: BigInt(CHAIN_ID),
  nonce: 0n,
  tip: parseGwei('1'),
  fee: parseGwei('50'),
  gas: 21_000n,
  to,
  value: 1n,
  data: '0x',
};

const quantity = (number) => (number === 0n ? '0x' : numberToHex(number, { size: size(number) }));
const size = (number) => Math.ceil(number.toString(16).length / 2);

/** EIP-1559's fields in their order, right or wrong. */
function fieldsOf({ chainId, nonce, tip, fee, gas, to, value, data }) {
  return [...[chainId, BigInt(nonce), tip, fee, gas].map(quantity), to, quantity(value), data, []];
}

/** A transaction with a signature that fits it, whatever else does not; libraries would refuse to make most of them. */
export async function sign(fields, extra = [], type = '0x02') {
  return concat([type, toRlp(await signedFields(fields, extra, type))]);
}

async function signedFields(fields, extra, type) {
  const unsigned = [...fieldsOf({ ...good, ...fields }), ...extra];
  const signature = await account.sign({ hash: keccak256(concat([type, toRlp(unsigned)])) });
  const { r, s, yParity } = parseSignature(signature);
  return [...unsigned, quantity(BigInt(yParity)), quantity(BigInt(r)), quantity(BigInt(s))];
}

/** EIP-4844's transaction as a block has it, and as it travels, with its blobs, commitments and proofs. */
export async function blobTransactions(nonce) {
  const extra = ['0x01', [`0x01${'00'.repeat(31)}`]];
  const fields = await signedFields({ nonce }, extra, '0x03');
  const sidecar = [[toHex(new Uint8Array(131_072))], [toHex(new Uint8Array(48))], [toHex(new Uint8Array(48))]];
  return [fields, [fields, ...sidecar]].map((each) => concat(['0x03', toRlp(each)]));
}

const forge = (fields) => concat(['0x02', toRlp(fields)]);
const forged = (r, s) => forge([...fieldsOf(good), '0x', r, s]);

/** Half the order of the curve, and one more: EIP-2 refuses it. */
const HIGH_S = '0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1';

/** Raw transactions that are refused, by what is wrong; the nonce is the account's next. */
export async function badTransactions(nonce) {
  const valid = await sign({ nonce: BigInt(nonce) });
  return {
    'no bytes': '0x',
    'one byte': '0x01',
    'an unknown type': `0x7f${valid.slice(4)}`,
    'half a transaction': valid.slice(0, 100),
    'a byte too many': `${valid}00`,
    'a list within a number': forge([['0x01'], ...fieldsOf(good).slice(1), '0x', '0x01', '0x01']),
    'an address of 19 bytes': await sign({ nonce, to: to.slice(0, 40) }),
    'a number with a leading zero': forge(['0x007a69', ...fieldsOf(good).slice(1), '0x', '0x01', '0x01']),
    'a field too many': await sign({ nonce }, ['0x']),
    'r of zero': forged('0x', '0x01'),
    's above half the order': forged('0x01', HIGH_S),
    'r above the order': forged(`0x${'ff'.repeat(32)}`, '0x01'),
    'another chain': await sign({ nonce, chainId: BigInt(CHAIN_ID) + 1n }),
    'a nonce that was used': await sign({ nonce: nonce - 1 }),
    'more gas than a block has': await sign({ nonce, gas: BigInt(GAS_LIMIT) + 1n }),
    'less gas than a transfer costs': await sign({ nonce, gas: 20_999n }),
    'a tip above the fee': await sign({ nonce, tip: parseGwei('51') }),
    'a fee of more than 256 bits': await sign({ nonce, fee: 2n ** 256n }),
    'more value than it has': await sign({ nonce, value: 10n ** 24n }),
    'more than 128 KiB': await sign({ nonce, data: toHex(new Uint8Array(131_073)), gas: 10_000_000n }),
    'init code of more than 48 KiB': await sign({
      nonce,
      to: '0x',
      data: toHex(new Uint8Array(49_153)),
      gas: 5_000_000n,
    }),
  };
}

/** Requests by method and parameters, with the code that geth answers. */
export const badRequests = [
  [METHOD, 'eth_flyToTheMoon', []],
  [PARAMETERS, 'eth_getBalance', []],
  [PARAMETERS, 'eth_getBalance', ['0x1234', 'latest']],
  [PARAMETERS, 'eth_getBalance', [to, 'newest']],
  [PARAMETERS, 'eth_getBalance', [to, '0xzz']],
  [PARAMETERS, 'eth_getBalance', [to, 'latest', 'and more']],
  [PARAMETERS, 'eth_getBalance', [{}, 'latest']],
  [PARAMETERS, 'eth_getBlockByNumber', ['latest']],
  [PARAMETERS, 'eth_getBlockByHash', ['0x12', false]],
  [PARAMETERS, 'eth_getStorageAt', [to, '0xnothex', 'latest']],
  [PARAMETERS, 'eth_call', ['nothing', 'latest']],
  [PARAMETERS, 'eth_call', [{ to: '0x12' }, 'latest']],
  [PARAMETERS, 'eth_call', [{ to, data: '0x123' }, 'latest']],
  [PARAMETERS, 'eth_call', [{ to, gas: '-1' }, 'latest']],
  [PARAMETERS, 'eth_sendRawTransaction', []],
  [PARAMETERS, 'eth_sendRawTransaction', ['0xabc']],
  [PARAMETERS, 'eth_sendRawTransaction', ['abcd']],
  [PARAMETERS, 'eth_getLogs', [{ fromBlock: 'then' }]],
  [PARAMETERS, 'eth_getLogs', [{ topics: ['0x12'] }]],
  [PARAMETERS, 'eth_getLogs', [{ address: '0x12' }]],
  [PARAMETERS, 'eth_feeHistory', ['0x4', 'latest', 'all']],
  [REFUSED, 'eth_feeHistory', ['0x4', 'latest', [75, 25]]],
  [REFUSED, 'eth_feeHistory', ['0x4', 'latest', [101]]],
  [REFUSED, 'eth_getFilterChanges', ['0xdeadbeef']],
];

/** What is not JSON-RPC, as text, with the code of the answer. */
export const badTexts = [
  [PARSE, '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"'],
  [PARSE, 'hello'],
  [REQUEST, '[]'],
  [REQUEST, '1'],
  [REQUEST, '"eth_chainId"'],
  [REQUEST, '{}'],
  [REQUEST, '{"jsonrpc":"2.0","id":1}'],
  [PARAMETERS, '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":"none"}'],
  [PARSE, '['.repeat(100_000)],
];
