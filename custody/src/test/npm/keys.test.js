// The words that ./fondaco custody init prints, in the hands of another wallet: the same accounts come out.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HDNodeWallet, Mnemonic } from 'ethers';

function init(network, ...more) {
  const data = mkdtempSync(join(tmpdir(), 'fondaco-keys-'));
  try {
    const text = execFileSync(process.env.FONDACO, ['custody', 'init', '--network', network, ...more], {
      encoding: 'utf8',
      env: { ...process.env, FONDACO_DATA: data, FONDACO_CUSTODY_PASSPHRASE: 'correct horse battery' },
    });
    const words = text.match(/\n\n((?: {2}[a-z ]+\n){4})\n/)[1].trim().split(/\s+/);
    const accounts = [...text.matchAll(/^ {2}(\w+) (\w+) (m\/\S+) ([xt]pub\w+)$/gm)].map(
      ([, chain, tier, way, extended]) => ({ chain, tier, way, extended }),
    );
    return { words: words.join(' '), accounts };
  } finally {
    rmSync(data, { recursive: true });
  }
}

test('ethers finds the same accounts behind the words', () => {
  const { words, accounts } = init('main', '--tiers', 'customer,hot,warm,cold,gas');
  assert.ok(Mnemonic.isValidMnemonic(words));
  assert.equal(accounts.length, 17);
  for (const { chain, tier, way, extended } of accounts) {
    const theirs = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(words), way).neuter();
    assert.equal(theirs.extendedKey, extended, `${chain} ${tier} ${way}`);
  }
});

test('two vaults have nothing in common', () => {
  const one = init('main');
  const other = init('main');
  assert.notEqual(one.words, other.words);
  assert.equal(one.accounts.length, 13);
  for (const { extended } of one.accounts) {
    assert.ok(!other.accounts.some((account) => account.extended === extended));
  }
});
