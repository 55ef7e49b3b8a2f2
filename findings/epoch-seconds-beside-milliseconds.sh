#!/usr/bin/env bash
# @cloud-copilot/iam-simulate and dates in seconds: IAM takes a date as ISO 8601 or as seconds since 1970, in a policy
# and in a request. One in seconds beside one in words is compared with milliseconds. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @cloud-copilot/iam-simulate@0.1.173
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { runSimulation } from '@cloud-copilot/iam-simulate';
const manifest = 'node_modules/@cloud-copilot/iam-simulate/package.json';
console.log(`iam-simulate ${JSON.parse(readFileSync(manifest, 'utf8')).version}`);
const allow = (Condition) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition });
const now = { '2026-03-04T05:06:07Z': 'in words', 1772600767: 'in seconds' };
const laterAs = { '2030-03-17T17:46:40Z': 'in words', 1900000000: 'in seconds' };
for (const [later, form] of Object.entries(laterAs)) {
  for (const [time, timeForm] of Object.entries(now)) {
    const Statement = [allow({ DateLessThan: { 'aws:CurrentTime': later } })];
    const { overallResult } = await runSimulation(
      {
        request: {
          principal: 'arn:aws:iam::111122223333:role/reader',
          action: 's3:GetObject',
          resource: { resource: 'arn:aws:s3:::recordings/c1.wav', accountId: '111122223333' },
          contextVariables: { 'aws:CurrentTime': time },
        },
        identityPolicies: [{ name: 'dates', policy: { Version: '2012-10-17', Statement } }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    console.log(`2026 ${timeForm} is before 2030 ${form}: ${overallResult}`);
  }
}
JS
cat > expected.txt <<'TXT'
iam-simulate 0.1.173
2026 in seconds is before 2030 in seconds: Allowed
2026 in words is before 2030 in seconds: ImplicitlyDenied
2026 in seconds is before 2030 in words: Allowed
2026 in words is before 2030 in words: Allowed
TXT
node run.mjs | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
