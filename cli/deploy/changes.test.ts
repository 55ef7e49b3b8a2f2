import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesText, losses, type ResourceChange, type StackChanges } from './changes.ts';

const QUEUE: ResourceChange = {
  logicalId: 'recordingqueue1A2B',
  type: 'AWS::SQS::Queue',
  name: 'recording-queue',
  kind: 'changed',
};
const RULE: ResourceChange = { ...QUEUE, logicalId: 'rule', type: 'AWS::Events::Rule', name: 'sweep-rule' };

function changes(...resources: readonly ResourceChange[]): StackChanges {
  return { isFirst: false, resources, isWider: false };
}

test('what is replaced is said with what is lost with it, before all else', () => {
  const text = changesText(changes(RULE, { ...QUEUE, kind: 'replaced' }), 'VoicemailExpress');

  assert.equal(
    text,
    [
      'The stack VoicemailExpress would be changed:',
      '  REPLACED: recording-queue (AWS::SQS::Queue, recordingqueue1A2B). Lost: the voicemails that wait in it.',
      '  changed: sweep-rule (AWS::Events::Rule, rule)',
    ].join('\n'),
  );
});

test('only what holds something is lost, and only if it is replaced or deleted', () => {
  const all = (['created', 'changed', 'replaced', 'may be replaced', 'deleted', 'kept'] as const).flatMap(
    (kind) => [
      { ...QUEUE, kind, logicalId: `queue ${kind}` },
      { ...RULE, kind, logicalId: `rule ${kind}` },
    ],
  );

  assert.deepEqual(
    losses(changes(...all)).map(({ logicalId }) => logicalId),
    ['queue replaced', 'queue may be replaced', 'queue deleted'],
  );
});

test('resources of a first deployment are counted by type', () => {
  const created = [QUEUE, { ...QUEUE, logicalId: 'other' }, RULE].map((one) => ({
    ...one,
    kind: 'created' as const,
  }));

  assert.equal(
    changesText({ isFirst: true, resources: created, isWider: true }, 'Acme'),
    [
      'The stack Acme would be made:',
      '  created: 3 resources',
      '    1 × AWS::Events::Rule',
      '    2 × AWS::SQS::Queue',
      '  Roles are made, one for each function.',
    ].join('\n'),
  );
});

test('wider permissions of an update are said, and so is that no resource changes', () => {
  assert.match(changesText({ ...changes(RULE), isWider: true }, 'Acme'), /allow more than before/);
  assert.match(changesText(changes(), 'Acme'), /Acme would be changed:\n {2}no resource; only outputs/);
});
