import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwsError } from '../../simulator/service.ts';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';

/** More than the SDK's own tries, so that the function itself fails. */
const LOST_ANSWERS = 5;

test('a task whose answers are lost is still one task', async () => {
  let calls = 0;
  const { simulator, happenings, settled, tasksOf } = await startLaptop({
    interfere({ operation }) {
      if (operation !== 'StartTaskContact') return undefined;
      calls += 1;
      if (calls > LOST_ANSWERS) return undefined;
      return { when: 'after', error: new AwsError('InternalServiceException', 500, 'the answer is lost') };
    },
  });

  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: spokenNoise(2) });
  await settled(contactId);

  const created = happenings.filter(({ kind }) => kind === 'task-created');
  assert.ok(calls > LOST_ANSWERS);
  assert.equal(created.length, 1);
  assert.equal(tasksOf(contactId).length, 1);
});
