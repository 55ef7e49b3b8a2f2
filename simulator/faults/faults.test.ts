import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwsError } from '../service.ts';
import type { FaultPlan } from './fault-plan.ts';
import { createFaults } from './faults.ts';

const OPERATIONS = ['PutObject', 'GetObject', 'HeadObject'];

test('the same seed does the same to the same calls, in whatever order, and another seed does not', () => {
  const plan = { seed: 7, failing: 0.2, crashing: 0.02, slow: 0.1 };

  const inOrder = injectedInto(plan, OPERATIONS);
  const inAnotherOrder = injectedInto(plan, OPERATIONS.toReversed());
  const withAnotherSeed = injectedInto({ ...plan, seed: 8 }, OPERATIONS);

  for (const operation of OPERATIONS) {
    assert.deepEqual(inOrder[operation], inAnotherOrder[operation]);
    assert.notDeepEqual(inOrder[operation], withAnotherSeed[operation]);
  }
});

test('the share of calls that fail is the one that was asked for', () => {
  const { PutObject = [] } = injectedInto({ failing: 0.2 }, ['PutObject'], 10_000);

  const share = PutObject.filter((what) => what !== 'nothing').length / PutObject.length;

  assert.ok(share > 0.19 && share < 0.21, `${share}`);
});

test('a rule is for the nth call of those that it names, and of no others', () => {
  const faults = createFaults({
    rules: [{ service: 's3', operation: 'PutObject', caller: 'Saver', about: 'a1', nth: 2, fault: 'fail' }],
  });
  const ask = (operation: string, caller: string, event: string) =>
    faults.interfere({ service: 's3', operation, caller, invocation: invocation(event) }) !== undefined;

  assert.deepEqual(
    [
      ask('PutObject', 'Saver', 'a1'),
      ask('PutObject', 'Other', 'a1'),
      ask('PutObject', 'Saver', 'b2'),
      ask('GetObject', 'Saver', 'a1'),
      ask('PutObject', 'Saver', 'a1'),
      ask('PutObject', 'Saver', 'a1'),
    ],
    [false, false, false, false, true, false],
  );
  assert.deepEqual(faults.injected(), { fail: 1 });
  assert.deepEqual(faults.used(), [true]);
});

test('chance is for calls of functions only, a rule for calls of every caller', () => {
  const call = { service: 'sqs', operation: 'SendMessage', caller: 'an administrator' };
  const faults = createFaults({ failing: 1 });

  assert.equal(faults.interfere(call), undefined);
  faults.set({ rules: [{ service: 'sqs', fault: 'throttle' }] });
  const fault = faults.interfere(call);
  faults.clear();

  assert.ok(typeof fault === 'object' && 'error' in fault && fault.error instanceof AwsError);
  assert.equal(fault.error.code, 'RequestThrottled');
  assert.equal(faults.interfere(call), undefined);
  assert.deepEqual(faults.injected(), { throttle: 1 });
});

test('messages come late and twice as often as asked', () => {
  const { disorder, injected } = createFaults({ repeated: 0.5, late: 0.5 });

  const repeated = Array.from({ length: 1000 }, () => disorder.repeatedAfterMs('queue'));
  const late = Array.from({ length: 1000 }, () => disorder.lateMs('queue'));

  assert.equal(repeated.filter((ms) => ms !== undefined).length, injected()['repeated']);
  assert.ok(repeated.includes(0) && repeated.some((ms) => ms !== undefined && ms > 1000));
  assert.equal(late.filter((ms) => ms > 0).length, injected()['late']);
  assert.ok(late.filter((ms) => ms > 0).length > 400);
});

/** What happens to so many calls of each operation, one of each in turn. */
function injectedInto(plan: FaultPlan, operations: readonly string[], calls = 200) {
  const { interfere } = createFaults(plan);
  const told: Record<string, string[]> = {};
  for (let count = 0; count < calls; count += 1) {
    for (const operation of operations) {
      const fault = interfere({ service: 's3', operation, caller: 'Saver', invocation: invocation('') });
      (told[operation] ??= []).push(wordsFor(fault));
    }
  }
  return told;
}

function wordsFor(fault: ReturnType<ReturnType<typeof createFaults>['interfere']>): string {
  if (fault === undefined || fault instanceof AwsError) return fault?.code ?? 'nothing';
  if ('delayMs' in fault) return `slow ${fault.delayMs}`;
  const { when, error } = fault;
  return `${when} ${error instanceof AwsError ? error.status : error}`;
}

function invocation(event: string) {
  return {
    isAbout: (text: string) => event.includes(text),
    ids: () => [],
    kill: async () => {},
    pause: () => () => {},
  };
}
