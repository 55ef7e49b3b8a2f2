import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FlowDocument, parseFlow } from '../../../../flows/language/document.ts';
import { flowDifferences } from './flow-differences.ts';
import { FILLED_IN, isTextOf, templateText } from './template-text.ts';

const TEMPLATE = {
  Version: '2019-10-30',
  StartAction: 'queue',
  Metadata: { entryPointPosition: { x: 0, y: 0 } },
  Actions: [
    {
      Identifier: 'queue',
      Type: 'UpdateContactTargetQueue',
      Parameters: { QueueId: `arn:${FILLED_IN}:connect:x/queue/${FILLED_IN}` },
      Transitions: {
        NextAction: 'end',
        Errors: [
          { NextAction: 'end', ErrorType: 'QueueAtCapacity' },
          { NextAction: 'end', ErrorType: 'NoMatchingError' },
        ],
      },
    },
    { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
  ],
};

/** What CloudFormation made of the template, with something changed in its text. */
function deployed(change: (text: string) => string = (text) => text): FlowDocument {
  const text = JSON.stringify(TEMPLATE).replace(FILLED_IN, 'aws').replace(FILLED_IN, 'b001');
  return parseFlow(change(text));
}

const differences = (flow: FlowDocument) => flowDifferences(parseFlow(JSON.stringify(TEMPLATE)), flow);

test('a flow as it was deployed has no differences, whatever stands for the references', () => {
  assert.deepEqual(differences(deployed()), []);
});

test('where blocks stand, their order, the order of errors and empty branches are no differences', () => {
  const flow = deployed((text) =>
    text.replace('"x":0', '"x":80').replace('"Transitions":{}', '"Transitions":{"Errors":[]}'),
  );
  const turned = flow.Actions.toReversed().map((action) => ({
    ...action,
    Transitions: { ...action.Transitions, Errors: (action.Transitions.Errors ?? []).toReversed() },
  }));

  assert.deepEqual(differences({ ...flow, Actions: turned }), []);
});

test('a changed parameter, another type, a new branch, a new block and another start are named', () => {
  const told: Readonly<Record<string, FlowDocument>> = {
    '"queue" is changed': deployed((text) => text.replace('arn:aws', 'arn2:aws')),
    '"end" is changed': deployed((text) => text.replace('DisconnectParticipant', 'EndFlowExecution')),
    'it starts at "end"': deployed((text) => text.replace('"StartAction":"queue"', '"StartAction":"end"')),
    '"queue" is gone, "line" is new': deployed((text) =>
      text.replace('"Identifier":"queue"', '"Identifier":"line"'),
    ),
  };

  for (const [sentence, flow] of Object.entries(told)) assert.equal(differences(flow).join(', '), sentence);
  const branch = deployed((text) =>
    text.replace('"NextAction":"end","Errors"', '"NextAction":"queue","Errors"'),
  );
  assert.deepEqual(differences(branch), ['"queue" is changed']);
  const more = deployed((text) => text.replace('"QueueId"', '"AgentId":"x","QueueId"'));
  assert.deepEqual(differences(more), ['"queue" is changed']);
});

test('a text of a template is joined from its parts, and other functions are not guessed', () => {
  assert.equal(templateText('plain'), 'plain');
  assert.equal(templateText({ 'Fn::Join': ['', ['a', { Ref: 'Queue' }, 'b']] }), `a${FILLED_IN}b`);
  assert.equal(templateText({ 'Fn::Sub': '${Queue}' }), undefined);
  assert.equal(templateText(undefined), undefined);
});

test('a reference stands for any text, and what is around it for itself', () => {
  const template = `a-${FILLED_IN}-b-${FILLED_IN}-a`;

  assert.ok(isTextOf(template, 'a-1-b-2-a'));
  assert.ok(isTextOf(template, 'a--b--a'));
  assert.ok(!isTextOf(template, 'a-1-c-2-a'));
  assert.ok(!isTextOf(template, 'a-1-b-a'));
  assert.ok(!isTextOf(template, 'x-1-b-2-a'));
  assert.ok(!isTextOf('a', 'ab'));
});
