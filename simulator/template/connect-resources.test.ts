import { laptopWorld } from '../services/connect/sample-world.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TemplateError } from './template-error.ts';
import { arnOf, startTestStack, type TestStack } from './stack.fixture.ts';

const INSTANCE_ARN = laptopWorld().instanceArn;

const HANG_UP = { Identifier: 'hang up', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} };
const GO_BACK = { Identifier: 'go back', Type: 'EndFlowModuleExecution', Parameters: {}, Transitions: {} };

/** A flow of one action. */
const content = (action: Readonly<Record<string, unknown>> & { Identifier: string }) =>
  JSON.stringify({ Version: '2019-10-30', StartAction: action.Identifier, Metadata: {}, Actions: [action] });

const flow = (properties: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'AWS::Connect::ContactFlow',
  Properties: {
    InstanceArn: INSTANCE_ARN,
    Name: 'Hang up',
    Type: 'CONTACT_FLOW',
    Content: content(HANG_UP),
    ...properties,
  },
});

const MODULE = {
  Type: 'AWS::Connect::ContactFlowModule',
  Properties: { InstanceArn: INSTANCE_ARN, Name: 'Go back', Content: content(GO_BACK) },
};

const VIEW = {
  Type: 'AWS::Connect::View',
  Properties: {
    InstanceArn: INSTANCE_ARN,
    Name: 'Player',
    Template: { Head: { Title: 'Player' }, Body: [] },
    Actions: ['Close'],
  },
};

const PERMISSION = {
  Type: 'AWS::Lambda::Permission',
  Properties: {
    FunctionName: { Ref: 'show' },
    Action: 'lambda:InvokeFunction',
    Principal: 'connect.amazonaws.com',
    SourceArn: INSTANCE_ARN,
  },
};

const ASSOCIATION = {
  Type: 'AWS::Connect::IntegrationAssociation',
  Properties: {
    InstanceId: INSTANCE_ARN,
    IntegrationType: 'LAMBDA_FUNCTION',
    IntegrationArn: arnOf('show'),
  },
};

const SHOW = { show: { code: 'export const handler = async ({ Name }) => ({ heading: Name });' } };

test('flows, modules and views of a stack are in the instance, with the ARNs that Ref returns', async (t) => {
  const { connect, deployment } = await startTestStack(t, {
    resources: { Flow: flow(), Module: MODULE, View: VIEW },
    outputs: {
      flow: { Value: { Ref: 'Flow' } },
      flowArn: { Value: { 'Fn::GetAtt': ['Flow', 'ContactFlowArn'] } },
      module: { Value: { 'Fn::GetAtt': ['Module', 'ContactFlowModuleArn'] } },
      view: { Value: { 'Fn::GetAtt': ['View', 'ViewId'] } },
    },
  });
  const { outputs } = deployment;

  assert.match(
    outputs['flow'] ?? '',
    /^arn:aws:connect:us-east-1:111122223333:instance\/[^/]+\/contact-flow\/[^/]+$/,
  );
  assert.equal(outputs['flowArn'], outputs['flow']);
  assert.equal(connect.flows.find(outputs['flow'] ?? '')?.name, 'Hang up');
  assert.equal(connect.flows.find(outputs['module'] ?? '')?.type, 'MODULE');
  assert.deepEqual(connect.views.find(outputs['view'] ?? '')?.actions, ['Close']);
});

test('a flow can refer to others of the stack', async (t) => {
  const transfer = {
    Identifier: 'go',
    Type: 'TransferToFlow',
    Parameters: { ContactFlowId: '${Other}' },
    Transitions: { NextAction: 'hang up', Errors: [{ ErrorType: 'NoMatchingError', NextAction: 'hang up' }] },
  };
  const Content = {
    'Fn::Sub': JSON.stringify({ ...JSON.parse(content(transfer)), Actions: [transfer, HANG_UP] }),
  };

  const { connect, deployment } = await startTestStack(t, {
    resources: { Flow: flow({ Name: 'Go', Content }), Other: flow() },
  });

  const [action] = connect.flows.named('Go')?.document.Actions ?? [];
  assert.equal(action?.Parameters['ContactFlowId'], deployment.physicalId('Other'));
});

test('flows can invoke a function that the stack associates with the instance, and no other', async (t) => {
  const { connect, deployment } = await startTestStack(t, {
    functions: { ...SHOW, other: { code: 'export const handler = async () => ({});' } },
    resources: { Permission: PERMISSION, Association: ASSOCIATION },
  });
  const arn = (id: string) => deployment.functions[id]?.arn ?? '';

  const answer = await connect.functions.invoke(arn('show'), { Name: 'ContactFlowEvent' }, 8000);
  const refusal = await connect.functions.invoke(arn('other'), {}, 8000);

  assert.deepEqual(answer, { kind: 'answered', payload: '{"heading":"ContactFlowEvent"}' });
  assert.match(refusal.kind === 'failed' ? refusal.reason : '', /other.* is not associated/);
});

const REFUSED: readonly { title: string; stack: TestStack; says: RegExp }[] = [
  {
    title: 'a flow that is not JSON',
    stack: { resources: { Flow: flow({ Content: '{' }) } },
    says: /ContactFlow Flow: InvalidContactFlowException: not a flow: no JSON/,
  },
  {
    title: 'a flow whose action goes nowhere',
    stack: {
      resources: {
        Flow: flow({
          Content: content({
            ...HANG_UP,
            Type: 'Compare',
            Parameters: { ComparisonValue: '$.Attributes.a' },
          }),
        }),
      },
    },
    says: /InvalidContactFlowException: .*Action is missing required property. Path: Actions\[0\].Transitions.NextAction/,
  },
  {
    title: 'a module that leads to an action that is not there',
    stack: {
      resources: {
        Module: {
          ...MODULE,
          Properties: {
            ...MODULE.Properties,
            Content: content({
              ...HANG_UP,
              Type: 'MessageParticipant',
              Parameters: { Text: 'Hello' },
              Transitions: { NextAction: 'nowhere', Errors: [] },
            }),
          },
        },
      },
    },
    says: /InvalidContactFlowModuleException/,
  },
  {
    title: 'two flows of one name',
    stack: { resources: { Flow: flow(), Other: flow() } },
    says: /DuplicateResourceException: .*Hang up/,
  },
  {
    title: 'a flow for another instance',
    stack: { resources: { Flow: flow({ InstanceArn: `${INSTANCE_ARN}0` }) } },
    says: /ResourceNotFoundException: there is no instance/,
  },
  {
    title: 'an association that the function does not permit',
    stack: {
      functions: SHOW,
      resources: {
        Association: ASSOCIATION,
        Permission: {
          ...PERMISSION,
          Properties: { ...PERMISSION.Properties, SourceArn: `${INSTANCE_ARN}0` },
        },
      },
    },
    says: /no AWS::Lambda::Permission lets connect.amazonaws.com invoke .*show.* from/,
  },
];

for (const { title, stack, says } of REFUSED) {
  test(`${title} is refused`, async (t) => {
    await assert.rejects(startTestStack(t, stack), (error) => {
      assert.ok(error instanceof TemplateError, String(error));
      assert.match(error.message, says);
      return true;
    });
  });
}
