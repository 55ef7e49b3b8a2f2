import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { parseConfig } from '../../infra/config.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import sample from '../../voicemail.config.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';

const WORDS = 'my account number is nine nine seven';
const NAME = 'Wilhelmina Oakenshield';
/** All that a caller or a flow can bring in. */
const PERSONAL = [CALLER, CALLER.slice(2), WORDS, 'nine nine', NAME, 'Oakenshield', '/r/', 'X-Amz-'];

const Line = z.looseObject({ level: z.string().optional(), message: z.string().optional() });

/** What the functions log of one voicemail, by a level. */
async function linesAt(logLevel: 'debug' | 'info' | 'warn' | 'error') {
  const config = parseConfig({ ...sample, logLevel, monitoring: 'full', deliveryMode: 'guided_task' });
  const recognizer = createStandInRecognizer(WORDS);
  const { simulator, happenings, taskOf, settled } = await startLaptop({
    ...otherSettings(config),
    recognizer,
  });
  const { contactId } = simulator.connect.placeCall({
    from: CALLER,
    queueArn: BILLING_ARN,
    audio: spokenNoise(2),
    attributes: { customer_name: NAME },
  });
  const task = await taskOf(contactId);
  assert.match(task.description, new RegExp(WORDS));
  await settled(contactId);
  await (await fetch(task.references['Recording']?.value ?? '')).arrayBuffer();
  return happenings.flatMap((one) => (one.kind === 'log' ? [one.line] : []));
}

const levelsIn = (lines: readonly string[]) =>
  new Set(lines.flatMap((line) => Line.parse(JSON.parse(line)).level ?? []));
const metricsIn = (lines: readonly string[]) => lines.filter((line) => line.includes('"_aws"')).length;

for (const [level, shown] of [
  ['debug', ['DEBUG', 'INFO']],
  ['info', ['INFO']],
  ['error', []],
] as const) {
  test(`at ${level} a voicemail logs what the level says, counts everything, and shows no caller`, async () => {
    const lines = await linesAt(level);

    assert.deepEqual([...levelsIn(lines)].toSorted(), shown);
    assert.ok(metricsIn(lines) > 0, 'no metrics');
    for (const line of lines) {
      for (const telling of PERSONAL) assert.ok(!line.includes(telling), `${telling} in ${line}`);
    }
    const debug = lines.filter((line) => line.includes('"message done"'));
    assert.equal(debug.length > 0, level === 'debug');
  });
}
