import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import config from '../voicemail.config.ts';
import { parseConfig } from './config.ts';
import { testStack } from './stack.fixture.ts';

const permissionsBoundaryArn = 'arn:aws:iam::111122223333:policy/boundary';
const tags = { 'cost-center': '4711', owner: 'Contact center' };
const stack = testStack(parseConfig({ ...config, monitoring: 'full', permissionsBoundaryArn, tags }));
before(() => void stack.app.synth());
after(() => stack.remove());

test('every role has the permissions boundary', () => {
  const roles = stack.resourcesOf('AWS::IAM::Role');

  assert.ok(roles.length > 5);
  for (const { id, Properties } of roles)
    assert.equal(Properties['PermissionsBoundary'], permissionsBoundaryArn, id);
});

const Listed = z.array(z.object({ Key: z.string(), Value: z.unknown() }));
/** Amazon Connect's resources have tags by key. */
const ByKey = z
  .record(z.string(), z.unknown())
  .transform((record) => Object.entries(record).map(([Key, Value]) => ({ Key, Value })));

test('every resource has the tags, but for the types that the page on deployment names', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/deploy.md'), 'utf8');
  const [, named = ''] = /<!--without-tags-->([^]*?)<!--end-->/.exec(page) ?? [];
  const without = new Set<string>();
  for (const { id, Type, Properties } of stack.resources()) {
    const has = Listed.or(ByKey).safeParse(Properties['Tags'] ?? []).data ?? [];
    const missing = Object.entries(tags).filter(
      ([key, value]) => !has.some(({ Key, Value }) => Key === key && Value === value),
    );
    if (missing.length === Object.keys(tags).length) without.add(Type);
    else assert.deepEqual(missing, [], id);
  }

  const onPage = [...named.matchAll(/`(AWS::\w+::\w+)`/g)].map(([, type]) => type);
  assert.deepEqual(without, new Set(onPage));
});
