#!/usr/bin/env bash
# Node's test runner with --test-isolation=none: an after hook at the top of a file that throws is shown as failed, but
# the run counts no failure and ends with 0. With a process for each file it counts one and ends with 1. Fails if that
# changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm pkg set --json allowScripts.node=true
npm install --silent --no-audit --no-fund node@24.21.0
cat > one.test.mjs <<'JS'
import { after, test } from 'node:test';
after(() => { throw new Error('the server did not close'); });
test('first', () => {});
JS
cat > expected.txt <<'TXT'
node v24.21.0
--test-isolation=process: the error is shown: yes, failures counted: 1, exit code: 1
--test-isolation=none: the error is shown: yes, failures counted: 0, exit code: 0
TXT
node=node_modules/node/bin/node
{
  echo "node $($node --version)"
  for isolation in process none; do
    code=0
    $node --test --test-isolation=$isolation --test-reporter=spec one.test.mjs > output.txt 2>&1 || code=$?
    shown=no
    grep -q 'the server did not close' output.txt && shown=yes
    counted=$(sed -n 's/^ℹ fail //p' output.txt)
    echo "--test-isolation=$isolation: the error is shown: $shown, failures counted: $counted, exit code: $code"
  done
} | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
