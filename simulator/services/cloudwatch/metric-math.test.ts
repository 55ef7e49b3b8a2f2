import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricMath } from './metric-math.ts';

const WITHOUT = 'IF(FILL(calls, 0) > 0 AND FILL(records, 0) == 0, 1, 0)';

test('calls without a record give one, anything else gives zero', () => {
  const math = metricMath(WITHOUT, ['calls', 'records']);
  const of = (calls?: number, records?: number) =>
    math?.(
      new Map([
        ['calls', calls],
        ['records', records],
      ]),
    );

  assert.equal(of(3), 1);
  assert.equal(of(3, 0), 1);
  assert.equal(of(3, 1), 0);
  assert.equal(of(undefined, 1), 0);
  assert.equal(of(0, 0), 0);
  assert.equal(of(), undefined);
});

test('a sum adds the metrics that have a value', () => {
  const math = metricMath('SUM(FILL(METRICS(), 0))', ['one', 'two']);

  assert.equal(
    math?.(
      new Map([
        ['one', 2],
        ['two', undefined],
      ]),
    ),
    2,
  );
  assert.equal(
    math?.(
      new Map([
        ['one', undefined],
        ['two', undefined],
      ]),
    ),
    undefined,
  );
});

test('an expression of another kind, or with an unknown metric, is not known', () => {
  assert.equal(metricMath(WITHOUT, ['calls']), undefined);
  assert.equal(metricMath(WITHOUT.replace('== 0', '== 1'), ['calls', 'records']), undefined);
  assert.equal(metricMath('calls / records', ['calls', 'records']), undefined);
});
