import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compareFacts } from './compare-models/compare-facts.ts';
import { entryOf, readFacts } from './compare-models/read-facts.ts';

const PAGE = readFileSync('docs/amazon-connect.md', 'utf8');

test('what is new, gone or changed is said, with the entry that rests on it', () => {
  const before = { 'connect Channel': ['CHAT', 'VOICE'], 'connect Old': ['A'], 'connect Same': ['A'] };
  const now = { 'connect Channel': ['EMAIL', 'VOICE'], 'connect New': ['A'], 'connect Same': ['A'] };

  assert.deepEqual(
    compareFacts(before, now, (fact) => (fact === 'connect Channel' ? 'CTR-12' : undefined)),
    [
      'connect Channel: new: EMAIL; gone: CHAT (docs/amazon-connect.md, CTR-12)',
      'connect New: is new',
      'connect Old: is gone',
    ],
  );
});

test('every fact that an entry rests on is in the installed models, and the entry on the page', () => {
  const { facts } = readFacts();

  for (const [fact, found] of Object.entries(facts)) {
    const entry = entryOf(fact);
    if (entry === undefined) continue;
    assert.ok(found.length > 0, fact);
    assert.ok(PAGE.includes(`**${entry}**`), entry);
  }
  assert.ok(facts['connect ContactInitiationMethod']?.includes('INBOUND'));
  assert.ok(facts['connect StartTaskContact takes']?.includes('InstanceId (required)'));
});

test('every file that the page on Amazon Connect names is there', () => {
  const files = [...PAGE.matchAll(/`([\w./-]+\/[\w.-]+)`/g)].map(([, file = '']) => file);

  assert.ok(files.length > 90);
  assert.deepEqual(
    files.filter((file) => !existsSync(file)),
    [],
  );
});
