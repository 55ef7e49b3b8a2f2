import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { flowOf } from '../services/connect/flow/flow.fixture.ts';
import { laptopWorld } from '../services/connect/sample-world.ts';
import { createStandInRecognizer } from '../recognizer/stand-in-recognizer.ts';
import { startSimulator } from '../simulator.ts';
import { writeWav } from '../audio/write-wav.ts';
import { aboutSchema, callEventSchema, type CallEvent, placedCallSchema } from './control-schema.ts';

const HOURS = {
  id: '40404040-0000-4000-8000-0000000000aa',
  name: 'Office hours',
  timeZone: 'Europe/Berlin',
  week: [{ day: 'MONDAY', from: '08:00', to: '18:00' }],
} as const;

/** Says whether it is open. */
const RECEPTION = flowOf(
  {
    hours: {
      does: 'CheckHoursOfOperation',
      with: { HoursOfOperationId: HOURS.id },
      next: 'open',
      when: { True: 'open', False: 'closed' },
      on: { NoMatchingError: 'end' },
    },
    open: { does: 'MessageParticipant', with: { Text: 'We are open.' }, next: 'end' },
    closed: { does: 'MessageParticipant', with: { Text: 'We are closed.' }, next: 'end' },
    end: { does: 'DisconnectParticipant' },
  },
  { id: 'f0f0f0f0-0000-4000-8000-00000000f001', name: 'Acme reception' },
);

async function start(t: TestContext) {
  const simulator = await startSimulator({
    world: laptopWorld({ hoursOfOperation: [HOURS], flows: [...laptopWorld().flows, RECEPTION] }),
    time: 'fast',
    recognizer: createStandInRecognizer('hello'),
  });
  t.after(simulator.close);
  const post = (order: unknown, headers: Record<string, string> = {}) =>
    fetch(`${simulator.endpoint}/_simulator/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof order === 'string' ? order : JSON.stringify(order),
    });
  async function eventsOf(placed: Response): Promise<readonly CallEvent[]> {
    assert.equal(placed.status, 201, await placed.clone().text());
    const { events } = placedCallSchema.parse(await placed.json());
    const text = await (await fetch(simulator.endpoint + events)).text();
    return text
      .trim()
      .split('\n')
      .map((line) => callEventSchema.parse(JSON.parse(line)));
  }
  return { simulator, post, eventsOf };
}

const CALL = { from: '+15555550142', flow: 'reception', script: [{ kind: 'stay' }] };

function heardIn(events: readonly CallEvent[]): readonly string[] {
  const end = events.at(-1);
  return end?.kind === 'result' ? end.heard : assert.fail('there is no result');
}

test('the simulator says what it is, and which flows can answer a call', async (t) => {
  const { simulator } = await start(t);

  const about = aboutSchema.parse(await (await fetch(`${simulator.endpoint}/_simulator`)).json());

  // "Tasks" takes its queue from an attribute of the voicemail: no caller has it.
  assert.deepEqual(about.flows, ['Acme reception']);
  assert.equal(about.pid, process.pid);
  assert.deepEqual(about.stacks, []);
  assert.deepEqual([about.clock.time, about.clock.timeZone], ['fast', 'Europe/Berlin']);
});

test('a call is placed and followed to its end, and a second one at the same time is not mixed in', async (t) => {
  const { post, eventsOf } = await start(t);

  const placed = await Promise.all([post(CALL), post({ ...CALL, from: '+15555550178' })]);
  const [first = [], second = []] = await Promise.all(placed.map(eventsOf));

  for (const [events, from] of [
    [first, '+15555550142'],
    [second, '+15555550178'],
  ] as const) {
    const happenings = events.flatMap((one) => (one.kind === 'happening' ? [one.happening] : []));
    assert.deepEqual(
      happenings.flatMap((one) => (one.kind === 'ring' ? [one.from] : [])),
      [from],
    );
    assert.match(heardIn(events).join(), /^We are (open|closed)\.$/);
    assert.equal(events.at(-1)?.kind, 'result');
  }
});

test('a call can come in at a time of day: in the zone of the hours that its flow checks, and never back', async (t) => {
  const { simulator, post, eventsOf } = await start(t);

  const closed = await eventsOf(await post({ ...CALL, at: '22:30' }));
  const lastYear = new Date(simulator.clock.now()).getUTCFullYear() - 1;
  const past = await post({ ...CALL, at: `${lastYear}-06-01T12:00` });

  const leap = closed.find((one) => one.kind === 'leapt') ?? assert.fail('no leap');
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
  assert.equal(shown.format(leap.toMs), '22:30');
  assert.deepEqual(heardIn(closed), ['We are closed.']);
  assert.equal(past.status, 400);
  assert.match(await past.text(), /is past: the simulator's clock says .* only goes forward/);
});

test('a flow can come with the call, and is gone after it', async (t) => {
  const { simulator, post, eventsOf } = await start(t);
  const own = flowOf({
    say: { does: 'MessageParticipant', with: { Text: 'My own.' }, next: 'end' },
    end: { does: 'DisconnectParticipant' },
  });
  const { flow: _, ...order } = CALL;
  const before = simulator.connect.flows.all().length;

  const events = await eventsOf(
    await post({ ...order, ownFlow: { name: 'Mine', content: JSON.stringify(own.document) } }),
  );

  assert.deepEqual(heardIn(events), ['My own.']);
  assert.equal(simulator.connect.flows.all().length, before);
});

test('a caller who is hung up on is gone, and so is one whose call has not begun', async (t) => {
  const { simulator, post } = await start(t);
  const held = simulator.clock.busy();
  const placed = placedCallSchema.parse(
    await (await post({ ...CALL, script: [{ kind: 'wait', ms: 3_600_000 }] })).json(),
  );

  const gone = await fetch(simulator.endpoint + placed.events, { method: 'DELETE' });
  held();
  const text = await (await fetch(simulator.endpoint + placed.events)).text();

  assert.equal(gone.status, 204);
  assert.match(text, /"kind":"hang-up"/);
  assert.match(text, /"kind":"result"/);
});

const REFUSED: readonly (readonly [what: string, order: unknown, status: number, message: RegExp])[] = [
  ['a flow for tasks', { ...CALL, flow: 'Tasks' }, 404, /no flow .*Tasks.* these can: Acme reception/],
  ['an unknown agent', { ...CALL, agent: { username: 'zoe' } }, 404, /no agent zoe; it has ana\.ruiz/],
  ['a key that no telephone has', { ...CALL, script: [{ kind: 'press', keys: 'x' }] }, 400, /0 to 9/],
  ['an unknown member', { ...CALL, flwo: 'x' }, 400, /flwo/],
  [
    'audio that is no WAV',
    { ...CALL, script: [{ kind: 'say', audio: { wav: 'SUQz' } }] },
    400,
    /an MP3 file/,
  ],
  ['text that is no JSON', '{', 400, /not JSON/],
  ['a flow that is none', { ...CALL, ownFlow: { name: 'x', content: '{}' } }, 400, /the flow \\?"x/],
];
for (const [what, order, status, message] of REFUSED) {
  test(`${what} is refused in words`, async (t) => {
    const { post } = await start(t);

    const answer = await post(order);

    assert.equal(answer.status, status);
    assert.match(await answer.text(), message);
  });
}

test('pages of other sites are not answered', async (t) => {
  const { post } = await start(t);
  const audio = { wav: writeWav(Int16Array.of(1)).toString('base64') };
  const order = { ...CALL, script: [{ kind: 'say', audio }] };

  const answers = await Promise.all([
    post(order, { origin: 'https://example.com' }),
    post(order, { 'content-type': 'text/plain' }),
  ]);

  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 415],
  );
});
