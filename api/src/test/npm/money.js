// Amounts as integers of 10^-8, the scale of every demo asset. No floating point.
import assert from 'node:assert/strict';

const SCALE = 8;
const ONE = 10n ** BigInt(SCALE);

/** Units of a decimal text; fails on anything else, also on more than eight decimals that are not zero. */
export function units(text) {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text));
  assert.ok(match, `not a plain decimal: ${text}`);
  const [, sign, whole, decimals = ''] = match;
  assert.match(decimals.slice(SCALE), /^0*$/, `more than ${SCALE} decimals: ${text}`);
  const value = BigInt(whole) * ONE + BigInt(decimals.slice(0, SCALE).padEnd(SCALE, '0'));
  return sign ? -value : value;
}

/** Eight decimals, as the venue writes amounts. */
export function text(value) {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
}

/** price × quantity, which is exact on every demo symbol. */
export function notional(price, quantity) {
  const product = units(price) * units(quantity);
  assert.equal(product % ONE, 0n, `${price} x ${quantity} is not a whole number of units`);
  return product / ONE;
}

/** The demo's fee: 0.1 % of what is received, rounded up to a unit. */
export function fee(received) {
  return (received + 999n) / 1000n;
}

/** What both sides of a fill get and give, by asset; the fee is taken from what is received. */
export function fill(side, price, quantity, base, quote) {
  const cost = notional(price, quantity);
  return side === 'BUY'
    ? { [base]: units(quantity) - fee(units(quantity)), [quote]: -cost }
    : { [base]: -units(quantity), [quote]: cost - fee(cost) };
}

/** Expected balances of one account: totals move with fills, free also with holds. */
export class Book {
  constructor(balances) {
    this.total = new Map();
    this.locked = new Map();
    for (const { asset, free, locked } of balances) {
      this.total.set(asset, units(free) + units(locked));
      this.locked.set(asset, units(locked));
    }
  }

  move(changes) {
    for (const [asset, change] of Object.entries(changes)) {
      this.total.set(asset, this.total.get(asset) + change);
    }
    return this;
  }

  hold(asset, change) {
    this.locked.set(asset, this.locked.get(asset) + change);
    return this;
  }

  /** Compares to what GET /api/v3/account says. */
  check(balances) {
    const expected = {};
    const actual = {};
    for (const [asset, total] of this.total) {
      const locked = this.locked.get(asset);
      expected[asset] = `${text(total - locked)} free ${text(locked)} locked`;
    }
    for (const { asset, free, locked } of balances) {
      actual[asset] = `${text(units(free))} free ${text(units(locked))} locked`;
    }
    assert.deepEqual(actual, expected);
  }
}
