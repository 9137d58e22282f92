// web3, eth and net.
(function (host, shared, global) {
  'use strict';
  var units = shared.units;
  var formats = shared.formats;
  var method = shared.method;
  var property = shared.property;
  var web3 = {};
  var eth = {};
  var net = {};

  function flag(value) {
    return Boolean(value);
  }

  function byHash(hashName, numberName) {
    return function (args) { return formats.isHash(args[0]) ? hashName : numberName; };
  }

  property(eth, 'coinbase', 'eth_coinbase');
  property(eth, 'mining', 'eth_mining');
  property(eth, 'hashrate', 'eth_hashrate', formats.number);
  property(eth, 'syncing', 'eth_syncing', formats.syncing);
  property(eth, 'gasPrice', 'eth_gasPrice', formats.amount);
  property(eth, 'maxPriorityFeePerGas', 'eth_maxPriorityFeePerGas', formats.amount);
  property(eth, 'accounts', 'eth_accounts');
  property(eth, 'blockNumber', 'eth_blockNumber', formats.number);
  property(eth, 'protocolVersion', 'eth_protocolVersion', formats.number);
  property(eth, 'pendingTransactions', 'eth_pendingTransactions', formats.list(formats.transactionOut));

  method(eth, 'chainId', {call: 'eth_chainId'});
  method(eth, 'getBalance', {
    call: 'eth_getBalance', inputs: [formats.address, formats.defaultBlock], output: formats.amount
  });
  method(eth, 'getStorageAt', {
    call: 'eth_getStorageAt', inputs: [formats.address, units.toHex, formats.defaultBlock]
  });
  method(eth, 'getCode', {call: 'eth_getCode', inputs: [formats.address, formats.defaultBlock]});
  method(eth, 'getTransactionCount', {
    call: 'eth_getTransactionCount', inputs: [formats.address, formats.defaultBlock], output: formats.number
  });
  method(eth, 'getProof', {call: 'eth_getProof', inputs: [formats.address, null, formats.defaultBlock]});

  method(eth, 'getBlock', {
    call: byHash('eth_getBlockByHash', 'eth_getBlockByNumber'),
    inputs: [formats.defaultBlock, flag], output: formats.blockOut
  });
  method(eth, 'getBlockByNumber', {
    call: 'eth_getBlockByNumber', inputs: [formats.defaultBlock, flag], output: formats.blockOut
  });
  method(eth, 'getBlockByHash', {call: 'eth_getBlockByHash', inputs: [null, flag], output: formats.blockOut});
  method(eth, 'getHeaderByNumber', {
    call: 'eth_getHeaderByNumber', inputs: [formats.defaultBlock], output: formats.blockOut
  });
  method(eth, 'getHeaderByHash', {call: 'eth_getHeaderByHash', inputs: [null], output: formats.blockOut});
  method(eth, 'getBlockReceipts', {
    call: 'eth_getBlockReceipts', inputs: [formats.defaultBlock], output: formats.list(formats.receiptOut)
  });
  method(eth, 'getUncle', {
    call: byHash('eth_getUncleByBlockHashAndIndex', 'eth_getUncleByBlockNumberAndIndex'),
    inputs: [formats.defaultBlock, units.toHex], output: formats.blockOut
  });
  method(eth, 'getBlockTransactionCount', {
    call: byHash('eth_getBlockTransactionCountByHash', 'eth_getBlockTransactionCountByNumber'),
    inputs: [formats.defaultBlock], output: formats.number
  });
  method(eth, 'getBlockUncleCount', {
    call: byHash('eth_getUncleCountByBlockHash', 'eth_getUncleCountByBlockNumber'),
    inputs: [formats.defaultBlock], output: formats.number
  });

  method(eth, 'getTransaction', {
    call: 'eth_getTransactionByHash', inputs: [null], output: formats.transactionOut
  });
  method(eth, 'getTransactionFromBlock', {
    call: byHash('eth_getTransactionByBlockHashAndIndex', 'eth_getTransactionByBlockNumberAndIndex'),
    inputs: [formats.defaultBlock, units.toHex], output: formats.transactionOut
  });
  method(eth, 'getTransactionReceipt', {
    call: 'eth_getTransactionReceipt', inputs: [null], output: formats.receiptOut
  });
  method(eth, 'getRawTransaction', {call: 'eth_getRawTransactionByHash', inputs: [null]});
  method(eth, 'getRawTransactionFromBlock', {
    call: byHash('eth_getRawTransactionByBlockHashAndIndex', 'eth_getRawTransactionByBlockNumberAndIndex'),
    inputs: [formats.defaultBlock, units.toHex]
  });

  method(eth, 'call', {
    call: 'eth_call', inputs: [formats.call, formats.defaultBlock, null, null]
  });
  method(eth, 'estimateGas', {
    call: 'eth_estimateGas', inputs: [formats.call, formats.block, null], output: formats.number
  });
  method(eth, 'createAccessList', {
    call: 'eth_createAccessList', inputs: [formats.call, formats.block]
  });
  method(eth, 'sendTransaction', {call: 'eth_sendTransaction', inputs: [formats.transaction]});
  method(eth, 'signTransaction', {call: 'eth_signTransaction', inputs: [formats.transaction]});
  method(eth, 'fillTransaction', {call: 'eth_fillTransaction', inputs: [formats.transaction]});
  method(eth, 'sendRawTransaction', {call: 'eth_sendRawTransaction', inputs: [formats.data]});
  method(eth, 'resend', {
    call: 'eth_resend', inputs: [formats.transaction, units.fromDecimal, units.fromDecimal]
  });
  method(eth, 'sign', {call: 'eth_sign', inputs: [formats.address, null]});
  method(eth, 'signTypedData', {call: 'eth_signTypedData_v4', inputs: [formats.address, null]});

  method(eth, 'getLogs', {
    call: 'eth_getLogs', inputs: [formats.logFilter], output: formats.list(formats.logOut)
  });
  method(eth, 'feeHistory', {
    call: 'eth_feeHistory', inputs: [units.toHex, formats.defaultBlock, null]
  });
  method(eth, 'getWork', {call: 'eth_getWork'});
  method(eth, 'submitWork', {call: 'eth_submitWork', count: 3});
  method(eth, 'submitHashrate', {call: 'eth_submitHashrate', inputs: [units.toHex, null]});

  eth.filter = function (options, callback) { return shared.filter(options, callback); };
  eth.contract = function (abi) { return shared.contract(abi); };
  // Calls back with true when the node begins to synchronise, with its state, and with false.
  eth.isSyncing = function (callback) {
    var last = false;
    var timer = host.later(function () {
      var now = eth.syncing;
      if (now || last) callback(null, now && !last ? true : now);
      last = now;
    }, 1000, true);
    return {stopWatching: function () { host.cancel(timer); }};
  };
  ['Block', 'Account'].forEach(function (name) {
    Object.defineProperty(eth, 'default' + name, {
      get: function () { return shared.defaults[name.toLowerCase()]; },
      set: function (value) { shared.defaults[name.toLowerCase()] = value; },
      enumerable: true
    });
  });

  property(net, 'version', 'net_version');
  property(net, 'listening', 'net_listening');
  property(net, 'peerCount', 'net_peerCount', formats.number);

  var version = {api: '0.20.7'};
  property(version, 'node', 'web3_clientVersion');
  property(version, 'network', 'net_version');
  property(version, 'ethereum', 'eth_protocolVersion');

  function Batch() {
    var requests = [];
    this.add = function (request) { requests.push(request); };
    this.execute = function () {
      var answers = JSON.parse(host.raw(JSON.stringify(requests.map(function (each, i) {
        return {jsonrpc: '2.0', id: i + 1, method: each.method, params: each.params};
      }))));
      requests.forEach(function (each, i) {
        var answer = answers.filter(function (one) { return one.id === i + 1; })[0]
          || {error: {message: 'no answer'}};
        if (!each.callback) return;
        if (answer.error) each.callback(new Error(answer.error.message));
        else each.callback(null, each.format(answer.result));
      });
    };
  }

  ['toBigNumber', 'toHex', 'toDecimal', 'fromDecimal', 'toWei', 'fromWei', 'fromAscii', 'toAscii', 'fromUtf8',
    'toUtf8', 'sha3', 'isAddress', 'isChecksumAddress', 'toChecksumAddress', 'padLeft', 'padRight'
  ].forEach(function (name) { web3[name] = units[name]; });
  web3.BigNumber = global.BigNumber;
  web3.version = version;
  web3.createBatch = function () { return new Batch(); };
  web3.isConnected = function () {
    try {
      return shared.request('net_version', []) !== undefined;
    } catch (error) {
      return false;
    }
  };
  web3.currentProvider = {
    send: function (payload) { return JSON.parse(host.raw(JSON.stringify(payload))); },
    sendAsync: function (payload, callback) {
      shared.later(callback, function () { return JSON.parse(host.raw(JSON.stringify(payload))); });
    }
  };
  web3.eth = eth;
  web3.net = net;
  global.web3 = web3;
  global.eth = eth;
  global.net = net;
})
