// eth.filter(…): watches by asking the node every half second between two inputs.
(function (host, shared, global) {
  'use strict';
  var POLL_MS = 500;
  var formats = shared.formats;

  // create: {call, params}; format: of one result.
  function Filter(options, create, format, callback) {
    var self = this;
    var callbacks = [];
    var timer = null;
    var logs = create.call === 'eth_newFilter';

    this.options = options;
    this.filterId = shared.request(create.call, create.params);

    function deliver(error, results) {
      callbacks.slice().forEach(function (each) {
        if (error) each(error);
        else results.forEach(function (result) { each(null, format(result)); });
      });
    }

    function poll() {
      var results;
      try {
        results = shared.request('eth_getFilterChanges', [self.filterId]);
      } catch (error) {
        deliver(error);
        return;
      }
      deliver(null, results || []);
    }

    // The logs that are there already come first, if there are any.
    function begin(callback) {
      if (logs) {
        shared.later(function (error, found) {
          if (error) callback(error);
          else found.forEach(function (log) { callback(null, log); });
        }, function () { return self.get(); });
      }
      if (timer === null) timer = host.later(poll, POLL_MS, true);
    }

    this.watch = function (callback) {
      if (typeof callback !== 'function') throw new Error('watch takes a function');
      callbacks.push(callback);
      begin(callback);
      return self;
    };

    this.get = function (callback) {
      return shared.run(callback, function () {
        if (!logs) throw new Error('only a filter for logs can be read at once');
        return shared.request('eth_getFilterLogs', [self.filterId]).map(format);
      });
    };

    this.stopWatching = function (callback) {
      host.cancel(timer);
      timer = null;
      callbacks = [];
      return shared.run(callback, function () {
        return shared.request('eth_uninstallFilter', [self.filterId]);
      });
    };

    if (typeof callback === 'function') this.watch(callback);
  }

  shared.filter = function (options, callback) {
    if (options === 'latest') {
      return new Filter(options, {call: 'eth_newBlockFilter', params: []}, identity, callback);
    }
    if (options === 'pending') {
      return new Filter(options, {call: 'eth_newPendingTransactionFilter', params: []}, identity, callback);
    }
    return shared.logFilter(options || {}, formats.logOut, callback);
  };

  shared.logFilter = function (options, format, callback) {
    var create = {call: 'eth_newFilter', params: [formats.logFilter(options)]};
    return new Filter(options, create, format, callback);
  };

  function identity(value) {
    return value;
  }
})
