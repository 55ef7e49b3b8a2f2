import { laptopWorld } from '../../sample-world.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findQueue } from '../../world.ts';
import { branchOf } from '../branch.fixture.ts';
import { ANA_ID, BILLING_ARN, flowOf, testCenter } from '../flow.fixture.ts';

const GARAGE = '+15555550177';
const telephones = [{ number: GARAGE, answersAfterMs: 12_000, talksMs: 60_000 }];
const world = { telephones };

const dial = (given: Readonly<Record<string, string>>) => ({
  does: 'TransferParticipantToThirdParty',
  with: { ThirdPartyPhoneNumber: GARAGE, ThirdPartyConnectionTimeLimitSeconds: '30', ...given },
});

const callBack = (given: Readonly<Record<string, string>>) => ({
  does: 'CreateCallbackContact',
  with: { InitialCallDelaySeconds: '5', MaximumConnectionAttempts: '1', RetryDelaySeconds: '60', ...given },
});

test('there are no bots, in calls or tasks', async (t) => {
  const ask = {
    does: 'ConnectParticipantWithLexBot',
    with: {
      Text: 'How can I help?',
      LexV2Bot: { AliasArn: 'arn:aws:lex:us-east-1:111122223333:bot-alias/B/A' },
    },
  };

  assert.equal((await branchOf(t, ask)).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, ask, { contact: { channel: 'TASK' } })).branch, 'NoMatchingError');
});

test('a caller talks to a third party who answers, and the flow goes on', async (t) => {
  let beganMs = 0;
  const { branch, parts } = await branchOf(t, dial({ ContinueFlowExecution: 'True' }), {
    world,
    prepare: ({ parts: { clock } }) => void (beganMs = clock.now()),
  });

  assert.equal(branch, 'next');
  assert.ok(Math.abs(parts.clock.now() - beganMs - 72_000) < 1000);
});

test('the call ends with the third party if the flow is not to go on', async (t) => {
  const { branch, contact } = await branchOf(t, dial({ ContinueFlowExecution: 'False' }), { world });

  assert.equal(branch, undefined);
  assert.equal(contact.disconnectReason, 'CONTACT_FLOW_DISCONNECT');
});

test('a third party who answers too late, and an unknown number, are errors', async (t) => {
  const slow = await branchOf(t, dial({ ThirdPartyConnectionTimeLimitSeconds: '10' }), { world });
  const unknown = await branchOf(t, dial({ ThirdPartyPhoneNumber: '+15555550199' }), { world });

  assert.equal(slow.branch, 'ConnectionTimeLimitExceeded');
  assert.equal(unknown.branch, 'CallFailed');
});

test('a call goes to the agent if the agent is free, and ends otherwise', async (t) => {
  const transfer = flowOf({ transfer: { does: 'TransferContactToAgent' } }, { type: 'AGENT_TRANSFER' });
  const withAna = async (agentsAvailable: number) => {
    const { run, contact } = testCenter(t, {
      metrics: {
        agentsAvailable,
        agentsStaffed: 1,
        agentsOnline: 1,
        contactsInQueue: 0,
        oldestContactAgeMs: 0,
      },
    });
    const ana = findQueue(laptopWorld(), BILLING_ARN.replace(/queue\/.*/, `queue/agent/${ANA_ID}`));
    if (ana) contact.settings.targetQueue = ana;
    return (await run(transfer)).kind;
  };

  assert.equal(await withAna(1), 'queued');
  assert.equal(await withAna(0), 'disconnected');
});

test('the participant who transfers a call can be put on hold if there was a call before', async (t) => {
  const hold = {
    does: 'UpdatePreviousContactParticipantState',
    with: { PreviousContactParticipantState: 'AgentOnHold' },
  };
  const type = 'AGENT_TRANSFER';

  const transferred = await branchOf(t, hold, { type, contact: { previousContactId: 'c0' } });
  const first = await branchOf(t, hold, { type });

  assert.equal(transferred.branch, 'next');
  assert.equal(first.branch, 'NoMatchingError');
});

test('an outbound call is completed in its whisper, and nowhere else', async (t) => {
  const complete = { does: 'CompleteOutboundCall' };

  assert.equal((await branchOf(t, complete, { type: 'OUTBOUND_WHISPER' })).branch, 'next');
  assert.equal((await branchOf(t, complete)).branch, 'NoMatchingError');
});

test('a callback needs a queue, a number and, if one is named, a flow', async (t) => {
  assert.equal((await branchOf(t, callBack({ QueueId: BILLING_ARN }))).branch, 'next');
  assert.equal((await branchOf(t, callBack({}))).branch, 'NoMatchingError');
  assert.equal(
    (await branchOf(t, callBack({ QueueId: BILLING_ARN, ContactFlowId: 'gone' }))).branch,
    'NoMatchingError',
  );
});
