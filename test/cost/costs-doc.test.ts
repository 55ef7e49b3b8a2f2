import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { stretchOf } from '../../cli/cost/actual.ts';
import { withCosts } from '../../scripts/cost-tables.ts';
import { priced, sumOf } from '../../cli/cost/model/line.ts';
import { dollarsFor, knownPrices, pricesIn, PRICES_FILE } from '../../cli/cost/model/prices.ts';
import { pythonFixedUses, pythonVariableUses } from '../../cli/cost/model/python-product.ts';
import { objectUses } from '../../cli/cost/model/stored.ts';
import { connectUses, transcription } from '../../cli/cost/model/uses.ts';

test('the tables of docs/costs.md are what vmx cost reckons', () => {
  const document = readFileSync('docs/costs.md', 'utf8');

  assert.equal(document.match(/^\| --- /gm)?.length, 6, 'there are tables');
  assert.equal(document, withCosts(document), 'write them again: npm exec -- node scripts/write-costs.ts');
});

test('the product in Python costs what was reckoned for it by hand: 1,000 voicemails of 45 s', () => {
  const prices = knownPrices('us-east-1');
  const stack = {
    mode: 'task',
    isAttached: false,
    ownKeys: 0,
    kept: { recordings: { days: 7 }, transcripts: { days: 7 } },
    logRetentionDays: 0,
  } as const;
  const volume = { voicemails: 1000, seconds: 45, openings: 0 };

  const variable = sumOf(priced(pythonVariableUses(stack, volume), prices));

  // 18.16, without what was reckoned for the requests of keys, and for the flow's own log and records.
  assert.ok(Math.abs(variable - 18.13) < 0.01, String(variable));
  assert.equal(sumOf(priced(pythonFixedUses(), prices)), 0.4);
});

test('a transcription of less than 15 s costs as much as one of 15 s', () => {
  assert.deepEqual([5, 15, 15.2, 60].map(minutesOf), [15, 15, 16, 60]);
});

function minutesOf(seconds: number): number | undefined {
  return transcription({ voicemails: 60, seconds, openings: 1 })[0]?.quantity;
}

test('a month’s minutes cost less above a tier’s limit', () => {
  const price = knownPrices('us-east-1').of('transcribeMinute');

  assert.equal(dollarsFor(price, 250_000), 6000);
  assert.equal(dollarsFor(price, 250_100), 6000 + 1.5);
  assert.ok(Math.abs(dollarsFor(price, 1_000_100) - (6000 + 11_250 + 1.02)) < 1e-6);
});

test('the price of another Region replaces that of us-east-1, and the others are said to be borrowed', () => {
  const list: { regions: Record<string, Record<string, unknown>> } = JSON.parse(
    readFileSync(PRICES_FILE, 'utf8'),
  );
  const own = { ...knownPrices('us-east-1').of('sqsRequest'), dollars: 0.5 };
  list.regions['eu-west-1'] = { sqsRequest: own };

  const prices = pricesIn(JSON.stringify(list), 'eu-west-1');

  assert.equal(prices.of('sqsRequest').dollars, 0.5);
  assert.equal(prices.of('s3Put').dollars, 0.005);
  assert.equal(prices.areBorrowed, true);
  assert.equal(pricesIn(JSON.stringify(list), 'us-east-1').areBorrowed, false);
});

function daysOf(...asked: Parameters<typeof stretchOf>): readonly string[] {
  const { fromMs, toMs } = stretchOf(...asked);
  return [fromMs, toMs].map((ms) => new Date(ms).toISOString());
}

test('what was paid is of whole days of UTC: the last whole month, also in January, or 30 days with today', () => {
  const nowMs = Date.parse('2027-01-31T23:30:00Z');

  assert.deepEqual(daysOf('month', nowMs), ['2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']);
  assert.deepEqual(daysOf('30d', nowMs), ['2027-01-02T00:00:00.000Z', '2027-02-01T00:00:00.000Z']);
});

test('the arithmetic is copied into older trees: it imports zod, Node and itself', () => {
  for (const file of globSync('cli/cost/model/*.ts')) {
    for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/ from '([^']+)'/g))
      assert.match(target, /^(zod|node:\w+|\.\/[\w-]+\.ts)$/, file);
  }
});

test('two tasks for each test voicemail of the canary are reckoned, as the page says', () => {
  const [prices, volume] = [knownPrices('us-east-1'), { voicemails: 0, seconds: 45, openings: 1 }];
  const document = readFileSync('docs/costs.md', 'utf8').replaceAll(/\s+/g, ' ');
  for (const [everyHours, said] of [
    [1, /1,460 a month, 58\.40/],
    [6, /243 a month, 9\.73/],
  ] as const) {
    const facts = { mode: 'task', canariesPerMonth: 730 / everyHours } as const;
    const tasks = priced(connectUses(facts, volume, 'ai'), prices).filter(({ what }) => /canary/.test(what));

    const [{ quantity, dollars } = assert.fail()] = tasks;
    const inWords = `${Math.round(quantity).toLocaleString('en-US')} a month, ${dollars.toFixed(2)}`;
    assert.match(inWords, said);
    assert.match(document, said);
  }
});

test('an archive is reckoned with its own price, what it adds, and what is too small for it', () => {
  const recordings = { days: 365, archive: { afterDays: 90, to: 'DEEP_ARCHIVE' } } as const;
  const kept = { recordings, transcripts: { ...recordings, days: Infinity } };
  const sizes = { recordings: 1e6, transcripts: 100_000 };

  const uses = objectUses({ kept, undeleteDays: 7 }, { voicemails: 1000, bytes: sizes });

  const days = 365 / 12;
  const expected = [
    ['s3Storage', 90 / days],
    ['s3ToDeep', 1000],
    ['s3Deep', (1.032768 * 282) / days],
    ['s3Storage', (0.008192 * 282) / days],
    ['s3Storage', (0.1 * (3650 + 7)) / days],
  ] as const;
  assert.deepEqual(
    uses.map(({ price }) => price),
    expected.map(([price]) => price),
  );
  for (const [index, [, quantity]] of expected.entries()) {
    assert.ok(Math.abs((uses[index]?.quantity ?? 0) / quantity - 1) < 1e-9, uses[index]?.what);
  }
  assert.match(uses.at(-1)?.what ?? '', /ever \(reckoned.*too small to be archived/);
});
