import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { SAMPLE_STATE } from '../simulator/sample-account.ts';
import { SAMPLE_IDENTITIES } from '../simulator/services/ses/sample-identities.ts';
import { readWorldFile } from '../simulator/world/world-file.ts';
import { defineConfig } from '../infra/config.ts';
import written from '../voicemail.config.ts';
import { configuredWorld } from './configured-world.ts';

const ID = 'f0f0f0f0-0000-4000-8000-00000000f001';
const arn = (type: string) => `${written.instanceArn}/${type}/${ID}`;

test('everything that the configured flows refer to exists on the laptop', () => {
  const promptArn = arn('prompt');

  const { queues, users, prompts } = configuredWorld(
    defineConfig({
      ...written,
      flows: { entryQueueArn: arn('queue'), testAgentArn: arn('agent'), tonePromptArn: promptArn },
    }),
  );
  const { prompts: greetings } = configuredWorld(
    defineConfig({ ...written, flows: { texts: { 'en-US': { greeting: { promptArn } } } } }),
  );

  assert.deepEqual(
    [queues, users].map((all) => all.filter(({ id }) => id === ID).length),
    [1, 1],
  );
  assert.equal(prompts.find(({ id }) => id === ID)?.says, '(tone)');
  assert.equal(greetings.find(({ id }) => id === ID)?.says, '(greeting)');
});

test('existing parts are not added twice', () => {
  const world = configuredWorld(
    defineConfig({ ...written, flows: { ...written.flows, entryQueueArn: written.fallbackQueueArn } }),
  );

  assert.equal(world.queues.length, 2);
  assert.equal(world.users.length, 3);
  assert.equal(world.prompts.length, 1);
});

test('the healthy world in a file is the one that fits the settings', () => {
  const { world, state, email } = readWorldFile(join(import.meta.dirname, '../samples/worlds/healthy.json'));

  assert.deepEqual(world, configuredWorld());
  assert.deepEqual(state, SAMPLE_STATE);
  assert.deepEqual(email, { identities: SAMPLE_IDENTITIES });
});
