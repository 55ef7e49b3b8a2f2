import assert from 'node:assert/strict';
import { test } from 'node:test';
import sample from '../../voicemail.config.ts';
import { otherSettings } from '../e2e/other-settings.ts';
import { diagnose } from './diagnose.ts';

const OWN_DOMAIN = {
  host: 'own-domain',
  // No DNS has it. Source: RFC 2606, section 2.
  domainName: 'voicemail.acme.invalid',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0d1e2f30-0000-4000-8000-00000000c001',
} as const;

test('a name of one’s own without its DNS record is found, with where it has to lead', async (t) => {
  const config = { links: OWN_DOMAIN };
  const { findingsOf } = await diagnose(t, { config, ...otherSettings({ ...sample, ...config }) });

  const [finding, ...others] = findingsOf('link-unreachable');
  assert.deepEqual(others, []);
  assert.match(finding?.what ?? '', /Its name is not known to the DNS/);
  assert.match(
    finding?.remedy ?? '',
    /^Make the DNS record of links\.domainName: a CNAME, .* to d-[0-9a-f]{10}\.execute-api\.us-east-1\.amazonaws\.com\./,
  );
});

test('links through API Gateway are seen to open, and no links are no illness', async (t) => {
  const { email } = sample;
  assert.ok(email);
  const attached = { ...email, recording: 'attach' } as const;
  for (const config of [
    { links: { host: 'api-gateway' } as const },
    { links: { host: 'none' } as const, email: attached },
  ]) {
    const { findingsOf, cannotTell } = await diagnose(t, {
      config,
      ...otherSettings({ ...sample, ...config }),
    });

    assert.deepEqual(findingsOf('link-unreachable'), []);
    assert.equal(cannotTell['link-unreachable'], undefined);
  }
});
