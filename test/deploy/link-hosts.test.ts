import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import type { VoicemailConfig } from '../../infra/config.ts';
import sample from '../../voicemail.config.ts';
import { keeper, STACK } from './keeper.ts';

const DOMAIN = 'voicemail.acme.example';
const OWN_DOMAIN: VoicemailConfig['links'] = {
  host: 'own-domain',
  domainName: DOMAIN,
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0d1e2f30-0000-4000-8000-00000000c001',
};

/** The status of a link, or of a path of a host, at the gateway. */
function statusOf(endpoint: string, link: string): Promise<number | undefined> {
  const { host, hostname, pathname } = new URL(link);
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const at = hostname === '127.0.0.1' ? link : `${endpoint}${pathname}`;
  get(at, { headers: { host } }, (answer) => {
    answer.resume();
    resolve(answer.statusCode);
  }).on('error', reject);
  return promise;
}

test('links with a name of one’s own open again after an uninstall, when the key is adopted', async (t) => {
  const { simulator, deploy, uninstall, leaveMessage, delivered, heard } = await keeper(t, {
    ...sample,
    links: OWN_DOMAIN,
  });
  assert.equal(await deploy(), 0, heard());
  const link = (await delivered(leaveMessage())).references['Recording']?.value ?? '';
  assert.ok(link.startsWith(`https://${DOMAIN}/r/`));
  assert.equal(await statusOf(simulator.endpoint, link), 302);

  assert.equal(await uninstall('--lose-waiting'), 0, heard());
  assert.notEqual(await statusOf(simulator.endpoint, link), 302);
  assert.equal(await deploy('--adopt'), 0, heard());

  assert.equal(await statusOf(simulator.endpoint, link), 302);
});

test('links that were sent open after a change of the host, where the settings keep their address', async (t) => {
  const { simulator, deploy, settings, leaveMessage, delivered, heard } = await keeper(t);
  assert.equal(await deploy(), 0, heard());
  const link = (await delivered(leaveMessage())).references['Recording']?.value ?? '';
  const opens = () => statusOf(simulator.endpoint, link);
  assert.equal(await opens(), 302);

  settings({ ...sample, links: { host: 'api-gateway', alsoAt: ['function-url'] } });
  assert.equal(await deploy(), 0, heard());
  assert.equal(await opens(), 302);
  const next = (await delivered(leaveMessage())).references['Recording']?.value ?? '';
  assert.match(next, /\/_api\//);

  settings({ ...sample, links: { host: 'api-gateway' } });
  heard();
  await assert.rejects(deploy(), /openrecording/);
  assert.match(heard(), /DELETED: .*AWS::Lambda::Url.*links\.alsoAt: \['function-url'\] keeps it/);
  assert.equal(await opens(), 302);
  assert.ok(simulator.deployed(STACK).outputs['LinkAddress']?.includes('/_api/'));
});
