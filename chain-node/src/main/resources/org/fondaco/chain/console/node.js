// The node's own objects, and the console's functions.
(function (host, shared, global) {
  'use strict';
  var units = shared.units;
  var formats = shared.formats;
  var method = shared.method;
  var property = shared.property;
  var web3 = global.web3;

  function methods(object, namespace, counts) {
    Object.keys(counts).forEach(function (name) {
      method(object, name, {call: namespace + '_' + name, count: counts[name]});
    });
  }

  function define(name) {
    return global[name] = web3[name] = {};
  }

  function passphrase(given, prompt) {
    return formats.given(given) ? given : host.secret(prompt || 'Passphrase: ');
  }

  // personal
  var personal = define('personal');
  property(personal, 'listAccounts', 'personal_listAccounts');
  property(personal, 'listWallets', 'personal_listWallets');
  method(personal, 'ecRecover', {call: 'personal_ecRecover', count: 2});
  method(personal, 'importRawKey', {
    call: 'personal_importRawKey',
    inputs: [function (key) { return String(key).replace(/^0x/i, ''); }, repeated]
  });
  method(personal, 'lockAccount', {call: 'personal_lockAccount', inputs: [formats.address]});
  method(personal, 'signTransaction', {
    call: 'personal_signTransaction', inputs: [formats.transaction, passphrase]
  });
  method(personal, 'sendTransaction', {
    call: 'personal_sendTransaction', inputs: [formats.transaction, passphrase]
  });
  method(personal, 'newAccount', {call: 'personal_newAccount', inputs: [repeated]});

  function repeated(given) {
    if (formats.given(given)) return given;
    var first = host.secret('Passphrase: ');
    if (first !== host.secret('Repeat passphrase: ')) throw new Error('passphrases don\'t match!');
    return first;
  }

  personal.unlockAccount = function (address, given, seconds, callback) {
    var account = formats.address(address);
    if (!formats.given(given)) host.print('Unlock account ' + account);
    var secret = passphrase(given);
    return shared.run(callback, function () {
      return shared.request('personal_unlockAccount', [account, secret, formats.given(seconds) ? seconds : null]);
    });
  };

  personal.sign = function (message, address, given, callback) {
    var account = formats.address(address);
    if (!formats.given(given)) host.print('Give password for account ' + account);
    var secret = passphrase(given);
    return shared.run(callback, function () {
      return shared.request('personal_sign', [message, account, secret]);
    });
  };

  // admin
  var admin = define('admin');
  property(admin, 'nodeInfo', 'admin_nodeInfo');
  property(admin, 'peers', 'admin_peers');
  property(admin, 'datadir', 'admin_datadir');
  methods(admin, 'admin', {
    addPeer: 1, removePeer: 1, addTrustedPeer: 1, removeTrustedPeer: 1, exportChain: 3, importChain: 1,
    startHTTP: 5, stopHTTP: 0, startWS: 4, stopWS: 0
  });
  admin.sleep = function (seconds) {
    host.sleep(seconds);
    return true;
  };
  // Waits for count new blocks, for at most the given seconds; false if they did not come.
  admin.sleepBlocks = function (count, secondsMax) {
    var goal = global.eth.blockNumber + (formats.given(count) ? count : 1);
    var end = formats.given(secondsMax) ? Date.now() + secondsMax * 1000 : Infinity;
    while (global.eth.blockNumber < goal) {
      if (Date.now() >= end) return false;
      host.sleep(0.05);
    }
    return true;
  };

  // miner
  var miner = define('miner');
  methods(miner, 'miner', {start: 1, stop: 0, setExtra: 1, setRecommitInterval: 1, getHashrate: 0});
  method(miner, 'setEtherbase', {call: 'miner_setEtherbase', inputs: [formats.address]});
  method(miner, 'setGasPrice', {call: 'miner_setGasPrice', inputs: [units.fromDecimal]});
  method(miner, 'setGasLimit', {call: 'miner_setGasLimit', inputs: [units.fromDecimal]});

  // txpool
  var txpool = define('txpool');
  property(txpool, 'content', 'txpool_content');
  property(txpool, 'inspect', 'txpool_inspect');
  property(txpool, 'status', 'txpool_status', function (status) {
    return {pending: units.toDecimal(status.pending), queued: units.toDecimal(status.queued)};
  });
  method(txpool, 'contentFrom', {call: 'txpool_contentFrom', inputs: [formats.address]});

  // debug
  var debug = define('debug');
  methods(debug, 'debug', {
    traceTransaction: 2, traceBlock: 2, traceBlockByHash: 2, storageRangeAt: 5, accountRange: 6,
    getBadBlocks: 0, preimage: 1, verbosity: 1
  });
  ['getRawHeader', 'getRawBlock', 'getRawReceipts', 'dumpBlock', 'printBlock', 'setHead'].forEach(function (name) {
    method(debug, name, {call: 'debug_' + name, inputs: [formats.defaultBlock]});
  });
  method(debug, 'getRawTransaction', {call: 'debug_getRawTransaction', inputs: [null]});
  method(debug, 'traceBlockByNumber', {call: 'debug_traceBlockByNumber', inputs: [formats.defaultBlock, null]});
  method(debug, 'traceCall', {call: 'debug_traceCall', inputs: [formats.call, formats.defaultBlock, null]});

  var rpc = define('rpc');
  property(rpc, 'modules', 'rpc_modules');

  // What browsers and geth give to scripts.
  function shown(value) {
    return units.isText(value) ? String(value) : host.show(value);
  }

  function print() {
    host.print(Array.prototype.map.call(arguments, shown).join(' '));
  }

  global.console = {log: print, info: print, warn: print, error: print};
  global.inspect = function (value) { host.print(host.show(value)); };
  global.loadScript = function (path) {
    host.load(path);
    return true;
  };

  function timer(repeat) {
    return function (callback, delayMs) {
      var rest = Array.prototype.slice.call(arguments, 2);
      return host.later.apply(null, [callback, delayMs || 0, repeat].concat(rest));
    };
  }

  global.setTimeout = timer(false);
  global.setInterval = timer(true);
  global.clearTimeout = global.clearInterval = function (id) { host.cancel(id); };
})
