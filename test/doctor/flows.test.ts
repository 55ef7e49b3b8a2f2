import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ConnectClient,
  DescribeContactFlowCommand,
  DisassociateLambdaFunctionCommand,
  ListLambdaFunctionsCommand,
  UpdateContactFlowContentCommand,
  UpdateContactFlowMetadataCommand,
} from '@aws-sdk/client-connect';
import { homeOf } from '../../infra/arns.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { type FlowDocument, parseFlow } from '../../flows/language/document.ts';
import type { SimulatedAccount } from '../../simulator/simulator.ts';
import { voicemailTaskFlow } from '../../simulator/services/connect/sample-task-flow.ts';
import { diagnose } from './diagnose.ts';

const { instanceArn, phoneNumber } = configuredWorld();
const { instanceId: InstanceId } = homeOf(instanceArn);
const OWN_FLOW = '9a9a9a9a-0000-4000-8000-00000000fa01';

function connectOf({ endpoint, credentials }: SimulatedAccount): ConnectClient {
  return new ConnectClient({ region: 'us-east-1', endpoint, credentials });
}

/** As an administrator changes a flow in the designer, and publishes it. */
async function edit(simulator: SimulatedAccount, name: string, change: (flow: FlowDocument) => FlowDocument) {
  const connect = connectOf(simulator);
  const asked = { InstanceId, ContactFlowId: flowNamed(simulator, name).id };
  const { ContactFlow } = await connect.send(new DescribeContactFlowCommand(asked));
  const Content = JSON.stringify(change(parseFlow(ContactFlow?.Content ?? '')));
  await connect.send(new UpdateContactFlowContentCommand({ ...asked, Content }));
}

function flowNamed({ connect }: SimulatedAccount, name: string) {
  return connect.flows.named(name) ?? assert.fail(`no flow ${name}`);
}

/** A flow of the customer's, with what comes between its start and the hang-up. */
function ownFlow(...actions: { Type: string; Parameters: Record<string, unknown> }[]): FlowDocument {
  const next = (index: number) => (index + 1 < actions.length ? `step ${index + 2}` : 'end');
  return parseFlow(
    JSON.stringify({
      Version: '2019-10-30',
      StartAction: actions.length > 0 ? 'step 1' : 'end',
      Actions: [
        ...actions.map((action, index) => ({
          ...action,
          Identifier: `step ${index + 1}`,
          Transitions: {
            NextAction: next(index),
            Errors: [{ NextAction: next(index), ErrorType: 'NoMatchingError' }],
          },
        })),
        { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
      ],
    }),
  );
}

const FLAG = {
  Type: 'UpdateContactAttributes',
  Parameters: { Attributes: { vmx3_flag: '1' }, TargetContact: 'Current' },
};

const invoke = (moduleArn: string) => ({
  Type: 'InvokeFlowModule',
  Parameters: { FlowModuleId: moduleArn },
});

/** A number of the customer's that this flow answers. */
function mainLine(document: FlowDocument) {
  return {
    claimedNumbers: [{ number: phoneNumber, flow: OWN_FLOW }],
    flows: [{ id: OWN_FLOW, name: 'Main line', type: 'CONTACT_FLOW' as const, document }],
  };
}

test('what an administrator changed by hand is found: a flow, the guide’s function, flows gone', async (t) => {
  let functionArn = '';
  const { findingsOf, cannotTell } = await diagnose(t, {
    async prepare(simulator) {
      await edit(simulator, 'Voicemail test', ({ Actions, ...flow }) => ({
        ...flow,
        Actions: Actions.map((action) =>
          action.Identifier === 'Say that the test has failed'
            ? { ...action, Parameters: { Text: 'Sorry.' } }
            : action,
        ),
      }));
      await edit(simulator, 'Voicemail in queue', (flow) => ({ ...flow, Metadata: { moved: true } }));
      const connect = connectOf(simulator);
      const { LambdaFunctions } = await connect.send(new ListLambdaFunctionsCommand({ InstanceId }));
      functionArn = LambdaFunctions?.[0] ?? assert.fail('no function is associated');
      await connect.send(new DisassociateLambdaFunctionCommand({ InstanceId, FunctionArn: functionArn }));
      simulator.connect.flows.remove(flowNamed(simulator, 'Voicemail task').id);
      const { id: ContactFlowId } = flowNamed(simulator, 'Voicemail guided task');
      const archive = { InstanceId, ContactFlowId, ContactFlowState: 'ARCHIVED' as const };
      await connect.send(new UpdateContactFlowMetadataCommand(archive));
    },
  });

  assert.deepEqual(cannotTell, {});
  assert.equal(findingsOf('flow-edited').length, 1);
  assert.partialDeepStrictEqual(findingsOf('flow-edited')[0], {
    severity: 'warning',
    what: '"Voicemail test" was edited since it was deployed: "Say that the test has failed" is changed.',
  });
  const [notAssociated] = findingsOf('guide-function-not-associated');
  const functionName = functionArn.replace(/^.*:/, '');
  assert.equal(
    notAssociated?.what,
    `"Voicemail agent guide" invokes the function ${functionName}, which the instance does not know.`,
  );
  assert.equal(
    notAssociated.remedy,
    `aws connect associate-lambda-function --instance-id ${InstanceId} --function-arn ${functionArn} --region us-east-1`,
  );
  const gone = findingsOf('flow-gone').map(({ what }) => what.replace(/[0-9a-f-]{36}/, '<id>'));
  assert.deepEqual(gone.toSorted(), [
    '"Voicemail guided task" is archived: the stack made it as <id>.',
    '"Voicemail task" is gone: the stack made it as <id>.',
  ]);
});

test('numbers that lead elsewhere are found, with the flow that would lead to voicemail', async (t) => {
  const { findingsOf, exitCode } = await diagnose(t, {
    world: mainLine(ownFlow()),
    prepare(simulator) {
      const { arn } = flowNamed(simulator, 'Voicemail module');
      const document = ownFlow(invoke(arn));
      const id = '9a9a9a9a-0000-4000-8000-00000000fa02';
      const own = { id, arn: `${instanceArn}/contact-flow/${id}`, name: 'After hours', document };
      simulator.connect.flows.add({ ...own, type: 'CONTACT_FLOW' });
    },
  });

  assert.partialDeepStrictEqual(findingsOf('no-number-leads-to-voicemail'), [
    {
      severity: 'warning',
      certainty: 'certain',
      what: 'No number leads to voicemail: 1 number of the instance has a flow, and none comes to one that takes a message.',
      remedy:
        'Choose "After hours" for a number, or a flow that leads there: in the Amazon Connect console, Channels, Phone numbers.',
    },
  ]);
  assert.equal(exitCode, 1);
});

test('a number that leads to voicemail by way of another flow is enough', async (t) => {
  const second = '9a9a9a9a-0000-4000-8000-00000000fa02';
  const world = mainLine(ownFlow({ Type: 'TransferToFlow', Parameters: { ContactFlowId: second } }));

  const { findingsOf } = await diagnose(t, {
    world,
    prepare(simulator) {
      const document = ownFlow(invoke(flowNamed(simulator, 'Voicemail module').arn));
      const own = { id: second, arn: `${instanceArn}/contact-flow/${second}`, name: 'After hours', document };
      simulator.connect.flows.add({ ...own, type: 'CONTACT_FLOW' });
    },
  });

  assert.deepEqual(findingsOf('no-number-leads-to-voicemail'), []);
});

test('an instance without a number is found', async (t) => {
  const { findingsOf } = await diagnose(t, { world: { claimedNumbers: [] } });

  assert.equal(
    findingsOf('no-number-leads-to-voicemail')[0]?.what,
    'No number leads to voicemail: none is claimed for the instance.',
  );
});

test('a flow that flags a call which nobody records is a blocker where a number leads to it', async (t) => {
  const reached = await diagnose(t, { world: mainLine(ownFlow(FLAG)), isDeployed: false });
  const idle = await diagnose(t, {
    world: { ...mainLine(ownFlow(FLAG)), claimedNumbers: [] },
    isDeployed: false,
  });
  const others = await diagnose(t, { world: mainLine(ownFlow()), isDeployed: false });

  const finding = reached
    .findingsOf('flow-breaks-voicemail')
    .find(({ evidence: [one] }) => one?.saw.endsWith('flag-without-streaming'));
  assert.equal(finding?.severity, 'blocker');
  assert.match(finding.what, /^In the flow "Main line", block "step 1": /);
  assert.equal(idle.findingsOf('flow-breaks-voicemail')[0]?.severity, 'warning');
  assert.deepEqual(others.findingsOf('flow-breaks-voicemail'), []);
});

const RECORDS = {
  Type: 'UpdateContactRecordingBehavior',
  Parameters: { RecordingBehavior: { IVRRecordingBehavior: 'Enabled' } },
};

test('a flow whose recordings the settings do not name is found, and is right once they do', async (t) => {
  const world = { ...mainLine(ownFlow(RECORDS, FLAG)), ivrRecordingsBucket: 'acme-recordings' };
  const unread = await diagnose(t, { world, isDeployed: false });
  const config = { ivrRecordings: { bucket: 'acme-recordings' } };
  const read = await diagnose(t, { world, config, isDeployed: false });

  assert.partialDeepStrictEqual(unread.findingsOf('flow-records-elsewhere'), [
    {
      severity: 'blocker',
      what: 'The flow "Main line" records the automated interaction, and the settings have no ivrRecordings.',
    },
  ]);
  assert.deepEqual(read.findingsOf('flow-records-elsewhere'), []);
});

test('a flow of somebody else’s with a name of ours is found before the deployment fails', async (t) => {
  const { findingsOf } = await diagnose(t, {
    world: { flows: [voicemailTaskFlow(OWN_FLOW)] },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('flow-name-taken'), [
    {
      severity: 'blocker',
      what: 'There is a flow "Voicemail task" already, which the stack VoicemailExpress did not make.',
    },
  ]);
});

const moduleIn = (instance: string) => ({ VoicemailModule: `${instance}/flow-module/${OWN_FLOW}` });

test('a second stack for the same instance is found, and one for another instance is none', async (t) => {
  const stacks = [
    { name: 'OldVoicemail', outputs: moduleIn(instanceArn) },
    { name: 'Elsewhere', outputs: moduleIn(instanceArn.replace('aaaa', 'bbbb')) },
  ];

  const { findingsOf } = await diagnose(t, { state: { stacks }, isDeployed: false });

  assert.deepEqual(
    findingsOf('second-stack').map(({ what }) => what),
    ['The stack OldVoicemail is Voicemail Express for this instance, too, beside VoicemailExpress.'],
  );
});

test('who may not read the template learns nothing of edited flows, and learns the rest', async (t) => {
  const statements = [
    { Effect: 'Allow' as const, Action: '*', Resource: '*' },
    { Effect: 'Deny' as const, Action: 'cloudformation:GetTemplate', Resource: '*' },
  ];
  const administrator = { arn: 'arn:aws:iam::111122223333:user/auditor', statements };

  const { cannotTell, findingsOf } = await diagnose(t, {
    world: { claimedNumbers: [] },
    state: { administrator },
  });

  assert.deepEqual(cannotTell, { 'flow-edited': 'cloudformation:GetTemplate is not allowed' });
  assert.equal(findingsOf('no-number-leads-to-voicemail').length, 1);
});
