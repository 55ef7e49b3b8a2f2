import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowDocument, type ShortAction } from '../../test/flow-document.ts';
import type { FlowType } from './document.ts';
import { publishProblems, publishProblemsByAction } from './publish-problems.ts';

const END = { type: 'DisconnectParticipant' };
const fails = { NoMatchingError: 'end' };

const problemsWith = (action: ShortAction, type: FlowType = 'CONTACT_FLOW') =>
  publishProblems(flowDocument({ first: action, end: END }), type);

const say = (parameters: Readonly<Record<string, unknown>>): ShortAction => ({
  type: 'MessageParticipant',
  parameters,
  next: 'end',
});

const menu = (parameters: Readonly<Record<string, unknown>>, errors: readonly string[]): ShortAction => ({
  type: 'GetParticipantInput',
  parameters: { Text: 'Press a key', InputTimeLimitSeconds: '5', ...parameters },
  next: 'end',
  errors: Object.fromEntries(errors.map((error) => [error, 'end'])),
});

const MENU_ERRORS = ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'];
const ONE_KEY = { StoreInput: 'False' };

test('parameters of published flows are accepted', () => {
  assert.deepEqual(
    problemsWith({
      type: 'UpdateContactRecordingBehavior',
      parameters: { RecordingBehavior: { RecordedParticipants: [], ScreenRecordedParticipants: ['Agent'] } },
      next: 'end',
    }),
    [],
  );
  assert.deepEqual(problemsWith(say({ Text: 'Hi', SkipWhenDTMFBufferEnabled: 'false' })), []);
  const callsOut = { CallerId: { Number: '$.Attributes.number' }, ConnectionTimeLimitSeconds: '30' };
  assert.deepEqual(
    problemsWith({ type: 'CompleteOutboundCall', parameters: callsOut, next: 'end' }, 'OUTBOUND_WHISPER'),
    [],
  );
  const long = { StoreInput: 'True', InputValidation: { CustomValidation: { MaximumLength: '25' } } };
  assert.deepEqual(problemsWith(menu(long, ['NoMatchingError'])), []);
  assert.deepEqual(problemsWith(menu(ONE_KEY, MENU_ERRORS), 'OUTBOUND_WHISPER'), []);
});

/** What is said of one action, with the kind of doubt, if it is one. */
const doubtsAbout = (action: ShortAction) =>
  publishProblemsByAction(flowDocument({ first: action, end: END }), 'CONTACT_FLOW').map(
    ({ message, detail, doubt = 'none' }) =>
      `${doubt}: ${message}${detail === undefined ? '' : `. ${detail}`}`,
  );

test('what this table does not know is a doubt, and published', () => {
  const unknown: readonly (readonly [ShortAction, string])[] = [
    [
      { type: 'PlayHologram', next: 'end', errors: { HologramError: 'end' } },
      'Actions[0].Type is PlayHologram, an action that is not known here',
    ],
    [
      say({ Text: 'Hi', Loudness: '3' }),
      'Actions[0].Parameters.Loudness ("3") is no parameter that is known here',
    ],
    [
      { ...say({ Text: 'Hi' }), errors: { ThroatError: 'end' } },
      'Actions[0] has a branch for ThroatError, an error that is not known here',
    ],
    [
      say({ Text: 'Hi $.Hologram.name' }),
      'Actions[0].Parameters.Text has $.Hologram.name in it, a path that is not known here',
    ],
  ];

  for (const [action, doubt] of unknown) {
    assert.deepEqual(doubtsAbout(action), [`unknown: ${doubt}`]);
    assert.deepEqual(problemsWith(action), []);
  }
});

test('a placeholder of another tool is named with its parameter, and published', () => {
  for (const id of ['{{queues.Billing.arn}}', '%%QUEUE%%', '%QueueArn%', '<<queue>>']) {
    const queue: ShortAction = {
      type: 'UpdateContactTargetQueue',
      parameters: { QueueId: id },
      next: 'end',
      errors: fails,
    };

    assert.deepEqual(doubtsAbout(queue), [`placeholder: QueueId is ${id}, which another tool fills in`]);
    assert.deepEqual(problemsWith(queue), []);
  }
  assert.deepEqual(
    doubtsAbout({
      ...menu({ ...ONE_KEY, InputTimeLimitSeconds: '{{seconds}}' }, MENU_ERRORS),
    }),
    ['placeholder: InputTimeLimitSeconds is {{seconds}}, which another tool fills in'],
  );
});

const queue = (id: string): ShortAction => ({
  type: 'UpdateContactTargetQueue',
  parameters: { QueueId: id },
  next: 'end',
  errors: fails,
});

test('what is refused is said with more than the service says', () => {
  assert.deepEqual(doubtsAbout(queue('Billing')), ['none: Not a supported id format. QueueId is "Billing".']);
  assert.deepEqual(doubtsAbout(queue('')), ['none: Not a supported id format. QueueId is "".']);
  assert.deepEqual(doubtsAbout({ type: 'UpdateRoutingCriteria', next: 'end' }), [
    'none: Invalid Action property value. Path: Actions[0].Type. UpdateRoutingCriteria is no action; did you mean UpdateContactRoutingCriteria?',
  ]);
});
