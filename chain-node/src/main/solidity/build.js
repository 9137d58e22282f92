// node build.js TARGET CLASSES: compiles the contracts into the folder CLASSES unless what lies there was made from
// the same sources. Packages are installed below TARGET, so that nothing in the source tree is newer than a build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [target, classes] = process.argv.slice(2);

// By content and not by age: a checkout makes old sources new and new ones old.
function digest(names) {
  const hash = createHash('sha256');
  for (const name of names) {
    const content = readFileSync(join(here, name));
    hash.update(`${name} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

function unlessDone(stamp, wanted, work) {
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    rmSync(stamp, { force: true });
    work();
    writeFileSync(stamp, wanted);
  }
}

function run(command, ...options) {
  const { status, error } = spawnSync(command, options, { cwd: target, stdio: 'inherit' });
  if (error || status !== 0) {
    console.error(`contracts: ${command} ${options.join(' ')} failed${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
}

const packages = ['package.json', 'package-lock.json'];
const sources = readdirSync(here)
  .filter((name) => !name.startsWith('.'))
  .sort();

mkdirSync(classes, { recursive: true });
unlessDone(join(classes, '.sources'), digest(sources), () => {
  mkdirSync(target, { recursive: true });
  unlessDone(join(target, '.packages'), digest(packages), () => {
    packages.forEach((name) => cpSync(join(here, name), join(target, name)));
    run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
  });
  const old = readdirSync(classes).filter((name) => name.endsWith('.json'));
  old.forEach((name) => rmSync(join(classes, name)));
  sources.forEach((name) => cpSync(join(here, name), join(target, name)));
  run(process.execPath, 'compile.js', classes);
});
