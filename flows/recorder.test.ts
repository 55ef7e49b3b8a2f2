import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recorder, recordingPlan } from './recorder.ts';
import { lintFlow } from './lint/lint-flow.ts';
import { callerSettings } from './settings.ts';
import { voicemailModule } from './voicemail-module.ts';

test('the waits of a message add up to maxSeconds, and none is too long for Connect', () => {
  for (let maxSeconds = 5; maxSeconds <= 1200; maxSeconds += 1) {
    const { threeMinutes, untilWarningSeconds, hasWarning } = recordingPlan(maxSeconds);

    assert.equal(threeMinutes * 180 + untilWarningSeconds + (hasWarning ? 10 : 0), maxSeconds);
    assert.ok(untilWarningSeconds >= 2 && untilWarningSeconds <= 181, `${maxSeconds}`);
  }
});

test('eight minutes are two times three minutes, a rest, and ten seconds behind a tone', () => {
  const steps = recorder(callerSettings({ maxSeconds: 480 }), 'Sorry');

  assert.deepEqual(steps['Three more minutes?']?.parameters, { LoopCount: '2' });
  assert.partialDeepStrictEqual(steps['Record three minutes']?.parameters, { InputTimeLimitSeconds: '179' });
  assert.partialDeepStrictEqual(steps.Record.parameters, { InputTimeLimitSeconds: '109' });
  assert.partialDeepStrictEqual(steps['Record the last seconds']?.parameters, { InputTimeLimitSeconds: '9' });
});

test('the flag is set once streaming runs, and the tone is next', () => {
  const steps = recorder(callerSettings(), 'Sorry');

  assert.equal(steps['Start streaming']?.next, 'Flag as voicemail');
  assert.equal(steps['Flag as voicemail'].next, 'Tone');
  assert.equal(steps.Tone.next, 'Record');
});

test('a caller who cannot be recorded goes on unflagged, after two more tries', () => {
  const steps = recorder(callerSettings(), 'Sorry');

  assert.deepEqual(steps['Start streaming']?.errors, { NoMatchingError: 'Another try?' });
  assert.deepEqual(steps['Another try?'].parameters, { LoopCount: '2' });
  assert.equal(steps['Another try?'].next, 'Sorry');
  assert.deepEqual(steps['Flag as voicemail'].errors, { NoMatchingError: 'Stop what was not flagged' });
  assert.equal(steps['Stop what was not flagged']?.next, 'Sorry');
});

test('a caller who is recorded by the automated interaction is not streamed, and told if that cannot start', () => {
  const steps = recorder(callerSettings({}, 'en-US', 'ivr'), 'Sorry');
  const types = Object.values(steps).map((step) => step?.type);

  assert.ok(!types.includes('UpdateContactMediaStreamingBehavior'));
  assert.equal(steps['Start recording']?.next, 'Flag as voicemail');
  assert.deepEqual(steps['Start recording']?.errors, {
    NoMatchingError: 'Another try?',
    ChannelMismatch: 'Another try?',
  });
  assert.equal(steps['Ask for a moment'].next, 'Start recording');
  assert.equal(steps['Another try?'].next, 'Sorry');
  assert.equal(steps['Stop what was not flagged']?.next, 'Sorry');
  assert.equal(steps.Record.next, 'Stop recording');
});

const failed = (to: string) => ({ NoMatchingError: to, ChannelMismatch: to });

test('with both sources either is enough, and a caller goes on unflagged only if neither starts', () => {
  const steps = recorder(callerSettings({}, 'en-US', 'both'), 'Sorry');

  assert.deepEqual(
    [steps['Start streaming']?.next, steps['Start streaming']?.errors],
    ['Record too', { NoMatchingError: 'Record instead' }],
  );
  assert.deepEqual(
    [steps['Record too']?.next, steps['Record too']?.errors],
    ['Flag as voicemail', failed('Flag as voicemail')],
  );
  assert.deepEqual(
    [steps['Record instead']?.next, steps['Record instead']?.errors],
    ['Flag as voicemail', failed('Another try?')],
  );
  assert.equal(steps['Stop streaming']?.next, 'Stop recording');
  assert.equal(steps['Stop what was not flagged']?.next, 'Stop recording what was not flagged');
});

test('a recording is paused by no step from which a message can follow', () => {
  for (const source of ['ivr', 'both'] as const) {
    const { content, name, type } = voicemailModule(callerSettings({}, 'en-US', source));
    assert.deepEqual(lintFlow({ json: content, name, type }), []);
  }
});
