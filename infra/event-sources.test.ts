import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import config from '../voicemail.config.ts';
import { allWorkersAtOnce } from './queue-workers.ts';
import { readable, testStack, type TemplateResource } from './stack.fixture.ts';

const stack = testStack(config);
const Scaling = z.object({ MaximumConcurrency: z.number() });

before(() => void stack.app.synth());
after(() => stack.remove());

test('a message stays hidden for six times as long as its function may run, and is tried for hours', () => {
  for (const mapping of stack.resourcesOf('AWS::Lambda::EventSourceMapping')) {
    const queue = resource(readable(mapping.Properties['EventSourceArn']).replace('.Arn', ''));
    assert.deepEqual(mapping.Properties['FunctionResponseTypes'], ['ReportBatchItemFailures']);
    if (!queue) continue; // the contact record stream is not ours
    const worker = resource(readable(mapping.Properties['FunctionName']));
    const timeoutSeconds = Number(worker?.Properties['Timeout']);
    assert.ok(Number(queue.Properties['VisibilityTimeout']) >= 6 * timeoutSeconds, queue.id);
    assert.partialDeepStrictEqual(queue.Properties['RedrivePolicy'], { maxReceiveCount: 160 });
  }
});

test('however many callers there are, most of the account’s 1,000 concurrent functions are left to others', () => {
  const limits = stack
    .resourcesOf('AWS::Lambda::EventSourceMapping')
    .map(({ Properties }) => Scaling.safeParse(Properties['ScalingConfig']).data?.MaximumConcurrency);
  const [unlimited, limited] = [
    limits.filter((limit) => !limit),
    limits.filter((limit) => limit !== undefined),
  ];

  // Contact records alone: as many at a time as their stream has shards.
  assert.equal(unlimited.length, 1);
  const sum = limited.reduce((all, limit) => all + limit, 0);
  assert.ok(sum <= 100);
  assert.equal(sum, allWorkersAtOnce(config), 'what doctor and vmx scale reckon with');
});

test('a flagged call is read from the stream, recorded or not, and so is the end of a task of ours', () => {
  const [mapping] = stack
    .resourcesOf('AWS::Lambda::EventSourceMapping')
    .filter(({ Properties }) => Properties['EventSourceArn'] === config.contactRecordStreamArn);

  assert.deepEqual(mapping?.Properties['FilterCriteria'], {
    Filters: [
      { Pattern: '{"data":{"Channel":["VOICE"],"Attributes":{"vmx3_flag":["1"]}}}' },
      { Pattern: '{"data":{"Channel":["TASK"],"Attributes":{"vmx3_contact_id":[{"exists":true}]}}}' },
    ],
  });
  assert.equal(mapping?.Properties['MaximumRecordAgeInSeconds'], 82_800);
});

function resource(id: string): TemplateResource | undefined {
  return stack.resources().find((candidate) => candidate.id === id);
}
