import { laptopWorld } from '../sample-world.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HoursOfOperation, arnIn, findQueue } from '../world.ts';
import { ALWAYS_OPEN, findHours, hoursOfQueue, isOpen } from './hours.ts';

const NEW_YORK: HoursOfOperation = {
  id: '40404040-0000-4000-8000-000000000002',
  name: 'New York',
  timeZone: 'America/New_York',
  week: [
    { day: 'MONDAY', from: '09:00', to: '17:00' },
    { day: 'SATURDAY', from: '22:00', to: '02:30' },
  ],
};

const openAt = (iso: string, hours = NEW_YORK) => isOpen(hours, Date.parse(iso));

test('opening time counts, closing time does not', () => {
  assert.ok(!openAt('2026-03-02T08:59:59-05:00'));
  assert.ok(openAt('2026-03-02T09:00:00-05:00'));
  assert.ok(openAt('2026-03-02T16:59:59-05:00'));
  assert.ok(!openAt('2026-03-02T17:00:00-05:00'));
});

test('a queue opens at nine on its own clock, in winter and in summer', () => {
  assert.ok(!openAt('2026-03-02T13:30:00Z'));
  assert.ok(openAt('2026-03-09T13:30:00Z'));
});

test('a span past midnight belongs to the day it began on', () => {
  assert.ok(openAt('2026-03-01T00:30:00-05:00'));
  assert.ok(!openAt('2026-03-02T00:30:00-05:00'));
  assert.ok(!openAt('2026-03-01T22:30:00-05:00'));
});

test('an hour that summer time skips does not exist, and one that it repeats counts twice', () => {
  const beforeItSprings = '2026-03-08T01:59:00-05:00';
  const afterItSprang = '2026-03-08T03:00:00-04:00';
  const firstHalfPastOne = '2026-11-01T01:30:00-04:00';
  const secondHalfPastOne = '2026-11-01T01:30:00-05:00';

  assert.ok(openAt(beforeItSprings));
  assert.ok(!openAt(afterItSprang));
  assert.ok(openAt(firstHalfPastOne));
  assert.ok(openAt(secondHalfPastOne));
});

test('another day, and a day on the other side of the date line, is another day', () => {
  const auckland = { ...NEW_YORK, timeZone: 'Pacific/Auckland' };

  assert.ok(!openAt('2026-03-03T10:00:00-05:00'));
  assert.ok(openAt('2026-03-01T21:00:00Z', auckland));
});

test('a queue without hours of its own is always open, an agent has no hours', () => {
  const world = laptopWorld({ hoursOfOperation: [NEW_YORK] });
  const queueOf = (id: string) => findQueue(world, arnIn(world, 'queue', id)) ?? assert.fail();

  const billing = hoursOfQueue(world, queueOf('b1b1b1b1-0000-4000-8000-00000000b001'));
  const ana = hoursOfQueue(world, queueOf('agent/d4d4d4d4-0000-4000-8000-00000000d001'));

  assert.equal(billing, ALWAYS_OPEN);
  assert.ok(openAt('2026-03-01T23:59:00Z', billing) && openAt('2026-03-04T00:00:00Z', billing));
  assert.equal(ana, undefined);
});

test('hours are found by id and by ARN', () => {
  const world = laptopWorld({ hoursOfOperation: [NEW_YORK] });

  assert.equal(findHours(world, NEW_YORK.id), NEW_YORK);
  assert.equal(findHours(world, `${world.instanceArn}/operating-hours/${NEW_YORK.id}`), NEW_YORK);
  assert.equal(findHours(world, 'nothing'), undefined);
});
