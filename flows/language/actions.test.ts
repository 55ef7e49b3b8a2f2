import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionRule, ACTIONS, branchesOf, type ActionParameters, type ActionType } from './actions.ts';

const accepts = <T extends ActionType>(type: T, parameters: ActionParameters<T>) =>
  ACTIONS[type].parameters.safeParse(parameters).success;

const errorsOf = (type: ActionType, parameters: Readonly<Record<string, unknown>>) =>
  branchesOf(ACTIONS[type], parameters).errors.required.toSorted();

test('numbers and flags may be written as the console writes them, or as they are', () => {
  assert.ok(accepts('GetParticipantInput', { Text: 'Hi', StoreInput: 'False', InputTimeLimitSeconds: '60' }));
  assert.ok(accepts('GetParticipantInput', { Text: 'Hi', StoreInput: false, InputTimeLimitSeconds: 60 }));
  assert.ok(accepts('Loop', { LoopCount: '2' }));
  assert.ok(accepts('Loop', { LoopCount: '$.Attributes.times' }));
});

test('a number out of its limits is refused, also as text', () => {
  assert.ok(!accepts('Loop', { LoopCount: 101 }));
  assert.ok(!accepts('Loop', { LoopCount: '101' }));
  assert.ok(!accepts('GetParticipantInput', { Text: 'Hi', StoreInput: 'False', InputTimeLimitSeconds: '0' }));
});

test('a Lambda function may take eight seconds, or sixty if the flow does not wait for it', () => {
  const call = { LambdaFunctionARN: '$.External.arn', InvocationTimeLimitSeconds: 60 };

  assert.ok(!accepts('InvokeLambdaFunction', call));
  assert.ok(accepts('InvokeLambdaFunction', { ...call, InvocationType: 'ASYNCHRONOUS' }));
});

test('the compiler knows what may be said only one way, and what is missing', () => {
  // @ts-expect-error -- Text and SSML exclude each other
  assert.ok(!accepts('MessageParticipant', { Text: 'Hi', SSML: '<speak>Hi</speak>' }));
  // @ts-expect-error -- nothing to say
  assert.ok(!accepts('MessageParticipant', {}));
  // @ts-expect-error -- no such parameter
  assert.ok(!accepts('UpdateFlowLoggingBehavior', { FlowLoggingBehaviour: 'Enabled' }));
  // @ts-expect-error -- digits to store need a validation
  assert.ok(!accepts('GetParticipantInput', { Text: 'Hi', StoreInput: 'True', InputTimeLimitSeconds: 5 }));
});

test('a menu needs three error branches, stored input one, and a stored phone number two', () => {
  assert.deepEqual(errorsOf('GetParticipantInput', { StoreInput: 'False' }), [
    'InputTimeLimitExceeded',
    'NoMatchingCondition',
    'NoMatchingError',
  ]);
  assert.deepEqual(
    errorsOf('GetParticipantInput', {
      StoreInput: 'True',
      InputValidation: { CustomValidation: { MaximumLength: '4' } },
    }),
    ['NoMatchingError'],
  );
  assert.deepEqual(
    errorsOf('GetParticipantInput', {
      StoreInput: 'True',
      InputValidation: { PhoneNumberValidation: { NumberFormat: 'E164' } },
    }),
    ['InvalidPhoneNumber', 'NoMatchingError'],
  );
});

test('stored input takes no conditions, and how many agents are there is compared with 0 only', () => {
  const stored = branchesOf(ACTIONS.GetParticipantInput, { StoreInput: 'True' }).results;
  const agents = branchesOf(ACTIONS.CheckMetricData, { MetricType: 'NumberOfAgentsStaffed' }).results;

  assert.equal(stored, undefined);
  assert.deepEqual(agents, { operators: ['NumberGreaterThan'], values: ['0'], needed: 'one' });
});

test('designer blocks are no actions', () => {
  for (const block of ['PlayPrompt', 'SetWorkingQueue', 'StoreUserInput', 'toString'])
    assert.equal(actionRule(block), undefined);
});
