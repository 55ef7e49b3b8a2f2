import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { AwsError } from '../../simulator/service.ts';
import { startLaptop } from './laptop.ts';
import { endTaskOfNobody, mailTo, MESSAGE, plantOverdue, tellOfMail } from './troubles.ts';

/** Whether Amazon SES refuses mails. */
let isRefusing = false;
const { simulator, settled } = await startLaptop({
  interfere: ({ operation }) =>
    isRefusing && operation === 'SendEmail'
      ? new AwsError('MessageRejected', 400, 'not verified')
      : undefined,
});
const { clock, cloudwatch, connect, deployment } = simulator;
const ALARM = `${deployment.stackName}: voicemails need somebody`;
const MINUTE_MS = 60_000;
let delivered = '';

/** What leaves a caller waiting until a person sees to it. */
const NEEDS: Readonly<Record<string, () => unknown>> = {
  'a message without audio': () => connect.placeCall({ ...MESSAGE, audio: new Int16Array(0) }),
  'a voicemail that is stuck': () => plantOverdue(simulator, { like: delivered, attempts: 2 }),
  'a voicemail that was given up': () => plantOverdue(simulator, { like: delivered, attempts: 25 }),
  'a task that nobody took': () => endTaskOfNobody(simulator),
  'a mail that bounces': () => mailTo(simulator, 'bounce@simulator.amazonses.com'),
  'a mail that SES rejects': () => tellOfMail(simulator, 'Reject', delivered),
  'a mail that SES cannot make': () => tellOfMail(simulator, 'Rendering Failure', delivered),
  'a mail that SES refuses'() {
    isRefusing = true;
    mailTo(simulator, 'billing@example.com');
  },
};

before(async () => {
  const { contactId } = connect.placeCall(MESSAGE);
  await settled(contactId);
  delivered = contactId;
});

for (const [need, happen] of Object.entries(NEEDS)) {
  test(`with essential monitoring ${need} sets off the alarm, and it ends`, async () => {
    await stateBecomes('OK');

    await happen();

    await stateBecomes('ALARM');
    isRefusing = false;
    await stateBecomes('OK');
  });
}

test('essential monitoring writes two metrics of our own at most', () => {
  const own = cloudwatch.metrics().filter(({ namespace }) => namespace === 'VoicemailExpress');

  assert.deepEqual(
    own.map(({ name }) => name).filter((name) => !['VoicemailsNeedingHelp', 'LinksFailed'].includes(name)),
    [],
  );
  assert.deepEqual([...cloudwatch.dashboards().keys()], []);
});

async function stateBecomes(state: string): Promise<void> {
  const giveUpAtMs = clock.now() + 40 * MINUTE_MS;
  while (cloudwatch.alarms().get(ALARM)?.state !== state && clock.now() < giveUpAtMs) {
    await clock.sleep(MINUTE_MS);
  }
  assert.equal(cloudwatch.alarms().get(ALARM)?.state, state);
}
