import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { parseFlow } from '../../flows/language/document.ts';
import { STACK_DESCRIPTION } from '../../infra/version.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { SimulatedAccount } from '../../simulator/simulator.ts';
import { mayAllBut } from '../doctor/diagnose.ts';
import { remover, STACK } from './remover.ts';

const { instanceArn, phoneNumber } = configuredWorld();
const BE_DELETED = ['--yes', STACK];

function cloudFormationOf({ endpoint, credentials }: SimulatedAccount) {
  return new CloudFormationClient({ endpoint, credentials, region: 'us-east-1' });
}

/** A flow of the customer's that only hangs up. */
function emptyFlow(index: number) {
  const end = { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} };
  return {
    id: `9a9a9a9a-0000-4000-8000-0000000000${10 + index}`,
    name: `Line ${index}`,
    type: 'CONTACT_FLOW' as const,
    document: parseFlow(JSON.stringify({ Version: '2019-10-30', StartAction: 'end', Actions: [end] })),
  };
}

/** A flow of the customer's that invokes the module of the stack. */
function addOwnFlow({ connect }: SimulatedAccount, name: string) {
  const { arn: FlowModuleId } = connect.flows.named('Voicemail module') ?? assert.fail('no module');
  const id = '9a9a9a9a-0000-4000-8000-00000000fa02';
  const document = parseFlow(
    JSON.stringify({
      Version: '2019-10-30',
      StartAction: 'module',
      Actions: [
        {
          Identifier: 'module',
          Type: 'InvokeFlowModule',
          Parameters: { FlowModuleId },
          Transitions: {
            NextAction: 'end',
            Errors: [{ NextAction: 'end', ErrorType: 'NoMatchingError' }],
          },
        },
        { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
      ],
    }),
  );
  connect.flows.add({ id, arn: `${instanceArn}/contact-flow/${id}`, name, type: 'CONTACT_FLOW', document });
}

test('a number and a flow of the customer’s that lead to the stack are named, and keep it', async (t) => {
  const { simulator, uninstall, isLeftAlone } = await remover(t, {
    world: { claimedNumbers: [{ number: phoneNumber, flow: 'Voicemail test' }] },
  });
  addOwnFlow(simulator, 'After hours');

  const refused = await uninstall(...BE_DELETED).catch((error: unknown) => error);

  assert.ok(refused instanceof Error);
  assert.equal(refused.name, 'RefusedError');
  const { message } = refused;
  const digits = phoneNumber.slice(-4);
  assert.match(
    message,
    new RegExp(
      `✖ The telephone number …${digits} leads to the flow "Voicemail test" of the stack\\.\\n    Do: .*Phone numbers`,
    ),
  );
  assert.match(
    message,
    /✖ Your flow "After hours" leads to the module "Voicemail module" of the stack\.\n {4}Do: .*Routing, Flows: take it out of "After hours"/,
  );
  assert.equal(message.includes(phoneNumber), false);
  assert.equal(message.match(/✖/g)?.length, 2);
  assert.ok(isLeftAlone());
});

test('termination protection is switched off once the deletion is agreed to, and not before', async (t) => {
  const { simulator, uninstall, heard, isLeftAlone } = await remover(t);
  const cloudFormation = cloudFormationOf(simulator);
  await cloudFormation.send(
    new UpdateTerminationProtectionCommand({ StackName: STACK, EnableTerminationProtection: true }),
  );

  await assert.rejects(uninstall(), /nobody can be asked here/);
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
  assert.equal(Stacks?.[0]?.EnableTerminationProtection, true);
  assert.ok(isLeftAlone());
  assert.equal(await uninstall(...BE_DELETED), 0);
  assert.match(heard(), /Termination protection is switched off\.[^]*Deleted: stack/);
});

/** A stack of that name that was deployed by others, in this state. */
function foreign(status: string, instance: string, description = STACK_DESCRIPTION) {
  return { stacks: [{ name: STACK, description, status, outputs: { InstanceArn: instance } }] };
}

const OTHER_INSTANCE = instanceArn.replace(/[^/]+$/, '99999999-0000-4000-8000-000000000000');

test('a stack that serves another instance, or is nobody’s we know, is left alone', async (t) => {
  const situations = [
    [foreign('CREATE_COMPLETE', OTHER_INSTANCE), /serves the instance 99999999-.* and the settings name/],
    [foreign('CREATE_COMPLETE', instanceArn, 'A web shop'), /is not one of Voicemail Express/],
    [foreign('CREATE_COMPLETE', ''), /does not say which instance it serves/],
    [foreign('UPDATE_IN_PROGRESS', instanceArn), /is UPDATE_IN_PROGRESS, so somebody is changing it/],
    [{ stacks: [] }, /there is no stack VoicemailExpress in us-east-1/],
  ] as const;
  for (const [state, message] of situations) {
    const { uninstall, isLeftAlone } = await remover(t, { state, isDeployed: false });

    await assert.rejects(uninstall(...BE_DELETED), { name: 'RefusedError', message });
    assert.ok(isLeftAlone());
  }
});

test('credentials of another account than that of the settings stop it before it looks', async (t) => {
  const elsewhere = instanceArn.replace(/:\d{12}:/, ':999999999999:');
  const { uninstall, isLeftAlone } = await remover(t, {
    config: { instanceArn: elsewhere },
    isDeployed: false,
  });

  await assert.rejects(uninstall(...BE_DELETED), /the credentials do not fit the settings:\n.*other-account/);
  assert.ok(isLeftAlone());
});

test('what may not be looked at stops it, and names the permission', async (t) => {
  const { uninstall, isLeftAlone } = await remover(t, {
    credentials: mayAllBut('connect:ListFlowAssociations'),
  });

  await assert.rejects(uninstall(...BE_DELETED), {
    name: 'RefusedError',
    message: /nothing was changed, .*connect:ListFlowAssociations is not allowed/,
  });
  assert.ok(isLeftAlone());
});

test('the name of another stack agrees to nothing, nor does nobody', async (t) => {
  const { uninstall, isLeftAlone } = await remover(t, {
    state: foreign('CREATE_COMPLETE', instanceArn),
    isDeployed: false,
  });

  await assert.rejects(
    uninstall('--yes', 'Voicemail'),
    /--yes Voicemail is another name: .*VoicemailExpress/,
  );
  await assert.rejects(uninstall(), /nobody can be asked here: say --yes VoicemailExpress/);
  assert.ok(isLeftAlone());
});

test('somebody who types another name at the question changes nothing', async (t) => {
  const { uninstall, isLeftAlone, heard } = await remover(t, { typed: () => 'yes' });

  await assert.rejects(uninstall(), /stopped: nothing was changed/);
  assert.match(heard(), /To delete it, type VoicemailExpress, or nothing to stop: /);
  assert.ok(isLeftAlone());
});

test('of many flows, it says how many it has not read', async (t) => {
  const { uninstall, heard } = await remover(t, {
    world: { flows: [...Array(43).keys()].map(emptyFlow) },
    typed: () => '',
  });

  await assert.rejects(uninstall(), /stopped: nothing was changed/);
  assert.match(heard(), /Not looked at: 3 flows of the instance, because reading all would take too long\./);
});

test('contact records that nobody reads keep the stack', async (t) => {
  const { simulator, uninstall, isLeftAlone } = await remover(t);
  const { uuid } =
    simulator.lambda.mappings.all().find(({ eventSourceArn }) => eventSourceArn.includes(':kinesis:')) ??
    assert.fail('no reader');
  simulator.lambda.mappings.enable(uuid, false);

  await assert.rejects(uninstall(...BE_DELETED), {
    name: 'RefusedError',
    message:
      /may have voicemails that nobody has read yet:\n.*record-reader-stopped[^]*Or say --lose-waiting$/,
  });
  assert.ok(isLeftAlone());
});
