import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openValidator } from './validator.ts';

const folder = mkdtempSync(join(tmpdir(), 'voicemail-regions-'));
const validator = openValidator(folder);
after(() => {
  validator.close();
  rmSync(folder, { recursive: true });
});

const TEMPLATE = JSON.stringify({
  Resources: {
    Opens: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: 'a-function' } },
    Waits: { Type: 'AWS::SQS::Queue', Properties: { DelaySecond: 5 } },
  },
});

test('a Region refuses a resource type that it does not have, and every Region an unknown property', () => {
  const misspelled = /^Waits: .*'DelaySecond' was unexpected/;

  const home = validator.findingsIn(TEMPLATE, 'us-east-1');
  const govCloud = validator.findingsIn(TEMPLATE, 'us-gov-west-1').toSorted();

  assert.equal(home.length, 1);
  assert.match(home[0] ?? '', misspelled);
  assert.equal(govCloud.length, 2);
  assert.match(
    govCloud[0] ?? '',
    /^Opens: Resource type 'AWS::Lambda::Url' does not exist in 'us-gov-west-1'/,
  );
  assert.match(govCloud[1] ?? '', misspelled);
});

test('the schemas of a thousand types are there, of a version that is said', () => {
  assert.ok(validator.schemas > 1000, String(validator.schemas));
  assert.match(validator.version, /^\d+\.\d+\.\d+$/);
});
