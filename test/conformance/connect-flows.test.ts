import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DescribeContactFlowCommand,
  DescribeContactFlowModuleCommand,
  DisassociateLambdaFunctionCommand,
  InvalidContactFlowException,
  ListContactFlowModulesCommand,
  ListContactFlowsCommand,
  ListLambdaFunctionsCommand,
  ListViewsCommand,
  UpdateContactFlowContentCommand,
  UpdateContactFlowMetadataCommand,
} from '@aws-sdk/client-connect';
import { parseFlow } from '../../flows/language/document.ts';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { acme, FLOW, INSTANCE, INSTANCE_ARN, NOBODY } from './connect-setup.ts';

const MODULE = '9a9a9a9a-0000-4000-8000-00000000f901';
const HANG_UP = JSON.stringify({
  Version: '2019-10-30',
  StartAction: 'end',
  Actions: [{ Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} }],
});
const RETURN = JSON.stringify({
  Version: '2019-10-30',
  StartAction: 'end',
  Actions: [{ Identifier: 'end', Type: 'EndFlowModuleExecution', Parameters: {}, Transitions: {} }],
});
const AS_INSTANCE = { InstanceId: INSTANCE };

function withModule() {
  const world = laptopWorld();
  const module = { id: MODULE, name: 'Hours', type: 'MODULE', document: parseFlow(RETURN) } as const;
  return { ...world, flows: [...world.flows, module] };
}

test('flows and modules are listed apart', async (t) => {
  const { client } = await acme(t, { world: withModule() });

  const flows = await client.send(new ListContactFlowsCommand(AS_INSTANCE));
  const queueFlows = await client.send(
    new ListContactFlowsCommand({ ...AS_INSTANCE, ContactFlowTypes: ['CUSTOMER_QUEUE'] }),
  );
  const modules = await client.send(new ListContactFlowModulesCommand(AS_INSTANCE));
  const archived = await client.send(
    new ListContactFlowModulesCommand({ ...AS_INSTANCE, ContactFlowModuleState: 'ARCHIVED' }),
  );

  assert.partialDeepStrictEqual(flows.ContactFlowSummaryList, [
    { Id: FLOW, ContactFlowType: 'CONTACT_FLOW', ContactFlowState: 'ACTIVE', ContactFlowStatus: 'PUBLISHED' },
  ]);
  assert.deepEqual(queueFlows.ContactFlowSummaryList, []);
  assert.partialDeepStrictEqual(modules.ContactFlowModulesSummaryList, [
    { Id: MODULE, Arn: `${INSTANCE_ARN}/flow-module/${MODULE}`, Name: 'Hours' },
  ]);
  assert.deepEqual(archived.ContactFlowModulesSummaryList, []);
});

test('a flow is described with its content, and one that is edited with the new one', async (t) => {
  const { client } = await acme(t);
  const asked = { ...AS_INSTANCE, ContactFlowId: FLOW };
  const content = async () =>
    (await client.send(new DescribeContactFlowCommand(asked))).ContactFlow?.Content ?? '';
  const before = await content();

  await client.send(new UpdateContactFlowContentCommand({ ...asked, Content: HANG_UP }));

  assert.ok(parseFlow(before).Actions.length > 1);
  assert.equal(await content(), HANG_UP);
});

test('content that cannot be published is refused with its problems, and changes nothing', async (t) => {
  const { client } = await acme(t);
  const asked = { ...AS_INSTANCE, ContactFlowId: FLOW };
  const before = await client.send(new DescribeContactFlowCommand(asked));

  await assert.rejects(
    client.send(new UpdateContactFlowContentCommand({ ...asked, Content: RETURN })),
    (error) => error instanceof InvalidContactFlowException && (error.problems?.length ?? 0) > 0,
  );
  await assert.rejects(client.send(new UpdateContactFlowContentCommand({ ...asked, Content: 'no flow' })), {
    name: 'InvalidContactFlowException',
  });

  const after = await client.send(new DescribeContactFlowCommand(asked));
  assert.equal(after.ContactFlow?.Content, before.ContactFlow?.Content);
});

test('a flow that is archived is listed as archived, takes no task, and can be restored', async (t) => {
  const { client, start } = await acme(t);
  const flow = async () => {
    const { ContactFlowSummaryList } = await client.send(new ListContactFlowsCommand(AS_INSTANCE));
    return ContactFlowSummaryList?.find(({ Id }) => Id === FLOW);
  };
  const change = (input: { Name?: string; ContactFlowState?: 'ACTIVE' | 'ARCHIVED' }) =>
    client.send(new UpdateContactFlowMetadataCommand({ ...AS_INSTANCE, ContactFlowId: FLOW, ...input }));

  await change({ Name: 'Old flow', ContactFlowState: 'ARCHIVED' });

  assert.partialDeepStrictEqual(await flow(), { Name: 'Old flow', ContactFlowState: 'ARCHIVED' });
  await assert.rejects(start({}), { name: 'ResourceNotFoundException' });
  await change({ ContactFlowState: 'ACTIVE' });
  assert.equal((await flow())?.ContactFlowState, 'ACTIVE');
  await start({});
});

test('a module is described as a module, and is no flow', async (t) => {
  const { client } = await acme(t, { world: withModule() });
  const module = (ContactFlowModuleId: string) =>
    client.send(new DescribeContactFlowModuleCommand({ ...AS_INSTANCE, ContactFlowModuleId }));
  const flow = (ContactFlowId: string) =>
    client.send(new DescribeContactFlowCommand({ ...AS_INSTANCE, ContactFlowId }));

  const { ContactFlowModule: described } = await module(MODULE);

  assert.deepEqual(parseFlow(described?.Content ?? ''), parseFlow(RETURN));
  const notFound = { name: 'ResourceNotFoundException' };
  await assert.rejects(flow(MODULE), notFound);
  await assert.rejects(module(FLOW), notFound);
  await assert.rejects(flow(NOBODY), notFound);
});

const functionArn = (name: number) => `arn:aws:lambda:us-east-1:111122223333:function:f${name}`;

test('functions that flows may invoke are listed in pages of 25', async (t) => {
  const associatedFunctions = Array.from({ length: 30 }, (_, index) => functionArn(index));
  const { client, connect } = await acme(t, { world: laptopWorld({ associatedFunctions }) });

  const first = await client.send(new ListLambdaFunctionsCommand(AS_INSTANCE));
  const rest = await client.send(
    new ListLambdaFunctionsCommand({ ...AS_INSTANCE, NextToken: first.NextToken }),
  );

  assert.deepEqual([first.LambdaFunctions?.length, rest.LambdaFunctions?.length], [25, 5]);
  assert.equal(rest.LambdaFunctions?.[4], functionArn(29));
  const last = { ...AS_INSTANCE, FunctionArn: functionArn(29) };
  await client.send(new DisassociateLambdaFunctionCommand(last));
  assert.equal(connect.functions.associated().length, 29);
});

test('views of the instance are listed by name', async (t) => {
  const { client, connect } = await acme(t);
  connect.views.add({
    id: MODULE,
    arn: `${INSTANCE_ARN}/view/${MODULE}`,
    name: 'Voicemail',
    content: {},
    actions: [],
  });

  const own = await client.send(new ListViewsCommand({ ...AS_INSTANCE, Type: 'CUSTOMER_MANAGED' }));
  const aws = await client.send(new ListViewsCommand({ ...AS_INSTANCE, Type: 'AWS_MANAGED' }));

  assert.equal(own.ViewsSummaryList?.[0]?.Name, 'Voicemail');
  assert.deepEqual(aws.ViewsSummaryList, []);
});

test('a flow needs a permission on itself, listing one on all flows', async (t) => {
  const { clientFor } = await acme(t);
  const describe = new DescribeContactFlowCommand({ ...AS_INSTANCE, ContactFlowId: FLOW });
  const list = new ListContactFlowsCommand(AS_INSTANCE);
  const allowed = (Action: string, Resource: string) => clientFor([{ Effect: 'Allow', Action, Resource }]);
  const denied = { name: 'AccessDeniedException' };

  await allowed('connect:DescribeContactFlow', `${INSTANCE_ARN}/contact-flow/${FLOW}`).send(describe);
  await allowed('connect:ListContactFlows', `${INSTANCE_ARN}/contact-flow/*`).send(list);
  await assert.rejects(allowed('connect:DescribeContactFlow', INSTANCE_ARN).send(describe), denied);
  await assert.rejects(allowed('connect:ListContactFlows', INSTANCE_ARN).send(list), denied);
});
