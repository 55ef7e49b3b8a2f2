import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlow } from '../language/document.ts';
import { type Blueprint, flow, FlowError } from './flow.ts';

/** A module that greets, asks and ends. */
const ASKS = {
  name: 'Asks',
  description: 'Asks for a key.',
  type: 'MODULE',
  start: 'Greet',
  actions: {
    Greet: { type: 'MessageParticipant', parameters: { Text: 'Hello.' }, next: 'Ask' },
    Ask: {
      type: 'GetParticipantInput',
      parameters: { Text: 'Press 1.', StoreInput: 'False', InputTimeLimitSeconds: '5' },
      conditions: [{ operator: 'Equals', operand: '1', next: 'Flag' }],
      next: 'End',
      errors: { InputTimeLimitExceeded: 'End', NoMatchingCondition: 'End', NoMatchingError: 'End' },
    },
    Flag: {
      type: 'UpdateContactAttributes',
      parameters: {
        Attributes: { vmx3_flag: '1', vmx3_from: '$.CustomerEndpoint.Address' },
        TargetContact: 'Current',
      },
      next: 'End',
      errors: { NoMatchingError: 'End' },
    },
    End: { type: 'EndFlowModuleExecution' },
  },
} as const satisfies Blueprint<'MODULE', 'Greet' | 'Ask' | 'Flag' | 'End'>;

test('a flow is written as Connect stores it', () => {
  const { Actions: actions, StartAction: start, Version: version } = parseFlow(flow(ASKS).content);

  assert.deepEqual({ start, version }, { start: 'Greet', version: '2019-10-30' });
  assert.deepEqual(actions[1], {
    Identifier: 'Ask',
    Type: 'GetParticipantInput',
    Parameters: { Text: 'Press 1.', StoreInput: 'False', InputTimeLimitSeconds: '5' },
    Transitions: {
      NextAction: 'End',
      Errors: [
        { NextAction: 'End', ErrorType: 'InputTimeLimitExceeded' },
        { NextAction: 'End', ErrorType: 'NoMatchingCondition' },
        { NextAction: 'End', ErrorType: 'NoMatchingError' },
      ],
      Conditions: [{ NextAction: 'Flag', Condition: { Operator: 'Equals', Operands: ['1'] } }],
    },
  });
  assert.deepEqual(actions[3], {
    Identifier: 'End',
    Type: 'EndFlowModuleExecution',
    Parameters: {},
    Transitions: {},
  });
});

test('a module declares that it has no input and no output, and a flow declares nothing', () => {
  const bye = { Bye: { type: 'DisconnectParticipant' } } as const;
  const module = flow({ name: 'M', description: '', type: 'MODULE', start: 'Bye', actions: bye });
  const inbound = flow({ name: 'F', description: '', type: 'CONTACT_FLOW', start: 'Bye', actions: bye });

  assert.deepEqual(parseFlow(module.content).Settings, {
    InputParameters: [],
    OutputParameters: [],
    Transitions: [],
  });
  assert.equal(parseFlow(inbound.content).Settings, undefined);
});

test('the designer shows it from left to right, and knows conditions and what is computed', () => {
  const { Metadata: metadata } = parseFlow(flow(ASKS).content);

  assert.partialDeepStrictEqual(metadata, {
    entryPointPosition: { x: 40, y: 40 },
    ActionMetadata: {
      Greet: { position: { x: 200, y: 40 }, isFriendlyName: true },
      Ask: {
        position: { x: 500, y: 40 },
        conditionMetadata: [
          {
            id: '9640eec1-6095-4810-865b-9c97e555eca0',
            operator: { name: 'Equals', value: 'Equals', shortDisplay: '=' },
            value: '1',
          },
        ],
      },
      End: { position: { x: 800, y: 40 } },
      Flag: {
        position: { x: 800, y: 190 },
        parameters: { Attributes: { vmx3_from: { useDynamic: true } } },
        dynamicParams: ['vmx3_from'],
      },
    },
  });
});

const { Greet: greet, ...OTHERS } = ASKS.actions;

/** Faults that types cannot see, because the names or values are computed. */
const FAULTS: readonly (readonly [fault: string, actions: object, message: RegExp])[] = [
  [
    'a branch to nowhere',
    { ...OTHERS, Greet: { ...greet, next: 'Aks' } },
    /"Greet" leads to "Aks", which is no action/,
  ],
  [
    'an action that nothing leads to',
    { ...ASKS.actions, Lost: { type: 'EndFlowModuleExecution' } },
    /nothing leads to "Lost"/,
  ],
  [
    'a misspelled attribute',
    { ...OTHERS, Greet: { ...greet, parameters: { Text: 'From $.Attributes.vmx3_form' } } },
    /"Greet" knows an attribute vmx3_form: there is none/,
  ],
  [
    'a name that Connect does not take',
    { ...OTHERS, Greet: { ...greet, next: 'Ask (1)' }, 'Ask (1)': { ...greet, next: 'Ask' } },
    /"Ask \(1\)": Invalid Action property value/,
  ],
  [
    'a value that Connect does not take',
    {
      ...ASKS.actions,
      Ask: {
        ...ASKS.actions.Ask,
        parameters: { Text: 'Press 1.', StoreInput: 'False', InputTimeLimitSeconds: '0' },
      },
    },
    /"Ask": Invalid Action property value\. Path: .*InputTimeLimitSeconds/,
  ],
];

for (const [fault, actions, message] of FAULTS) {
  test(`${fault} is an error that names the action`, () => {
    assert.throws(
      () => flow({ ...ASKS, actions: Object.fromEntries(Object.entries(actions)) }),
      (error) => error instanceof FlowError && message.test(error.message),
    );
  });
}

/** What does not compile, each for the one reason that its comment gives. */
const REFUSED: Blueprint<'MODULE', 'End' | `Fault ${number}`> = {
  ...ASKS,
  start: 'End',
  actions: {
    End: { type: 'EndFlowModuleExecution' },
    // @ts-expect-error -- a branch to an action that does not exist
    'Fault 1': { type: 'MessageParticipant', parameters: { Text: 'Hello.' }, next: 'Edn' },
    // @ts-expect-error -- a missing error branch
    'Fault 2': { type: 'TransferContactToQueue', next: 'End', errors: { NoMatchingError: 'End' } },
    'Fault 3': {
      type: 'UpdateContactAttributes',
      // @ts-expect-error -- a misspelled attribute
      parameters: { Attributes: { vmx3_falg: '1' }, TargetContact: 'Current' },
      next: 'End',
      errors: { NoMatchingError: 'End' },
    },
    // @ts-expect-error -- an action that modules do not have
    'Fault 4': { type: 'EndFlowExecution' },
    // @ts-expect-error -- two prompts at once
    'Fault 5': { type: 'MessageParticipant', parameters: { Text: 'Hello.', SSML: '<speak/>' }, next: 'End' },
    // @ts-expect-error -- a misspelled parameter
    'Fault 6': { type: 'MessageParticipant', parameters: { Texts: 'Hello.' }, next: 'End' },
    'Fault 7': {
      type: 'UpdateFlowLoggingBehavior',
      parameters: { FlowLoggingBehavior: 'Enabled' },
      next: 'End',
      // @ts-expect-error -- an error branch that the action cannot take
      errors: { NoMatchingError: 'End' },
    },
    // @ts-expect-error -- a designer's block, no action
    'Fault 8': { type: 'PlayPrompt', parameters: { Text: 'Hello.' }, next: 'End' },
    // @ts-expect-error -- a branch after the end
    'Fault 9': { type: 'EndFlowModuleExecution', next: 'End' },
    // @ts-expect-error -- no branch for a caller who presses nothing
    'Fault 10': {
      type: 'GetParticipantInput',
      parameters: { Text: 'Press 1.', StoreInput: 'False', InputTimeLimitSeconds: '5' },
      next: 'End',
      errors: { NoMatchingCondition: 'End', NoMatchingError: 'End' },
    },
  },
};

test('what does not compile would be refused as well', () => {
  assert.throws(() => flow(REFUSED), FlowError);
});
