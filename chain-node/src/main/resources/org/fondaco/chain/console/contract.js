// eth.contract(abi): at(address), new(…), methods and events in the manner of web3 0.20.
(function (host, shared, global) {
  'use strict';
  var units = shared.units;
  var formats = shared.formats;

  function typeOf(parameter) {
    if (!/^tuple/.test(parameter.type)) {
      return parameter.type.replace(/^(u?int)(?=$|\[)/, '$1256');
    }
    return '(' + (parameter.components || []).map(typeOf).join(',') + ')' + parameter.type.substring(5);
  }

  function signature(entry) {
    return entry.name + '(' + (entry.inputs || []).map(typeOf).join(',') + ')';
  }

  function inner(parameter) {
    return {
      name: '',
      type: parameter.type.substring(0, parameter.type.lastIndexOf('[')),
      components: parameter.components
    };
  }

  // A value as the encoder reads it: amounts as text, members by name or in order.
  function plain(parameter, value) {
    if (/\]$/.test(parameter.type)) {
      if (!Array.isArray(value)) throw new Error('not an array for ' + typeOf(parameter));
      return value.map(function (each) { return plain(inner(parameter), each); });
    }
    if (parameter.type === 'tuple') {
      return (parameter.components || []).map(function (component, i) {
        return plain(component, Array.isArray(value) ? value[i] : Object(value)[component.name]);
      });
    }
    if (value === undefined || value === null) throw new Error('no value for ' + typeOf(parameter));
    if (/^u?int/.test(parameter.type)) return units.toBigNumber(value).toString(10);
    if (parameter.type === 'address') return formats.address(value);
    if (/^bytes/.test(parameter.type)) return formats.data(value);
    return parameter.type === 'bool' ? Boolean(value) : String(value);
  }

  function encode(parameters, values) {
    var text = values.map(function (value, i) { return plain(parameters[i], value); });
    return host.encode(JSON.stringify(parameters), JSON.stringify(text)).substring(2);
  }

  // What the decoder wrote, with amounts as BigNumber and tuples by their members' names.
  function revive(parameter, value) {
    if (/\]$/.test(parameter.type)) {
      return value.map(function (each) { return revive(inner(parameter), each); });
    }
    if (parameter.type !== 'tuple') {
      return /^u?int/.test(parameter.type) ? units.toBigNumber(value) : value;
    }
    var components = parameter.components || [];
    var named = components.every(function (component) { return component.name; });
    var members = named ? {} : [];
    components.forEach(function (component, i) {
      members[named ? component.name : i] = revive(component, value[i]);
    });
    return members;
  }

  function decode(parameters, data) {
    return JSON.parse(host.decode(JSON.stringify(parameters), data)).map(function (value, i) {
      return revive(parameters[i], value);
    });
  }

  function isOptions(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !units.isBigNumber(value);
  }

  // Splits (…values, {options}, defaultBlock, callback); what is left over is refused.
  function split(args, parameters, name) {
    var rest = Array.prototype.slice.call(args);
    var callback = shared.takeCallback(rest);
    var values = rest.slice(0, parameters.length);
    var options = isOptions(rest[parameters.length]) ? rest[parameters.length] : undefined;
    var after = rest.slice(parameters.length + (options ? 1 : 0));
    if (values.length < parameters.length || after.length > 1) {
      throw new Error('Invalid number of arguments to Solidity function ' + name);
    }
    return {values: values, options: options || {}, block: after[0], callback: callback};
  }

  function merge(options, more) {
    var result = {};
    Object.keys(options).forEach(function (key) { result[key] = options[key]; });
    Object.keys(more).forEach(function (key) { result[key] = more[key]; });
    return result;
  }

  function addMethod(contract, entry) {
    var inputs = entry.inputs || [];
    var outputs = entry.outputs || [];
    var full = signature(entry);
    var selector = units.sha3(full).substring(0, 10);
    var constant = entry.constant === true || entry.stateMutability === 'view' || entry.stateMutability === 'pure';
    var payable = entry.payable === true || entry.stateMutability === 'payable';

    function transaction(given) {
      var to = {to: contract.address, data: selector + encode(inputs, given.values)};
      return merge(given.options, to);
    }

    function answer(data) {
      if (outputs.length === 0) return [];
      if (data === '0x') throw new Error(full + ' answered nothing: is there a contract at ' + contract.address + '?');
      var values = decode(outputs, data);
      return values.length === 1 ? values[0] : values;
    }

    function call() {
      var given = split(arguments, inputs, full);
      return shared.run(given.callback, function () {
        var params = [formats.call(transaction(given)), formats.defaultBlock(given.block)];
        return answer(shared.request('eth_call', params));
      });
    }

    function sendTransaction() {
      var given = split(arguments, inputs, full);
      if (!payable && formats.given(given.options.value) && !units.toBigNumber(given.options.value).isZero()) {
        throw new Error('Cannot send value to non-payable function');
      }
      return shared.run(given.callback, function () {
        return shared.request('eth_sendTransaction', [formats.transaction(transaction(given))]);
      });
    }

    function method() {
      return (constant ? call : sendTransaction).apply(undefined, arguments);
    }
    shared.hidden(method, 'call', call);
    shared.hidden(method, 'sendTransaction', sendTransaction);
    shared.hidden(method, 'getData', function () {
      return selector + encode(inputs, split(arguments, inputs, full).values);
    });
    shared.hidden(method, 'estimateGas', function () {
      var given = split(arguments, inputs, full);
      return shared.run(given.callback, function () {
        return units.toDecimal(shared.request('eth_estimateGas', [formats.call(transaction(given))]));
      });
    });
    overload(contract, entry, method);
  }

  // The first of a name is called by it; each by name["types"], as web3 does.
  function overload(contract, entry, value) {
    if (!contract.hasOwnProperty(entry.name)) contract[entry.name] = value;
    shared.hidden(contract[entry.name], (entry.inputs || []).map(typeOf).join(','), value);
  }

  function isDynamic(parameter) {
    return /^(string|bytes|tuple)$|\]$/.test(parameter.type);
  }

  function eventOut(entry, log) {
    var indexed = entry.inputs.filter(function (input) { return input.indexed; });
    var others = entry.inputs.filter(function (input) { return !input.indexed; });
    var topics = entry.anonymous ? log.topics : log.topics.slice(1);
    var fromTopics = indexed.map(function (input, i) {
      // Of what is longer than a topic only the hash is known.
      return isDynamic(input) ? topics[i] : decode([input], topics[i])[0];
    });
    var fromData = decode(others, log.data || '0x');
    var args = {};
    entry.inputs.forEach(function (input, i) {
      args[input.name || String(i)] = (input.indexed ? fromTopics : fromData).shift();
    });
    var result = merge(formats.logOut(log), {event: entry.name, args: args});
    delete result.topics;
    delete result.data;
    return result;
  }

  function indexedTopic(input, value) {
    if (!formats.given(value)) return null;
    if (Array.isArray(value) && !/\]$/.test(input.type)) {
      return value.map(function (each) { return indexedTopic(input, each); });
    }
    if (input.type === 'string') return units.sha3(value);
    if (input.type === 'bytes') return units.sha3(value, {encoding: 'hex'});
    if (isDynamic(input)) throw new Error('cannot filter by ' + typeOf(input));
    return '0x' + encode([input], [value]);
  }

  function addEvent(contract, entry) {
    var topic = units.sha3(signature(entry));
    function event(filters, options, callback) {
      var args = Array.prototype.slice.call(arguments);
      callback = shared.takeCallback(args);
      var by = args[0] || {};
      var topics = (entry.anonymous ? [] : [topic]).concat(
        entry.inputs.filter(function (input) { return input.indexed; }).map(function (input) {
          return indexedTopic(input, by[input.name]);
        }));
      var query = merge(args[1] || {}, {address: contract.address, topics: topics});
      return shared.logFilter(query, function (log) { return eventOut(entry, log); }, callback);
    }
    overload(contract, entry, event);
  }

  function addAllEvents(contract, events) {
    contract.allEvents = function () {
      var args = Array.prototype.slice.call(arguments);
      var callback = shared.takeCallback(args);
      var query = merge(args[0] || {}, {address: contract.address});
      return shared.logFilter(query, function (log) {
        var known = events.filter(function (entry) {
          return !entry.anonymous && units.sha3(signature(entry)) === log.topics[0];
        })[0];
        return known ? eventOut(known, log) : formats.logOut(log);
      }, callback);
    };
  }

  function Contract(abi, address, transactionHash) {
    var self = this;
    this.abi = abi;
    this.address = address;
    this.transactionHash = transactionHash === undefined ? null : transactionHash;
    var functions = abi.filter(function (entry) { return entry.type === 'function' || entry.type === undefined; });
    var events = abi.filter(function (entry) { return entry.type === 'event'; });
    if (address !== undefined) {
      functions.forEach(function (entry) { addMethod(self, entry); });
      events.forEach(function (entry) { addEvent(self, entry); });
      addAllEvents(this, events);
    }
  }

  function constructorInputs(abi) {
    var entry = abi.filter(function (each) { return each.type === 'constructor'; })[0];
    return entry && entry.inputs || [];
  }

  // Calls back with the transaction first and with the address once it is in a block.
  function awaitAddress(abi, hash, callback) {
    var timer = host.later(function () {
      var receipt;
      try {
        receipt = shared.request('eth_getTransactionReceipt', [hash]);
      } catch (error) {
        host.cancel(timer);
        callback(error);
        return;
      }
      if (!receipt) return;
      host.cancel(timer);
      if (receipt.status === '0x0' || shared.request('eth_getCode', [receipt.contractAddress, 'latest']) === '0x') {
        callback(new Error('The contract code couldn\'t be stored, please check your gas amount.'));
      } else {
        callback(null, new Contract(abi, receipt.contractAddress, hash));
      }
    }, 500, true);
  }

  function Factory(abi) {
    this.abi = abi;

    function creation(args) {
      var given = split(args, constructorInputs(abi), 'constructor');
      if (!units.isText(given.options.data)) throw new Error('new takes {data: code} after the arguments');
      given.options = merge(given.options, {
        data: formats.data(given.options.data) + encode(constructorInputs(abi), given.values)
      });
      return given;
    }

    this.at = function (address, callback) {
      var contract = new Contract(abi, formats.address(address));
      if (typeof callback === 'function') shared.later(callback, function () { return contract; });
      return contract;
    };

    this['new'] = function () {
      var given = creation(arguments);
      var hash = shared.request('eth_sendTransaction', [formats.transaction(given.options)]);
      var pending = new Contract(abi, undefined, hash);
      if (given.callback) {
        shared.later(given.callback, function () { return pending; });
        awaitAddress(abi, hash, given.callback);
      }
      return pending;
    };
    shared.hidden(this['new'], 'getData', function () { return creation(arguments).options.data; });

    this.getData = this['new'].getData;
  }

  shared.contract = function (abi) {
    if (units.isText(abi)) abi = JSON.parse(abi);
    if (!Array.isArray(abi)) throw new Error('contract takes an ABI, which is an array');
    return new Factory(abi);
  };
})
