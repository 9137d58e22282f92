// What only its owner sees, pushed: WebSocket API and user data through clients that others wrote.
import { after, before, describe } from 'node:test';
import { Venue } from './venue.js';
import { ccxtPrivateSuite } from './ccxt-private.js';
import { officialSocketsSuite } from './official-sockets.js';

describe('a venue with empty books, over WebSockets', () => {
  let venue;

  before(async () => {
    venue = await Venue.start('--no-simulator');
  });

  after(async () => {
    await venue?.stop();
  });

  const running = () => venue;
  describe('ccxt', () => ccxtPrivateSuite(running));
  describe('the official clients and binance-api-node', () => officialSocketsSuite(running));
});
