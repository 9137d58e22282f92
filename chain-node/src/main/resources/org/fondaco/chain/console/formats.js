// What goes to the node and what comes back, in the forms that web3 0.20 gives them.
(function (host, shared, global) {
  'use strict';
  var units = shared.units;
  var AMOUNTS = ['gasPrice', 'value', 'maxFeePerGas', 'maxPriorityFeePerGas', 'maxFeePerBlobGas'];
  var TAGS = ['latest', 'pending', 'earliest', 'safe', 'finalized'];

  function given(value) {
    return value !== undefined && value !== null;
  }

  // An address in mixed case carries EIP-55's checksum; a wrong one is a typing error.
  function address(value) {
    if (!units.isText(value) || !/^(0x)?[0-9a-f]{40}$/i.test(value)) throw new Error('invalid address');
    if (!units.isAddress(value)) throw new Error('invalid address: its checksum is wrong (EIP-55)');
    return /^0x/i.test(value) ? String(value) : '0x' + value;
  }

  function block(value) {
    if (!given(value)) return undefined;
    if (TAGS.indexOf(value) >= 0 || typeof value === 'object' && !units.isBigNumber(value)) return value;
    return units.isText(value) && /^0x[0-9a-f]{64}$/i.test(value) ? value : units.toHex(value);
  }

  function defaultBlock(value) {
    return block(given(value) ? value : shared.defaults.block);
  }

  function isHash(value) {
    return units.isText(value) && /^0x[0-9a-f]{64}$/i.test(value);
  }

  function data(value) {
    return units.isText(value) && !/^0x/i.test(value) ? '0x' + value : value;
  }

  function copy(options) {
    if (typeof options !== 'object' || options === null) throw new Error('not an object: ' + options);
    var result = {};
    Object.keys(options).forEach(function (key) {
      if (given(options[key])) result[key] = options[key];
    });
    return result;
  }

  function quantities(transaction) {
    AMOUNTS.concat(['gas', 'nonce', 'chainId', 'type']).forEach(function (key) {
      if (given(transaction[key])) transaction[key] = units.fromDecimal(transaction[key]);
    });
  }

  function call(options) {
    var transaction = copy(options);
    if (!given(transaction.from) && given(shared.defaults.account)) {
      transaction.from = shared.defaults.account;
    }
    if (given(transaction.from)) transaction.from = address(transaction.from);
    if (given(transaction.to)) transaction.to = address(transaction.to);
    if (given(transaction.data)) transaction.data = data(transaction.data);
    if (given(transaction.gasLimit) && !given(transaction.gas)) transaction.gas = transaction.gasLimit;
    delete transaction.gasLimit;
    quantities(transaction);
    return transaction;
  }

  function transaction(options) {
    var result = call(options);
    if (!given(result.from)) throw new Error('invalid address');
    return result;
  }

  function topic(value) {
    if (!given(value)) return null;
    if (Array.isArray(value)) return value.map(topic);
    return /^0x/i.test(value) ? String(value) : units.fromUtf8(value);
  }

  function logFilter(options) {
    var filter = copy(options);
    if (given(filter.fromBlock)) filter.fromBlock = block(filter.fromBlock);
    if (given(filter.toBlock)) filter.toBlock = block(filter.toBlock);
    if (Array.isArray(filter.address)) filter.address = filter.address.map(address);
    else if (given(filter.address)) filter.address = address(filter.address);
    if (given(filter.topics)) filter.topics = filter.topics.map(topic);
    return filter;
  }

  function convert(object, keys, how) {
    keys.forEach(function (key) {
      if (given(object[key])) object[key] = how(object[key]);
    });
    return object;
  }

  function transactionOut(transaction) {
    if (!given(transaction)) return null;
    convert(transaction, ['blockNumber', 'transactionIndex', 'nonce', 'gas'], units.toDecimal);
    return convert(transaction, AMOUNTS, units.toBigNumber);
  }

  function logOut(log) {
    return convert(log, ['blockNumber', 'transactionIndex', 'logIndex'], units.toDecimal);
  }

  function receiptOut(receipt) {
    if (!given(receipt)) return null;
    convert(receipt,
      ['blockNumber', 'transactionIndex', 'cumulativeGasUsed', 'gasUsed', 'blobGasUsed'], units.toDecimal);
    convert(receipt, ['effectiveGasPrice', 'blobGasPrice'], units.toBigNumber);
    if (Array.isArray(receipt.logs)) receipt.logs = receipt.logs.map(logOut);
    return receipt;
  }

  function blockOut(block) {
    if (!given(block)) return null;
    convert(block, ['number', 'gasLimit', 'gasUsed', 'size', 'timestamp'], units.toDecimal);
    convert(block, ['difficulty', 'totalDifficulty', 'baseFeePerGas'], units.toBigNumber);
    if (Array.isArray(block.transactions)) {
      block.transactions = block.transactions.map(function (each) {
        return units.isText(each) ? each : transactionOut(each);
      });
    }
    return block;
  }

  function syncing(result) {
    if (!result) return result;
    return convert(result, Object.keys(result), function (value) {
      return units.isText(value) ? units.toDecimal(value) : value;
    });
  }

  shared.formats = {
    given: given,
    address: address,
    block: block,
    defaultBlock: defaultBlock,
    isHash: isHash,
    data: data,
    call: call,
    transaction: transaction,
    topic: topic,
    logFilter: logFilter,
    transactionOut: transactionOut,
    logOut: logOut,
    receiptOut: receiptOut,
    blockOut: blockOut,
    syncing: syncing,
    number: function (value) { return given(value) ? units.toDecimal(value) : value; },
    amount: function (value) { return given(value) ? units.toBigNumber(value) : value; },
    list: function (how) {
      return function (values) { return Array.isArray(values) ? values.map(how) : values; };
    }
  };
  // eth.defaultBlock and eth.defaultAccount.
  shared.defaults = {block: 'latest', account: undefined};
})
