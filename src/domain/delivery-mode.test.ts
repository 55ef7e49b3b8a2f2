import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INSTANCE_ARN } from '../../test/contact-record.ts';
import { voicemailOf } from '../../test/voicemails.ts';
import { type DeliveryModes, waysToDeliver } from './delivery-mode.ts';

const MODES: DeliveryModes = {
  defaultMode: 'guided_task',
  flowIds: { task: 'task-flow', guided_task: 'guided-flow' },
  hasEmail: false,
  hasLinks: true,
  attaches: false,
  instanceArn: INSTANCE_ARN,
};

test('a voicemail is delivered in the mode that its flow set, otherwise in the default one, without a note', () => {
  const cases = [
    ['task', 'task', 'task-flow'],
    ['guided_task', 'guided_task', 'guided-flow'],
    [undefined, 'guided_task', 'guided-flow'],
    ['', 'guided_task', 'guided-flow'],
    [' ', 'guided_task', 'guided-flow'],
    [' task ', 'task', 'task-flow'],
  ] as const;

  for (const [asked, mode, flowId] of cases) {
    assert.deepEqual(waysFor(asked)[0], { mode, flowId, notes: [] });
  }
});

test('a mode that is misspelled or not available becomes the default one, with a note', () => {
  assert.deepEqual(
    ['Task', 'guided', 'email', 'x'.repeat(500)].map((asked) => waysFor(asked)[0]),
    [
      'The delivery mode "Task" is not known, so this is a guided task.',
      'The delivery mode "guided" is not known, so this is a guided task.',
      'Delivery by email is not set up, so this is a guided task.',
      `The delivery mode "${'x'.repeat(39)}…" is not known, so this is a guided task.`,
    ].map((note) => ({ mode: 'guided_task', flowId: 'guided-flow', notes: [note] })),
  );
  assert.deepEqual(waysToDeliver(voicemailOf({ mode: 'email' }), { ...MODES, defaultMode: 'task' })[0], {
    mode: 'task',
    flowId: 'task-flow',
    notes: ['Delivery by email is not set up, so this is a task.'],
  });
});

test('without links a task without a guide is a guided one, with a note, and the last resort', () => {
  const modes = { ...MODES, hasLinks: false, defaultMode: 'task' } as const;
  const note = 'A task without a guide could not play the recording, so this is a guided task.';

  assert.deepEqual(waysToDeliver(voicemailOf({ mode: 'task' }), modes)[0], {
    mode: 'guided_task',
    flowId: 'guided-flow',
    notes: [note],
  });
  const ways = waysToDeliver(voicemailOf({}), modes);
  assert.deepEqual(
    ways.map(({ mode }) => mode),
    ['guided_task', 'task'],
  );
  assert.deepEqual(ways[0].notes, []);
});

test('without links a task may have the recording attached: then it is one, and the last resort again', () => {
  const modes = { ...MODES, hasLinks: false, attaches: true, defaultMode: 'task' } as const;
  const note = 'A task with the recording attached could not be made, so this is a guided task.';

  const ways = waysToDeliver(voicemailOf({ mode: 'task' }), modes);

  assert.deepEqual(
    ways.map(({ mode, notes }) => [mode, ...notes]),
    [['task'], ['guided_task', note], ['task']],
  );
  assert.deepEqual(
    waysToDeliver(voicemailOf({}), { ...modes, defaultMode: 'guided_task' }).map(({ mode }) => mode),
    ['guided_task', 'task'],
  );
});

test('a voicemail can name another flow of the instance for its own mode, by id or ARN', () => {
  for (const named of ['own-flow', `${INSTANCE_ARN}/contact-flow/own-flow`]) {
    const [first, second] = waysFor('task', { vmx3_task_flow: named, vmx3_guided_task_flow: 'not-this' });

    assert.deepEqual(first, { mode: 'task', flowId: 'own-flow', notes: [] });
    assert.deepEqual(second, {
      mode: 'task',
      flowId: 'task-flow',
      notes: ['The contact flow that vmx3_task_flow names cannot be used; this is the usual one.'],
    });
  }
});

test('a name that cannot be a flow of this instance is not tried', () => {
  const elsewhere = `${INSTANCE_ARN.replace('aaaa', 'bbbb')}/contact-flow/f1`;

  for (const named of [elsewhere, 'My flow', '../x', 'x'.repeat(101)]) {
    const [first] = waysFor(undefined, { vmx3_guided_task_flow: named });

    assert.partialDeepStrictEqual(first, { flowId: 'guided-flow' });
    assert.match(first.notes.join(), /vmx3_guided_task_flow names cannot be used/);
  }
  assert.deepEqual(waysFor(undefined, { vmx3_guided_task_flow: '' })[0]?.notes, []);
});

test('when the flow of a mode is gone, the default mode comes first, then any other', () => {
  assert.deepEqual(
    [waysFor('task'), waysFor('guided_task')].map((ways) => ways.map(({ mode, notes }) => [mode, ...notes])),
    [
      [['task'], ['guided_task', 'The contact flow for a task cannot be used, so this is a guided task.']],
      [['guided_task'], ['task', 'The contact flow for a guided task cannot be used, so this is a task.']],
    ],
  );
});

test('an email that cannot be sent becomes a task of the default mode, then of the others', () => {
  const modes = { ...MODES, hasEmail: true };
  const waysOf = (defaultMode: DeliveryModes['defaultMode'], mode?: string) =>
    waysToDeliver(voicemailOf({ mode }), { ...modes, defaultMode });

  assert.deepEqual(waysOf('task', 'email'), [
    { mode: 'email', notes: [] },
    { mode: 'task', flowId: 'task-flow', notes: ['Delivery by email failed, so this is a task.'] },
    {
      mode: 'guided_task',
      flowId: 'guided-flow',
      notes: ['Delivery by email failed, so this is a guided task.'],
    },
  ]);
  assert.deepEqual(
    [waysOf('email'), waysOf('email', 'task')].map((ways) => ways.map(({ mode }) => mode)),
    [
      ['email', 'guided_task', 'task'],
      ['task', 'email', 'guided_task'],
    ],
  );
});

test('email as the default mode becomes a guided task if email is not set up', () => {
  assert.deepEqual(waysToDeliver(voicemailOf(), { ...MODES, defaultMode: 'email' })[0], {
    mode: 'guided_task',
    flowId: 'guided-flow',
    notes: [],
  });
});

function waysFor(mode: string | undefined, attributes: Readonly<Record<string, string>> = {}) {
  return waysToDeliver(voicemailOf({ mode, attributes }), MODES);
}
