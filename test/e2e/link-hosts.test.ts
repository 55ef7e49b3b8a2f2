import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { VoicemailConfig } from '../../infra/config.ts';
import written from '../../voicemail.config.ts';
import { CALLER, fileAt, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';
import { assertSameSamples } from '../same-samples.ts';

const AUDIO = spokenNoise(2);
const DOMAIN = 'voicemail.acme.example';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0d1e2f30-0000-4000-8000-00000000c001';

/** A laptop with these settings, on which somebody leaves a message. */
async function laptopWith(change: Partial<VoicemailConfig>) {
  const config = { ...written, ...change };
  const laptop = await startLaptop({ ...otherSettings(config), world: configuredWorld(config) });
  const { simulator, taskOf, settled } = laptop;
  const leaveMessage = (attributes: Record<string, string> = {}) =>
    simulator.connect.placeCall({
      from: CALLER,
      audio: AUDIO,
      attributes,
      queueArn: written.fallbackQueueArn,
    }).contactId;
  return {
    ...laptop,
    leaveMessage,
    delivered: async (attributes?: Record<string, string>) => {
      const contactId = leaveMessage(attributes);
      const task = await taskOf(contactId);
      await settled(contactId);
      return task;
    },
  };
}

/** Where a link leads whose host is the gateway by a name that no DNS knows. */
function locationOf(endpoint: string, link: string): Promise<string | undefined> {
  const { host, pathname } = new URL(link);
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  get(`${endpoint}${pathname}`, { headers: { host } }, (answer) => {
    answer.resume();
    resolve(answer.headers.location);
  }).on('error', reject);
  return promise;
}

test('a link through API Gateway opens, seeks and is refused as one of a function URL', async () => {
  const { delivered, happenings } = await laptopWith({ links: { host: 'api-gateway' } });
  const link = (await delivered()).references['Recording']?.value ?? '';

  assert.match(new URL(link).pathname, /^\/_api\/[0-9a-f]{10}\/r\//);
  assertSameSamples(samplesOf(await fileAt(link)), AUDIO);
  const part = await fetch(link, { headers: { range: 'bytes=0-43' } });
  assert.equal(part.status, 206);
  const forged = await fetch(
    link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    { redirect: 'manual' },
  );
  assert.equal(forged.status, 403);
  assert.match(await forged.text(), /This link does not work/);
  assert.equal((await fetch(link, { method: 'POST' })).status, 405);
  assert.ok(!happenings.some((one) => one.kind === 'api-call' && one.status === 403));
});

test('a link with a name of one’s own leads to the recording, and the function URL of before still opens', async () => {
  const links = { host: 'own-domain', domainName: DOMAIN, certificateArn: CERTIFICATE } as const;
  const { delivered, simulator } = await laptopWith({ links: { ...links, alsoAt: ['function-url'] } });
  const link = (await delivered()).references['Recording']?.value ?? '';

  assert.ok(link.startsWith(`https://${DOMAIN}/r/`));
  const location = await locationOf(simulator.endpoint, link);
  assertSameSamples(samplesOf(await fileAt(location)), AUDIO);
  const { functions } = simulator.deployment;
  const opener = Object.values(functions).find(({ name }) => name.includes('openrecording'));
  const before = `${simulator.endpoint}/_url/${opener?.name}${new URL(link).pathname}`;
  assertSameSamples(samplesOf(await fileAt(before)), AUDIO);
});

test('without links the task says where the recording plays, and mails have it', async () => {
  const { email } = written;
  assert.ok(email);
  const { delivered, leaveMessage, settled, simulator } = await laptopWith({
    links: { host: 'none' },
    email: { ...email, recording: 'attach' },
  });
  const guided = await delivered({ vmx3_mode: 'guided_task' });
  const plain = await delivered({ vmx3_mode: 'task' });
  await settled(leaveMessage({ vmx3_mode: 'email' }));

  assert.equal(guided.references['Recording'], undefined);
  assert.equal(
    guided.description,
    'The recording plays in the guide that opens with this task.\nplease call me back',
  );
  assert.match(
    plain.description,
    /^A task without a guide could not play the recording, so this is a guided task\.\n/,
  );
  const [mail] = simulator.ses.mails();
  assert.equal(mail?.attachments.length, 1);
  assert.doesNotMatch(mail?.text ?? '', /https?:/);
});
