import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleValues } from '../../cli/doctor/lanes/account/sample-values.ts';
import { createLook } from '../../cli/doctor/look.ts';
import sample from '../../voicemail.config.ts';

test('the values of the sample are right in the simulator, and wrong in AWS', async () => {
  const limits = { wait: () => Promise.resolve(), clock: () => 0 };
  const at = (endpoint: string) => createLook({ config: sample, limits, place: { endpoint } });

  const onTheLaptop = await sampleValues.run(at('http://127.0.0.1:4566'));
  const inAws = await sampleValues.run(at('https://connect.us-east-1.amazonaws.com'));

  assert.equal(sampleValues.id, 'sample-values');
  assert.deepEqual(onTheLaptop, []);
  assert.partialDeepStrictEqual(inAws, [{ severity: 'blocker' }]);
  assert.match(inAws[0]?.evidence[0]?.saw ?? '', /^instanceArn has the instance of the sample/);
});
