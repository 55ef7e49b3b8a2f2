import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pressed, Prompt, Voice } from './voice.ts';
import { testCaller } from './caller.fixture.ts';

const TONE = '<say-as interpret-as="expletive">beep</say-as>';
const MENU: Prompt = { kind: 'text', text: 'Press one for billing.' };

test('a caller hears the prompts of a flow, and hangs up after the last step', async (t) => {
  const { call, told } = testCaller(t);

  const { contact, heard } = await call([{ kind: 'hear', what: 'goodbye' }], async (line, signal) => {
    await play(line, signal, 'Hello.');
    await play(line, signal, 'Goodbye.');
    await line.nextKey({ signal, withinMs: 60_000 });
  });

  assert.deepEqual(heard, ['Hello.', 'Goodbye.']);
  assert.equal(contact.disconnectReason, 'CUSTOMER_DISCONNECT');
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['ring', 'heard', 'heard', 'hang-up'],
  );
});

test('a caller who stays is on the line until the flow hangs up', async (t) => {
  const { call } = testCaller(t);

  const { contact } = await call([{ kind: 'stay' }], (line, signal) => play(line, signal, 'Goodbye.'));

  assert.equal(contact.disconnectReason, 'CONTACT_FLOW_DISCONNECT');
});

test('a key ends a prompt that can be ended, at once, and is the answer', async (t) => {
  const { call, clock } = testCaller(t);
  let outcome: unknown;
  let tookMs = 0;

  await call(
    [{ kind: 'wait', ms: 400 }, { kind: 'press', keys: '1' }, { kind: 'stay' }],
    async (line, signal) => {
      const startedAtMs = clock.now();
      outcome = await line.play({ kind: 'text', text: 'x'.repeat(150) }, { signal, stopsAtKey: true });
      tookMs = clock.now() - startedAtMs;
    },
  );

  assert.deepEqual(outcome, { kind: 'key', key: '1' });
  assert.ok(tookMs < 10_000, `${tookMs} ms`);
});

test('a key that is pressed while a message plays is lost', async (t) => {
  const { call } = testCaller(t);
  let pressed: Pressed | undefined;

  const { heard } = await call(
    [{ kind: 'wait', ms: 400 }, { kind: 'press', keys: '1' }, { kind: 'stay' }],
    async (line, signal) => {
      await play(line, signal, 'Please listen to the end of this.');
      pressed = await line.nextKey({ signal, withinMs: 5000 });
    },
  );

  assert.deepEqual(pressed, { kind: 'time-out' });
  assert.deepEqual(heard, ['Please listen to the end of this.']);
});

test('a key is not lost if it is pressed at the moment the message before the question ends', async (t) => {
  const { call } = testCaller(t);
  let pressed: Pressed | undefined;

  await call(
    [{ kind: 'hear', what: 'press one' }, { kind: 'press', keys: '1' }, { kind: 'stay' }],
    async (line, signal) => {
      await line.play(MENU, { signal, stopsAtKey: false });
      pressed = await line.nextKey({ signal, withinMs: 5000 });
    },
  );

  assert.deepEqual(pressed, { kind: 'key', key: '1' });
});

test('a caller can wait until the flow accepts a key', async (t) => {
  const { call } = testCaller(t);
  let pressed: Pressed | undefined;

  await call([{ kind: 'press', keys: '1', when: 'asked' }, { kind: 'stay' }], async (line, signal) => {
    await play(line, signal, 'Welcome.');
    pressed = await line.nextKey({ signal, withinMs: 5000 });
  });

  assert.deepEqual(pressed, { kind: 'key', key: '1' });
});

test('several keys come one after the other', async (t) => {
  const { call } = testCaller(t);
  const keys: string[] = [];

  await call([{ kind: 'press', keys: '42#' }, { kind: 'stay' }], async (line, signal) => {
    for (let pressed = await key(line, signal); pressed.kind === 'key'; pressed = await key(line, signal))
      keys.push(pressed.key);
  });

  assert.deepEqual(keys, ['4', '2', '#']);
});

test('a flow can only wait for one thing at a time', async (t) => {
  const { call } = testCaller(t);

  await call([{ kind: 'stay' }], async (line, signal) => {
    const first = key(line, signal);
    await assert.rejects(key(line, signal), /waits for the caller already/);
    await first;
  });
});

test('a caller can react in the middle of a prompt', async (t) => {
  const { call, told } = testCaller(t);

  await call(
    [{ kind: 'hear', what: /billing/, until: 'begun' }, { kind: 'press', keys: '1' }, { kind: 'stay' }],
    async (line, signal) => {
      await line.play(MENU, { signal, stopsAtKey: true });
      await play(line, signal, 'Billing it is.');
    },
  );

  const [heardAtMs, pressedAtMs] = told.filter(({ kind }) => kind !== 'ring').map(({ atMs }) => atMs);
  assert.equal(heardAtMs, pressedAtMs);
});

test('each prompt ends one wait only: the same words must be played again for the next', async (t) => {
  const { call } = testCaller(t);
  const menu = { kind: 'hear', what: 'press one' } as const;

  const { heard } = await call([menu, { kind: 'press', keys: '9' }, menu], async (line, signal) => {
    for (let round = 0; round < 5; round++) {
      await line.play(MENU, { signal, stopsAtKey: true });
      await line.nextKey({ signal, withinMs: 1000 });
    }
  });

  assert.deepEqual(heard, ['Press one for billing.', 'Press one for billing.']);
});

test('a caller who does not hear the awaited prompt hangs up, or goes on, after the time limit', async (t) => {
  const { call } = testCaller(t);
  const wait = { kind: 'hear', what: 'agent', withinMs: 2000 } as const;

  const impatient = await call([wait], key);
  const patient = await call(
    [{ ...wait, otherwise: 'go-on' }, { kind: 'press', keys: '0' }, { kind: 'stay' }],
    key,
  );

  assert.equal(impatient.contact.disconnectReason, 'CUSTOMER_DISCONNECT');
  assert.equal(patient.contact.disconnectReason, 'CONTACT_FLOW_DISCONNECT');
});

test('a caller who hangs up in the middle of a prompt ends it', async (t) => {
  const { call } = testCaller(t);
  const outcomes: unknown[] = [];

  const { contact } = await call(
    [{ kind: 'stay' }],
    async (line, signal) => {
      outcomes.push(await line.play({ kind: 'text', text: 'x'.repeat(300) }, { signal, stopsAtKey: false }));
      outcomes.push(await key(line, signal));
    },
    { hangUpAfterMs: 1500 },
  );

  assert.deepEqual(outcomes, [{ kind: 'stopped' }, { kind: 'stopped' }]);
  assert.ok((contact.endedAtMs ?? 0) - contact.initiatedAtMs < 20_000);
});

test('a caller can be made to hang up at any moment, before the first ring too', async (t) => {
  const { start, told } = testCaller(t);

  const ringing = start([{ kind: 'stay' }], key);
  const thinking = start([{ kind: 'say', audio: 'Hello.' }], key);
  ringing.hangUp();
  thinking.hangUp();
  await Promise.all([ringing.ended, thinking.ended]);

  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['ring', 'hang-up'],
  );
});

test('an agent who joins ends the prompt, and the caller hears the agent', async (t) => {
  const { call, clock } = testCaller(t);

  const { heard } = await call([{ kind: 'hear', what: '(agent)' }], async (line, signal) => {
    clock.after(2000, line.connectAgent);
    await line.play({ kind: 'text', text: 'x'.repeat(300) }, { signal, stopsAtKey: false });
  });

  assert.equal(heard.at(-1), '(agent)');
});

test('a prompt that cannot be played is not heard', async (t) => {
  const { call } = testCaller(t);
  const outcomes: string[] = [];

  const { heard } = await call([{ kind: 'stay' }], async (line, signal) => {
    for (const prompt of [
      { kind: 'prompt', promptId: 'none' },
      { kind: 'ssml', ssml: 'no markup' },
      { kind: 'ssml', ssml: '<speak><break time="11s"/></speak>' },
    ] as const) {
      const outcome = await line.play(prompt, { signal, stopsAtKey: false });
      outcomes.push(outcome.kind);
    }
  });

  assert.deepEqual(outcomes, ['unplayable', 'unplayable', 'unplayable']);
  assert.deepEqual(heard, []);
});

test('invalid keys are refused before the phone rings', (t) => {
  const { start, told } = testCaller(t);

  assert.throws(() => start([{ kind: 'press', keys: '1a' }], async () => {}), /no keys to press: 1a/);

  assert.deepEqual(told, []);
});

test('in real time a call takes real time', async (t) => {
  const { call, clock } = testCaller(t, { time: 'real' });
  const startedAtMs = clock.now();

  const { heard } = await call(
    [
      { kind: 'wait', ms: 20 },
      { kind: 'press', keys: '1' },
    ],
    async (line, signal) => {
      await line.play({ kind: 'ssml', ssml: `<speak>Hi.${TONE}</speak>` }, { signal, stopsAtKey: true });
      await key(line, signal);
    },
  );

  assert.deepEqual(heard, ['Hi.']);
  assert.ok(clock.now() - startedAtMs >= 265, `${clock.now() - startedAtMs} ms`);
});

function play(line: Voice, signal: AbortSignal, text: string) {
  return line.play({ kind: 'text', text }, { signal, stopsAtKey: false });
}

function key(line: Voice, signal: AbortSignal): Promise<Pressed> {
  return line.nextKey({ signal, withinMs: 3000 });
}
