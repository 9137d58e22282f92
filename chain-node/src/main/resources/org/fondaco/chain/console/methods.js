// Builds the objects' methods and properties from descriptions.
(function (host, shared, global) {
  'use strict';

  function request(method, params) {
    // The node knows no undefined: what is missing at the end is left out, in between it is null.
    var end = params.length;
    while (end > 0 && params[end - 1] === undefined) end--;
    var text = JSON.stringify(params.slice(0, end).map(function (each) {
      return each === undefined ? null : typeof each === 'bigint' ? shared.units.toHex(each) : each;
    }));
    return JSON.parse(host.request(method, text));
  }

  // Calls back between two inputs, as web3 does, with (error, result).
  function later(callback, work) {
    host.later(function () {
      var result;
      try {
        result = work();
      } catch (error) {
        callback(error);
        return;
      }
      callback(null, result);
    }, 0, false);
  }

  function run(callback, work) {
    return typeof callback === 'function' ? later(callback, work) : work();
  }

  function takeCallback(args) {
    return typeof args[args.length - 1] === 'function' ? args.pop() : undefined;
  }

  // how: {call: name or function of the arguments, inputs: [formatter], count, output: formatter}
  function method(object, name, how) {
    var inputs = how.inputs || [];
    var count = how.count === undefined ? inputs.length : how.count;

    function prepare(args) {
      if (args.length > count) {
        throw new Error('Invalid number of input parameters: ' + name + ' takes ' + count);
      }
      var params = [];
      for (var i = 0; i < Math.max(args.length, inputs.length); i++) {
        params.push(inputs[i] ? inputs[i](args[i]) : args[i]);
      }
      return {
        method: typeof how.call === 'function' ? how.call(args) : how.call,
        params: params,
        format: function (result) { return how.output ? how.output(result) : result; }
      };
    }

    var defined = function () {
      var args = Array.prototype.slice.call(arguments);
      var callback = takeCallback(args);
      var prepared = prepare(args);
      return run(callback, function () {
        return prepared.format(request(prepared.method, prepared.params));
      });
    };
    hidden(defined, 'request', function () {
      var args = Array.prototype.slice.call(arguments);
      var callback = takeCallback(args);
      var prepared = prepare(args);
      prepared.callback = callback;
      return prepared;
    });
    hidden(defined, 'call', typeof how.call === 'string' ? how.call : name);
    object[name] = defined;
  }

  function hidden(object, name, value) {
    Object.defineProperty(object, name, {value: value, enumerable: false, configurable: true, writable: true});
  }

  // A property that asks the node, and getName(callback) beside it.
  function property(object, name, call, output) {
    var ask = function () {
      var result = request(call, []);
      return output ? output(result) : result;
    };
    Object.defineProperty(object, name, {get: ask, enumerable: true, configurable: true});
    object['get' + name.charAt(0).toUpperCase() + name.substring(1)] = function (callback) {
      return run(callback, ask);
    };
  }

  shared.request = request;
  shared.run = run;
  shared.later = later;
  shared.takeCallback = takeCallback;
  shared.method = method;
  shared.property = property;
  shared.hidden = hidden;
})
