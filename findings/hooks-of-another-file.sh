#!/usr/bin/env bash
# Node's test runner with --test-isolation=none: beforeEach at the top of one file runs before the tests of the others
# too, and its after only when all files are done. With a process for each file, both belong to their file. Fails if
# that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm pkg set --json allowScripts.node=true
npm install --silent --no-audit --no-fund node@24.21.0
cat > one.test.mjs <<'JS'
import { after, beforeEach, test } from 'node:test';
beforeEach((context) => console.log(`  one's beforeEach: ${context.name}`));
after(() => console.log("  one's after"));
test('first', () => console.log('  first'));
JS
cat > two.test.mjs <<'JS'
import { test } from 'node:test';
test('second', () => console.log('  second'));
JS
cat > silent.mjs <<'JS'
export default async function* silent(events) {
  for await (const { type, data } of events) if (type === 'test:stdout') yield data.message;
}
JS
cat > expected.txt <<'TXT'
node v24.21.0
--test-isolation=process
  one's beforeEach: first
  first
  one's after
  second
--test-isolation=none
  one's beforeEach: first
  first
  one's beforeEach: second
  second
  one's after
TXT
node=node_modules/node/bin/node
{
  echo "node $($node --version)"
  for isolation in process none; do
    echo "--test-isolation=$isolation"
    $node --test --test-isolation=$isolation --test-concurrency=1 --test-reporter=./silent.mjs one.test.mjs two.test.mjs
  done
} | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
