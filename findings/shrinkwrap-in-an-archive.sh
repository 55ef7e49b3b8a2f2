#!/usr/bin/env bash
# npm and an npm-shrinkwrap.json that a package carries: installed from a registry, the package gets the versions in
# it; the same archive, installed as a file or from its address, gets the newest that its package.json allows, without
# a word. The registry here is a small server on this machine. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund npm@11.19.1
cat > run.mjs <<'JS'
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
const run = promisify(execFile);
const NPM = resolve('node_modules/npm/bin/npm-cli.js');
const npm = (cwd, ...words) => run(process.execPath, [NPM, ...words, '--no-audit', '--no-fund'], { cwd });
console.log(`npm ${(await npm('.', '--version')).stdout.trim()}`);

/** The shrinkwrap says ms 2.0.0; package.json allows newer ones. */
const manifest = { name: '@example/made', version: '1.0.0', dependencies: { ms: '2.0.0' } };
mkdirSync('made');
writeFileSync('made/package.json', JSON.stringify(manifest));
await npm('made', 'install', '--package-lock-only');
await npm('made', 'shrinkwrap');
manifest.dependencies.ms = '^2.0.0';
writeFileSync('made/package.json', JSON.stringify(manifest));
const lock = JSON.parse(readFileSync('made/npm-shrinkwrap.json', 'utf8'));
lock.packages[''].dependencies.ms = '^2.0.0';
writeFileSync('made/npm-shrinkwrap.json', JSON.stringify(lock));
await npm('made', 'pack');
const archive = readFileSync('made/example-made-1.0.0.tgz');
const { stdout: packed } = await run('tar', ['tzf', 'made/example-made-1.0.0.tgz']);
console.log(`in the archive: ${packed.trim().split('\n').toSorted().join(', ')}`);

const server = createServer((request, answer) => {
  if (request.url === '/made.tgz') return answer.end(archive);
  const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  const dist = { tarball: `http://${request.headers.host}/made.tgz`, integrity };
  const versions = { '1.0.0': { ...manifest, _hasShrinkwrap: true, dist } };
  answer.setHeader('content-type', 'application/json');
  answer.end(JSON.stringify({ name: manifest.name, 'dist-tags': { latest: '1.0.0' }, versions }));
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const here = `http://127.0.0.1:${server.address().port}`;
const ways = { registry: '@example/made@1.0.0', file: '../made/example-made-1.0.0.tgz', address: `${here}/made.tgz` };
for (const [way, what] of Object.entries(ways)) {
  mkdirSync(way);
  writeFileSync(join(way, 'package.json'), '{"private":true}');
  writeFileSync(join(way, '.npmrc'), `@example:registry=${here}\n`);
  const { stderr } = await npm(way, 'install', what);
  const { packages } = JSON.parse(readFileSync(join(way, 'package-lock.json'), 'utf8'));
  const [, { version }] = Object.entries(packages).find(([place]) => place.endsWith('node_modules/ms'));
  const words = /shrinkwrap/i.test(stderr) ? 'says so' : 'silent';
  console.log(`${way}: ms ${version === '2.0.0' ? 'as in the shrinkwrap' : 'newer'}, ${words}`);
}
server.close();
JS
cat > expected.txt <<'TXT'
npm 11.19.1
in the archive: package/npm-shrinkwrap.json, package/package.json
registry: ms as in the shrinkwrap, silent
file: ms newer, silent
address: ms newer, silent
TXT
node run.mjs | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
