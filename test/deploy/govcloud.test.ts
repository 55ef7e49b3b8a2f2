import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VoicemailConfig } from '../../infra/config.ts';
import sample from '../../voicemail.config.ts';
import { keeper } from './keeper.ts';

test('vmx deploy deploys in GovCloud, and a voicemail is delivered there', async (t) => {
  const { tonePromptArn: _tone, holdMusicPromptArn: _music, ...flows } = sample.flows ?? {};
  const { mediaStreams: _, ...withoutStreams } = sample;
  const ivrRecordings = { bucket: 'acme-ivr-recordings' };
  const config: VoicemailConfig = JSON.parse(
    JSON.stringify({ ...withoutStreams, flows, audioSource: 'ivr', ivrRecordings })
      .replaceAll('arn:aws:', 'arn:aws-us-gov:')
      .replaceAll('us-east-1', 'us-gov-west-1'),
  );
  const { deploy, leaveMessage, delivered, heard } = await keeper(t, config);

  const code = await deploy().catch((error: unknown) => String(error));

  assert.equal(code, 0, heard());
  const { references } = await delivered(leaveMessage({ recordedBy: 'ivr' }));
  assert.equal((await fetch(references['Recording']?.value ?? '')).status, 200);
});
