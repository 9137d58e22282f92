// Amounts, text and hexadecimal, as web3 0.20 names and rounds them.
(function (host, shared, global) {
  'use strict';
  var BigNumber = global.BigNumber;
  var POWERS = {
    wei: 0, kwei: 3, babbage: 3, femtoether: 3, mwei: 6, lovelace: 6, picoether: 6,
    gwei: 9, shannon: 9, nanoether: 9, nano: 9, szabo: 12, microether: 12, micro: 12,
    finney: 15, milliether: 15, milli: 15, ether: 18, kether: 21, grand: 21,
    mether: 24, gether: 27, tether: 30
  };

  function isBigNumber(value) {
    return value instanceof BigNumber;
  }

  function isText(value) {
    return typeof value === 'string' || value instanceof String;
  }

  // A double is taken as it prints, so that literals beyond 2^53 mean what they look like.
  function toBigNumber(value) {
    if (isBigNumber(value)) return value;
    if (value === undefined || value === null) return new BigNumber(0);
    return new BigNumber(typeof value === 'bigint' ? value : String(value));
  }

  function fromDecimal(value) {
    var digits = toBigNumber(value).toString(16);
    return digits.charAt(0) === '-' ? '-0x' + digits.substring(1) : '0x' + digits;
  }

  function toDecimal(value) {
    return toBigNumber(value).toNumber();
  }

  function places(name) {
    var known = name === undefined || name === null ? 'ether' : String(name).toLowerCase();
    if (!POWERS.hasOwnProperty(known)) {
      throw new Error('no unit ' + name + '; there are ' + Object.keys(POWERS).join(', '));
    }
    return POWERS[known];
  }

  // A power of ten; times a negative one is exact where a quotient would be rounded.
  function power(exponent) {
    return new BigNumber('1e' + exponent);
  }

  // An amount in, an amount out; a number or a text in, a text out: nothing is lost in a double.
  function alike(given, amount) {
    return isBigNumber(given) ? amount : amount.toString(10);
  }

  function toWei(value, name) {
    return alike(value, toBigNumber(value).times(power(places(name))));
  }

  function fromWei(value, name) {
    return alike(value, toBigNumber(value).times(power(-places(name))));
  }

  function digits(hex) {
    return /^0x/i.test(hex) ? hex.substring(2) : hex;
  }

  function pairs(hex) {
    return digits(hex).match(/../g) || [];
  }

  function fromAscii(text) {
    return '0x' + String(text).split('').map(function (c) {
      var code = c.charCodeAt(0).toString(16);
      return code.length < 2 ? '0' + code : code;
    }).join('');
  }

  function toAscii(hex) {
    return pairs(hex).map(function (pair) {
      return String.fromCharCode(parseInt(pair, 16));
    }).join('');
  }

  // Both end at the first zero byte: bytes32 names are read and written with them.
  function fromUtf8(text) {
    return host.utf8(String(text).split('\u0000')[0]);
  }

  function toUtf8(hex) {
    var end = pairs(hex).indexOf('00');
    return host.fromUtf8(end < 0 ? hex : digits(hex).substring(0, 2 * end));
  }

  function toHex(value) {
    if (typeof value === 'boolean') return value ? '0x1' : '0x0';
    if (isBigNumber(value) || typeof value === 'bigint') return fromDecimal(value);
    if (typeof value === 'object') return fromUtf8(JSON.stringify(value));
    if (isText(value)) {
      if (/^-0x/i.test(value)) return fromDecimal(value);
      if (/^0x/i.test(value)) return String(value);
      if (!isFinite(value)) return fromUtf8(value);
    }
    return fromDecimal(value);
  }

  function sha3(text, options) {
    return host.keccak(options && options.encoding === 'hex' ? text : host.utf8(String(text)));
  }

  function toChecksumAddress(address) {
    if (address === undefined) return '';
    if (!/^(0x)?[0-9a-f]{40}$/i.test(address)) {
      throw new Error('Given address is not a valid Ethereum address: ' + address);
    }
    var lower = digits(address).toLowerCase();
    var hash = digits(host.keccak(host.utf8(lower)));
    return '0x' + lower.split('').map(function (c, i) {
      return parseInt(hash.charAt(i), 16) > 7 ? c.toUpperCase() : c;
    }).join('');
  }

  function isChecksumAddress(address) {
    return /^(0x)?[0-9a-f]{40}$/i.test(address)
      && digits(toChecksumAddress(address)) === digits(address);
  }

  function isAddress(address) {
    if (!isText(address) || !/^(0x)?[0-9a-f]{40}$/i.test(address)) return false;
    var text = digits(address);
    return text === text.toLowerCase() || text === text.toUpperCase() || isChecksumAddress(address);
  }

  function pad(text, length, sign, left) {
    var hex = /^0x/i.test(text);
    var body = digits(String(text));
    var filler = new Array(Math.max(length - body.length, 0) + 1).join(sign === undefined ? '0' : sign);
    return (hex ? '0x' : '') + (left ? filler + body : body + filler);
  }

  shared.units = {
    isBigNumber: isBigNumber,
    isText: isText,
    toBigNumber: toBigNumber,
    fromDecimal: fromDecimal,
    toDecimal: toDecimal,
    toWei: toWei,
    fromWei: fromWei,
    fromAscii: fromAscii,
    toAscii: toAscii,
    fromUtf8: fromUtf8,
    toUtf8: toUtf8,
    toHex: toHex,
    sha3: sha3,
    toChecksumAddress: toChecksumAddress,
    isChecksumAddress: isChecksumAddress,
    isAddress: isAddress,
    padLeft: function (text, length, sign) { return pad(text, length, sign, true); },
    padRight: function (text, length, sign) { return pad(text, length, sign, false); }
  };
})
