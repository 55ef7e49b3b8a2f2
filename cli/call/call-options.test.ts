import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeWav } from '../../simulator/audio/write-wav.ts';
import { parseCallOptions } from './call-options.ts';

const TONE = { kind: 'hear', what: '(tone)' } as const;

test('without options a caller rings the test flow and hangs up', () => {
  const options = parseCallOptions([]);

  assert.deepEqual(options, {
    from: '+15555550142',
    flow: 'test',
    script: [],
    expect: 'delivered',
    isJson: false,
    isRealTime: false,
    hasFlowLog: false,
    isStrict: false,
    isOnce: false,
  });
});

test('menus are answered one after the other, and a message is left after the tone', () => {
  const { script } = parseCallOptions(['--press', '1,2', '--say', 'Call me.']);

  assert.deepEqual(script, [
    { kind: 'press', keys: '1', when: 'asked' },
    { kind: 'press', keys: '2', when: 'asked' },
    TONE,
    { kind: 'say', audio: 'Call me.' },
  ]);
});

test('a mode presses the keys of the test flow', () => {
  const { script } = parseCallOptions(['--mode', 'email', '--say', 'Call me.']);

  assert.deepEqual(script.slice(0, 2), [
    { kind: 'press', keys: '3', when: 'asked' },
    { kind: 'press', keys: '1', when: 'asked' },
  ]);
  assert.throws(() => parseCallOptions(['--mode', 'fax']), /none of task, guided_task and email/);
  assert.throws(() => parseCallOptions(['--mode', 'task', '--flow', 'entry-busy']), /for the test flow/);
});

test('steps come in the order given, and what is waited for replaces the tone', () => {
  const { script } = parseCallOptions(
    [
      '--wait',
      '1.5',
      '--press',
      '1',
      '--hear',
      'offer',
      '--press',
      '2',
      '--hear',
      'tone',
      '--say',
      'A',
    ].concat(['--say', 'B', '--press', '#', '--stay']),
  );

  assert.deepEqual(script, [
    { kind: 'wait', ms: 1500 },
    { kind: 'press', keys: '1' },
    { kind: 'hear', what: 'offer' },
    { kind: 'press', keys: '2', when: 'asked' },
    TONE,
    { kind: 'say', audio: 'A' },
    { kind: 'say', audio: 'B' },
    { kind: 'press', keys: '#', when: 'asked' },
    { kind: 'stay' },
  ]);
});

test('a WAV file is played unchanged, and an invalid file is named', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'call-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a.wav'), writeWav(Int16Array.of(1, 2, 3)));
  writeFileSync(join(folder, 'b.wav'), 'text');
  writeFileSync(join(folder, 'empty.wav'), writeWav(new Int16Array()));

  const { script } = parseCallOptions(['--say', join(folder, 'a.wav')]);

  assert.deepEqual(script.at(-1), { kind: 'say', audio: Int16Array.of(1, 2, 3) });
  assert.throws(() => parseCallOptions(['--say', join(folder, 'b.wav')]), /b\.wav: not a WAV file/);
  assert.throws(() => parseCallOptions(['--say', join(folder, 'c.wav')]), /c\.wav: cannot be read/);
  assert.throws(() => parseCallOptions(['--say', join(folder, 'empty.wav')]), {
    message: /empty\.wav: a WAV file without a single sample$/,
  });
});

test("the user's own flow is given by its file, an agent and the outcome by name", () => {
  const options = parseCallOptions([
    '--flow',
    'my.json',
    '--agent',
    'ana.ruiz',
    '--expect',
    'nothing',
    '--hang-up',
    '--json',
  ]);

  assert.deepEqual(options, {
    from: '+15555550142',
    flowFile: 'my.json',
    script: [{ kind: 'hang-up' }],
    agent: 'ana.ruiz',
    expect: 'nothing',
    isJson: true,
    isRealTime: false,
    hasFlowLog: false,
    isStrict: false,
    isOnce: false,
  });
});

for (const [args, message] of [
  [['--press', '1,x'], /--press x: a telephone has 0 to 9/],
  [['--wait', 'long'], /--wait long is no number of seconds/],
  [['--expect', 'wonders'], /--expect wonders is neither delivered nor nothing/],
  [['--sing'], /Unknown option '--sing'/],
  [['--endpoint', 'https://example.com'], /--endpoint https:\/\/example\.com is no address of this machine/],
  [['--endpoint', 'http://localhost:4566', '--faults', '0.1'], /start a simulator of their own/],
  [['--say', 'message.mp3'], /message\.mp3: cannot be read/],
] as const) {
  test(`${args.join(' ')} is refused in words`, () => {
    assert.throws(() => parseCallOptions(args), message);
  });
}

test('the time of the call and the simulator are passed on, and one that is started can end with the call', () => {
  const options = parseCallOptions(['--at', '22:30', '--endpoint', 'http://127.0.0.1:4566', '--once']);

  assert.partialDeepStrictEqual(options, { at: '22:30', endpoint: 'http://127.0.0.1:4566', isOnce: true });
});

test('an agent can be free during the call, which can be in real time and leave its flow log', () => {
  const options = parseCallOptions([
    '--agent',
    'ana.ruiz',
    '--agent-free-after',
    '2.5',
    '--real-time',
    '--flow-log',
  ]);

  assert.partialDeepStrictEqual(options, { agentFreeAfterMs: 2500, isRealTime: true, hasFlowLog: true });
  assert.throws(() => parseCallOptions(['--agent-free-after', '2']), /needs an --agent/);
  assert.throws(
    () => parseCallOptions(['--agent', 'ana.ruiz', '--agent-free-after', 'soon']),
    /--agent-free-after soon is no number of seconds/,
  );
});
