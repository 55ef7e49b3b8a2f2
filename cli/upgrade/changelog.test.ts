import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { changelogText, dutiesIn, sectionsSince } from './changelog.ts';

const CHANGELOG = `# Changelog

## 0.10.0 - 2027-01-02

### Breaking

- The setting \`a\` is gone. **Do:** remove it, and
  deploy. **Do:** tell the agents.

### Fixed

- Something. Nothing to do.

## 0.9.0

- Older. **Do:** read it.

## 0.1.0

- The first. **Do:** begin.
`;

const versions = (deployed: string | undefined) =>
  sectionsSince(CHANGELOG, deployed).map(({ version }) => version);

test('the changelog is shown from the deployed version on, with numbers compared as numbers', () => {
  assert.deepEqual(versions('0.9.0'), ['0.10.0']);
  assert.deepEqual(versions('0.9.1'), ['0.10.0']);
  assert.deepEqual(versions('0.10.0'), []);
  assert.deepEqual(versions('0.1.0'), ['0.10.0', '0.9.0']);
});

test('a stack that does not say its version is older than 0.2.0', () => {
  assert.deepEqual(versions(undefined), ['0.10.0', '0.9.0']);
});

test('what is not released yet is newer than everything', () => {
  const [first] = sectionsSince(CHANGELOG.replace('0.10.0 - 2027-01-02', '[Unreleased]'), '0.10.0');

  assert.equal(first?.version, 'Unreleased');
});

test('every sentence after "Do:" is a duty, with what it is about', () => {
  const duties = dutiesIn(sectionsSince(CHANGELOG, '0.9.0'));

  const about = 'The setting `a` is gone.';
  assert.deepEqual(duties, [
    { version: '0.10.0', about, does: 'remove it, and deploy.' },
    { version: '0.10.0', about, does: 'tell the agents.' },
  ]);
});

test('duties come first', () => {
  assert.match(
    changelogText(sectionsSince(CHANGELOG, '0.9.0')),
    /^What you have to do:\n {2}0\.10\.0 {2}Do: remove it[^]*What has changed:\n\n0\.10\.0\n\n### Breaking/,
  );
  assert.match(changelogText([{ version: '1.0.0', text: '- Faster.' }]), /^Nothing has to be done\.\n/);
});

test('our changelog is read: each version, and as many duties as it has', () => {
  const ours = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
  const sections = sectionsSince(ours, '0.1.0');

  assert.deepEqual(
    sections
      .map(({ version }) => version)
      .filter((version) => version !== 'Unreleased')
      .slice(-2),
    ['0.3.0', '0.2.0'],
  );
  const [since = ''] = ours.split('\n## 0.1.0');
  assert.equal(dutiesIn(sections).length, since.match(/\*\*Do:\*\*/g)?.length);
});
