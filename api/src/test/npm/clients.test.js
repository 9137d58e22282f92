// All clients trade on one venue without a simulator, each on a symbol of its own, so that every unit is accounted for.
import { after, before, describe } from 'node:test';
import { Venue } from './venue.js';
import { ccxtSuite } from './ccxt.js';
import { connectorSuite } from './connector.js';
import { spotSuite } from './spot.js';
import { binanceApiNodeSuite } from './binance-api-node.js';
import { keysSuite } from './keys.js';

describe('a venue with empty books', () => {
  let venue;

  before(async () => {
    venue = await Venue.start('--no-simulator');
  });

  after(async () => {
    await venue?.stop();
  });

  const running = () => venue;
  describe('ccxt', () => ccxtSuite(running));
  describe('@binance/connector', () => connectorSuite(running));
  describe('@binance/spot', () => spotSuite(running));
  describe('binance-api-node', () => binanceApiNodeSuite(running));
  describe('RSA and Ed25519 keys', () => keysSuite(running));
});
