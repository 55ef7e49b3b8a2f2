import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  flowDocument,
  MINIMAL_RECORDER,
  says,
  type ShortAction,
  type ShortFlow,
} from '../../test/flow-document.ts';
import type { FlowType } from './document.ts';
import { publishProblems } from './publish-problems.ts';

const END = { type: 'DisconnectParticipant' };
const A_QUEUE = '0b1f8a55-5b7f-4a2e-9a3f-7d5c0b9e4f11';

/** What is wrong with one action in front of a hang-up. */
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
const FOUR_KEYS = { StoreInput: 'True', InputValidation: { CustomValidation: { MaximumLength: '4' } } };
const NUMBER = { StoreInput: 'True', InputValidation: { PhoneNumberValidation: { NumberFormat: 'E164' } } };
const fails = { NoMatchingError: 'end' };

test('the minimal recorder publishes as a flow and in no whisper', () => {
  const recorder = flowDocument(MINIMAL_RECORDER);

  assert.deepEqual(publishProblems(recorder, 'CONTACT_FLOW'), []);
  assert.deepEqual(publishProblems(recorder, 'MODULE'), []);
  assert.deepEqual(publishProblems(recorder, 'CUSTOMER_WHISPER'), [
    'Action type GetParticipantInput is not supported in flow type CUSTOMER_WHISPER. Path: Actions[5]',
  ]);
});

/** A flow with a hang-up more. */
const many = (count: number, text: string) =>
  flowDocument({
    ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`say ${index}`, says(text, 'end')])),
    end: END,
  });

const REFUSED: readonly (readonly [string, ShortAction, readonly string[]])[] = [
  [
    'an action must say where it goes on',
    { type: 'MessageParticipant', parameters: { Text: 'Hi' } },
    ['Action is missing required property. Path: Actions[0].Transitions.NextAction'],
  ],
  [
    'an action must go on to one that exists',
    { ...say({ Text: 'Hi' }), next: 'nowhere' },
    ['Invalid Action property value. Path: Actions[0].Transitions.NextAction'],
  ],
  [
    'an error branch must lead to an action that exists',
    { ...say({ Text: 'Hi' }), errors: { NoMatchingError: 'nowhere' } },
    ['Invalid Action property value. Path: Actions[0].Transitions.Errors[0].NextAction'],
  ],
  [
    'a hang-up has no transitions',
    { type: 'DisconnectParticipant', next: 'end' },
    ['Action does not support transitions. Path: Actions[0]'],
  ],
  [
    'text and SSML exclude each other',
    say({ Text: 'Hi', SSML: '<speak>Hi</speak>' }),
    ['Only one of these properties may be defined. Properties: [Text, SSML]'],
  ],
  ['something must be said', say({}), ['At least one of [Text, SSML, PromptId, Media] must be set']],
  [
    'a designer block is no action',
    { type: 'PlayPrompt', parameters: { Text: 'Hi' }, next: 'end' },
    ['Invalid Action property value. Path: Actions[0].Type'],
  ],
  [
    'a queue is an id, or one path and nothing else',
    {
      type: 'UpdateContactTargetQueue',
      parameters: { QueueId: 'arn:$.Attributes.queue' },
      next: 'end',
      errors: fails,
    },
    ['Invalid Action property value. Path: Actions[0].Parameters.QueueId'],
  ],
  [
    'a queue is no name',
    { type: 'UpdateContactTargetQueue', parameters: { QueueId: 'Billing' }, next: 'end', errors: fails },
    ['Not a supported id format'],
  ],
  [
    'a transfer to a queue names no queue',
    {
      type: 'TransferContactToQueue',
      parameters: { QueueId: A_QUEUE },
      next: 'end',
      errors: { QueueAtCapacity: 'end', ...fails },
    },
    ['Invalid Action property name. Path: Actions[0].Parameters.QueueId'],
  ],
  [
    'a time limit takes no path',
    menu({ ...ONE_KEY, InputTimeLimitSeconds: '$.Attributes.limit' }, MENU_ERRORS),
    ['Invalid Action property value. Path: Actions[0].Parameters.InputTimeLimitSeconds'],
  ],
  [
    'a menu says whether input is stored',
    menu({}, MENU_ERRORS),
    ['Action is missing required property. Path: Actions[0].Parameters.StoreInput'],
  ],
  [
    'stored input needs a validation',
    menu({ StoreInput: 'True' }, ['NoMatchingError']),
    ['Action is missing required property. Path: Actions[0].Parameters.InputValidation'],
  ],
  [
    'a menu needs all three error branches, with and without keys',
    menu(ONE_KEY, ['NoMatchingError']),
    [
      'Action is missing required error. Error: InputTimeLimitExceeded, Path: Actions[0]',
      'Action is missing required error. Error: NoMatchingCondition, Path: Actions[0]',
    ],
  ],
  [
    'stored input has no branch for a time-out',
    menu(FOUR_KEYS, ['InputTimeLimitExceeded', 'NoMatchingError']),
    ['Invalid Action error. Error: InputTimeLimitExceeded, Path: Actions[0]'],
  ],
  [
    'a stored phone number may be none',
    menu(NUMBER, ['NoMatchingError']),
    ['Action is missing required error. Error: InvalidPhoneNumber, Path: Actions[0]'],
  ],
  [
    'a key is one key',
    { ...menu(ONE_KEY, MENU_ERRORS), conditions: { '12': 'end' } },
    ['Invalid Action property value. Path: Actions[0].Transitions.Conditions[0].Condition.Operands'],
  ],
  [
    'logging cannot fail',
    {
      type: 'UpdateFlowLoggingBehavior',
      parameters: { FlowLoggingBehavior: 'Enabled' },
      next: 'end',
      errors: fails,
    },
    ['Invalid Action error. Error: NoMatchingError, Path: Actions[0]'],
  ],
  [
    'a loop needs both of its branches',
    { type: 'Loop', parameters: { LoopCount: '2' }, next: 'end', conditions: { ContinueLooping: 'end' } },
    ['Action is missing required property. Path: Actions[0].Transitions.Conditions'],
  ],
  [
    'waiting is limited by TimeLimitSeconds',
    { type: 'Wait', parameters: { TimeoutSeconds: '5' }, next: 'end' },
    [
      'Action is missing required property. Path: Actions[0].Parameters.TimeLimitSeconds',
      'Invalid Action property name. Path: Actions[0].Parameters.TimeoutSeconds',
    ],
  ],
  [
    'an unknown metric is refused',
    {
      type: 'CheckMetricData',
      parameters: { MetricType: 'NumberOfAgents' },
      next: 'end',
      errors: { NoMatchingCondition: 'end', ...fails },
    },
    [
      'Invalid Action property value. Path: Actions[0].Parameters.MetricType',
      'Action is missing required property. Path: Actions[0].Transitions.Conditions',
    ],
  ],
  [
    'an attribute has a name without a dot',
    {
      type: 'UpdateContactAttributes',
      parameters: { Attributes: { 'vmx3.flag': '1' } },
      next: 'end',
      errors: fails,
    },
    ['Invalid Action property name. Path: Actions[0].Parameters.Attributes.vmx3.flag'],
  ],
  [
    'a permanent transfer cannot fail and go on',
    {
      type: 'TransferParticipantToThirdParty',
      parameters: { ThirdPartyPhoneNumber: '+15555550142', ContinueFlowExecution: 'False' },
      next: 'end',
      errors: { CallFailed: 'end' },
    },
    ['Invalid Action error. Error: CallFailed, Path: Actions[0]'],
  ],
  [
    'recording of chats can fail in one way more',
    {
      type: 'UpdateContactRecordingAndAnalyticsBehavior',
      parameters: { ChatBehavior: {} },
      next: 'end',
      errors: { ChannelMismatch: 'end', ...fails },
    },
    ['Action is missing required error. Error: InFlightRedactionConfigurationFailed, Path: Actions[0]'],
  ],
  [
    'the recording of the automated part of a call is on or off',
    {
      type: 'UpdateContactRecordingAndAnalyticsBehavior',
      parameters: { VoiceBehavior: { VoiceRecordingBehavior: { IVRRecordingBehavior: 'enabled' } } },
      next: 'end',
      errors: { ChannelMismatch: 'end', ...fails },
    },
    [
      'Invalid Action property value. Path: Actions[0].Parameters.VoiceBehavior.VoiceRecordingBehavior.IVRRecordingBehavior',
    ],
  ],
  [
    'one action sets one event hook',
    {
      type: 'UpdateContactEventHooks',
      parameters: { EventHooks: { CustomerQueue: A_QUEUE, AgentWhisper: A_QUEUE } },
      next: 'end',
      errors: fails,
    },
    ['Invalid Action property value. Path: Actions[0].Parameters.EventHooks'],
  ],
];

for (const [sentence, action, problems] of REFUSED) {
  test(`refused at publishing: ${sentence}`, () => {
    assert.deepEqual(problemsWith(action), problems);
  });
}

test('accepted: what the console writes', () => {
  assert.deepEqual(
    problemsWith({ ...say({ Text: 'Hi $.Attributes.name.' }), errors: {}, conditions: {} }),
    [],
  );
  assert.deepEqual(problemsWith(menu(FOUR_KEYS, ['NoMatchingError'])), []);
  assert.deepEqual(
    problemsWith({
      type: 'GetCustomerProfile',
      parameters: {
        ProfileRequestData: { IdentifierName: '_phone', IdentifierValue: '$.CustomerEndpoint.Address' },
        ProfileResponseData: ['FirstName'],
      },
      next: 'end',
      errors: { ...fails, NoneFoundError: 'end', MultipleFoundError: 'end' },
    }),
    [],
  );
});

test('accepted: an attribute whose name is computed', () => {
  const action = {
    type: 'UpdateContactAttributes',
    parameters: { Attributes: { 'answer_$.Attributes.round': '$.StoredCustomerInput' } },
    next: 'end',
    errors: fails,
  };

  assert.deepEqual(problemsWith(action), []);
});

test('an error branch appears once', () => {
  const flow = flowDocument({ first: { ...say({ Text: 'Hi' }), errors: fails }, end: END });
  const branches = flow.Actions[0]?.Transitions.Errors;
  branches?.push(...branches);

  assert.deepEqual(publishProblems(flow, 'CONTACT_FLOW'), [
    'Invalid Action error. Error: NoMatchingError, Path: Actions[0]',
  ]);
});

test('identifiers are short, unique, and free of some characters', () => {
  const named = (...names: string[]) => {
    const flow: ShortFlow = Object.fromEntries(names.map((name) => [name, END]));
    return publishProblems(flowDocument(flow), 'CONTACT_FLOW');
  };

  assert.deepEqual(named('***End Call***', 'Was the vmx3_flag already set?', 'ü'.repeat(50)), []);
  for (const name of ['a:b', 'a,b', '', 'x'.repeat(51), 'constructor'])
    assert.deepEqual(named('start', name), ['Invalid Action property value. Path: Actions[1].Identifier']);
  const flow = flowDocument({ end: END });
  assert.deepEqual(
    publishProblems({ ...flow, Actions: [...flow.Actions, ...flow.Actions] }, 'CONTACT_FLOW'),
    ['Invalid Action property value. Path: Actions[1].Identifier'],
  );
});

test('a flow starts with an action that exists, in the one version there is', () => {
  const flow = { ...flowDocument({ end: END }), Version: '2020-01-01', StartAction: 'start' };

  assert.deepEqual(publishProblems(flow, 'CONTACT_FLOW'), [
    'Invalid Flow property value. Path: Version',
    'Invalid Flow property value. Path: StartAction',
  ]);
});

test('a flow has at most 250 actions, a module at most 256,000 characters', () => {
  assert.deepEqual(publishProblems(many(249, 'Hi'), 'MODULE'), []);
  assert.deepEqual(publishProblems(many(250, 'Hi'), 'CONTACT_FLOW'), [
    'Flow has 251 actions, 250 are allowed. Path: Actions',
  ]);
  assert.deepEqual(publishProblems(many(200, 'Hi'.repeat(1000)), 'MODULE'), [
    'Content has more than 256000 characters',
  ]);
});
