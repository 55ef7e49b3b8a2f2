import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BILLING_ARN, INSTANCE_ARN } from '../../test/contact-record.ts';
import { destinationIn } from './recipient.ts';

test('a queue’s ARN gives the queue, an agent queue’s ARN the agent', () => {
  assert.deepEqual(destinationIn(BILLING_ARN, INSTANCE_ARN), {
    kind: 'queue',
    queueId: 'b1b1b1b1-0000-4000-8000-00000000b001',
  });
  assert.deepEqual(destinationIn(`${INSTANCE_ARN}/queue/agent/d4d4`, INSTANCE_ARN), {
    kind: 'agent',
    userId: 'd4d4',
  });
});

test('a queue of another instance, or any other text, gives nothing', () => {
  for (const arn of ['', 'Billing', BILLING_ARN.replace('aaaa', 'bbbb'), `${INSTANCE_ARN}/contact-flow/f1`]) {
    assert.equal(destinationIn(arn, INSTANCE_ARN), undefined);
  }
});
