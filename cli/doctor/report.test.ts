import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check, Finding, Outcome } from './check.ts';
import { DEPLOY, FIX, forDeployment } from './remedies.ts';
import { reportText } from './report.ts';

const CHECK: Check = { id: 'a', lane: 'stack', title: 'whether it is so', run: async () => [] };

const FINDING: Finding = {
  severity: 'note',
  certainty: 'certain',
  what: 'It is so.',
  suffers: 'Nobody.',
  evidence: [],
  remedy: `Deploy: ${DEPLOY}. Or: ${FIX}.`,
};

test('the commands of remedies name the deployment', () => {
  const [named] = forDeployment([{ kind: 'looked', check: CHECK, findings: [FINDING] }], 'globex');

  assert.ok(named?.kind === 'looked');
  assert.equal(
    named.findings[0]?.remedy,
    'Deploy: npx vmx deploy --deployment globex. Or: npx vmx init --deployment globex --fix.',
  );
});

const EXAMINED = { settingsFile: 'deployments/acme.config.ts', instanceArn: 'arn', stackName: 'Acme' };

test('what could not be looked at is not said to be right, and a missing permission is named once at the end', () => {
  const permission = 'cloudformation:DescribeStacks';
  const unseen: Outcome = {
    kind: 'cannot tell',
    check: CHECK,
    why: `${permission} is not allowed`,
    permission,
  };
  const sound: Outcome = { kind: 'looked', check: CHECK, findings: [] };

  const blind = reportText([unseen, unseen], EXAMINED);
  assert.match(blind, /^stack: 2 checks, none could look$/m);
  assert.match(blind, /\nPermissions that are missing: cloudformation:DescribeStacks\.\n/);
  assert.match(
    reportText([sound, unseen], EXAMINED),
    /^stack: 2 checks, nothing is wrong, 1 could not look$/m,
  );
  assert.match(reportText([sound], EXAMINED), /^stack: 1 check, nothing is wrong$/m);
  assert.doesNotMatch(reportText([sound], EXAMINED), /Permissions/);
});
