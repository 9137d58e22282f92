// Compares two answers of JSON-RPC: field names, types and hex forms everywhere, and values wherever both nodes were
// told the same and nothing of their own (time, coinbase, block hashes) is in them.

/** Fields whose values are a node's own; their form is compared. */
const OWN = new Set([
  'blockHash',
  'hash@block',
  'parentHash',
  'timestamp',
  'blockTimestamp',
  'miner',
  'stateRoot',
  'size',
  'mixHash',
  'extraData',
  'nonce@block',
  'difficulty',
  'totalDifficulty',
  'accountProof',
]);

/** Fields of later forks' headers, which anvil writes and a London header does not have. */
const CANCUN_ONLY = new Set([
  'blobGasUsed',
  'excessBlobGas',
  'parentBeaconBlockRoot',
  'withdrawals',
  'withdrawalsRoot',
  'requestsHash',
  'blobGasPrice',
]);

/** How a value is written, without the value. */
export function form(value) {
  if (value === null || typeof value !== 'string') {
    return value === null ? 'null' : typeof value;
  }
  if (!/^0x[0-9a-fA-F]*$/.test(value)) {
    return 'text';
  }
  if (/[A-F]/.test(value)) {
    return 'data in capitals';
  }
  const quantity = /^0x(0|[1-9a-f][0-9a-f]{0,15})$/.test(value);
  return quantity ? 'quantity' : `data of ${value.length / 2 - 1} bytes`;
}

/** Every difference, as a line. */
export function differences(ours, theirs, path = '', options = {}) {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length !== theirs.length) {
      return [`${path}: ${ours.length} elements, anvil ${theirs.length}`];
    }
    return ours.flatMap((each, i) => differences(each, theirs[i], `${path}[${i}]`, options));
  }
  if (isObject(ours) && isObject(theirs)) {
    return differentFields(ours, theirs, path, options);
  }
  if (isObject(ours) || isObject(theirs) || Array.isArray(ours) || Array.isArray(theirs)) {
    return [`${path}: ${JSON.stringify(ours)}, anvil ${JSON.stringify(theirs)}`.slice(0, 300)];
  }
  if (options.forms || options.own?.has(path) || isOwn(path)) {
    return form(ours) === form(theirs) ? [] : [`${path}: ${form(ours)} ${ours}, anvil ${form(theirs)} ${theirs}`];
  }
  return ours === theirs ? [] : [`${path}: ${ours}, anvil ${theirs}`];
}

function differentFields(ours, theirs, path, options) {
  const found = [];
  const fields = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  for (const field of fields) {
    const name = isHeader(ours) ? `${field}@block` : field;
    if (options.except?.has(field)) {
      continue;
    }
    if (field === 'refund' && !(field in ours) && theirs[field] === 0) {
      continue; // geth writes it when there is one
    }
    if (!(field in ours)) {
      found.push(
        ...(CANCUN_ONLY.has(field) ? [] : [`${path}.${name}: missing, anvil ${JSON.stringify(theirs[field])}`]),
      );
    } else if (!(field in theirs)) {
      found.push(`${path}.${name}: ${JSON.stringify(ours[field])}, missing in anvil`);
    } else {
      found.push(...differences(ours[field], theirs[field], `${path}.${name}`, options));
    }
  }
  return found;
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isHeader = (value) => 'sha3Uncles' in value;

function isOwn(path) {
  const name = path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
  return OWN.has(name) || OWN.has(name.replace('@block', ''));
}
