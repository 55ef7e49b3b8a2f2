import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AudioSource } from '../src/domain/audio-source.ts';
import { actionRule } from './language/actions.ts';
import { type FlowAction, type FlowDocument, parseFlow } from './language/document.ts';
import { lintFlow } from './lint/lint-flow.ts';
import { FLOWS } from './flows.ts';
import { SAMPLE_REFS } from './sample-refs.ts';
import { callerSettings, type FlowSettings } from './settings.ts';
import { DEFAULT_LANGUAGES } from './texts.ts';

const INSTANCE = 'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa';
const PROMPT = `${INSTANCE}/prompt/c1c1c1c1-0000-4000-8000-00000000c001`;

const SETTINGS: Readonly<Record<string, FlowSettings & { readonly audioSource?: AudioSource }>> = {
  'with one language': {},
  'with all languages': { languages: Object.keys(DEFAULT_LANGUAGES) },
  'for five seconds': { maxSeconds: 5 },
  'recorded by the automated interaction': { audioSource: 'ivr' },
  'streamed and recorded': { audioSource: 'both', maxSeconds: 480 },
  'for twenty minutes, with prompts': {
    maxSeconds: 1200,
    tonePromptArn: PROMPT,
    holdMusicPromptArn: PROMPT,
    texts: { 'en-US': { greeting: { promptArn: PROMPT } } },
  },
};

/** Flows that nobody hears: they run for a task, or on an agent's screen. */
const SILENT = ['task-flow', 'guided-task-flow', 'agent-guide-flow'];

for (const [key, build] of Object.entries(FLOWS)) {
  for (const [which, { audioSource, ...settings }] of Object.entries(SETTINGS)) {
    const caller = callerSettings(settings, 'en-US', audioSource);
    const { name, type, content } = build(caller, SAMPLE_REFS);
    const document = parseFlow(content);

    test(`${key} ${which} has no fault that the linter knows`, () => {
      assert.deepEqual(lintFlow({ name, type, document }), []);
    });

    test(`${key} ${which} comes to an end from everywhere`, () => {
      const endless = document.Actions.filter((action) => ![...reachableFrom(document, action)].some(isEnd));

      assert.deepEqual(endless, []);
    });

    if (SILENT.includes(key)) continue;
    test(`${key} ${which} leaves no caller in silence after an error`, () => {
      const silent = document.Actions.filter((action) => !isSpoken(action)).flatMap((action) =>
        (action.Transitions.Errors ?? [])
          .filter((branch) => !isHeard(document, branch.NextAction))
          .map((branch) => `${action.Identifier}: ${branch.ErrorType}`),
      );

      assert.deepEqual(silent, []);
    });
  }
}

test('a number that a flow has set stays, also with an extension or as an address', () => {
  for (const key of ['voicemail-module', 'in-queue-flow'] as const) {
    const { Actions: actions } = parseFlow(FLOWS[key](callerSettings(), SAMPLE_REFS).content);
    const { Transitions: next } = actions.find(({ Identifier }) => Identifier === 'Is a number named?') ?? {};
    const kept = next?.Conditions?.filter(({ NextAction }) => NextAction !== 'Name the number');

    assert.deepEqual(
      kept?.map(({ Condition: { Operator, Operands } }) => [Operator, ...Operands]),
      [
        ['TextStartsWith', '+'],
        ['TextStartsWith', 'tel:'],
        ['TextStartsWith', 'sip:'],
        ['TextStartsWith', 'sips:'],
        ['NumberGreaterThan', '0'],
      ],
    );
  }
});

test('a caller who is promised a call back is asked for a number first, because theirs may be withheld', () => {
  for (const [language, number] of [
    ['en-US', 'number'],
    ['es-US', 'su número'],
  ] as const) {
    const { greeting, offer } = DEFAULT_LANGUAGES[language]?.texts ?? {};
    for (const text of [greeting, offer]) assert.ok(typeof text === 'string' && text.includes(number));
  }
});

test('in a queue, the contact record names the recipient, and no attribute that stays after the queue', () => {
  const { content } = FLOWS['in-queue-flow'](callerSettings(), SAMPLE_REFS);

  assert.doesNotMatch(content, /vmx3_queue_arn/);
});

function reachableFrom(document: FlowDocument, from: FlowAction): ReadonlySet<FlowAction> {
  const reached = new Set([from]);
  for (const action of reached) {
    for (const target of targetsOf(action)) reached.add(actionOf(document, target));
  }
  return reached;
}

/** The flow is over, or another flow has the contact, or it waits until one has. */
function isEnd({ Type: type, Transitions: transitions }: FlowAction): boolean {
  const ends = actionRule(type)?.ends;
  const waits = type === 'MessageParticipantIteratively' && transitions.NextAction === undefined;
  return ends === 'always' || ends === 'on-success' || waits;
}

function isSpoken({ Type: type }: FlowAction): boolean {
  return ['MessageParticipant', 'GetParticipantInput', 'MessageParticipantIteratively'].includes(type);
}

/** Whether something is said before the caller is hung up on. Another flow that goes on speaks for itself. */
function isHeard(document: FlowDocument, name: string): boolean {
  const action = actionOf(document, name);
  if (isSpoken(action) || action.Type !== 'DisconnectParticipant') {
    return isSpoken(action) || isEnd(action) || isHeard(document, action.Transitions.NextAction ?? '');
  }
  return false;
}

function targetsOf({
  Transitions: { NextAction: next, Conditions: conditions = [], Errors: errors = [] },
}: FlowAction) {
  return [
    ...(next === undefined ? [] : [next]),
    ...[...conditions, ...errors].map((branch) => branch.NextAction),
  ];
}

function actionOf(document: FlowDocument, name: string): FlowAction {
  const found = document.Actions.find(({ Identifier: identifier }) => identifier === name);
  assert.ok(found, `no action ${name}`);
  return found;
}
