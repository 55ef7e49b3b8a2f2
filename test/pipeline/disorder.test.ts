import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { followUpOf } from '../../src/domain/follow-up.ts';
import type { Disorder } from './disorder.ts';
import { textOf } from './arrivals.ts';
import { scenario } from './scenario.ts';
import { ANA } from './task-records.ts';

const DAY_MS = 86_400_000;
const ENDS = ['delivered', 'blank', 'parked'];
const RUNS = Number(process.env['DISORDER_RUNS'] ?? 80);

/** Faults of every kind, at moderate rates. */
const rates: fc.Arbitrary<Disorder> = fc.record({
  unavailable: fc.constantFrom(0, 0.1, 0.3),
  refused: fc.constantFrom(0, 0.05),
  crashed: fc.constantFrom(0, 0.05, 0.15),
  lostEvents: fc.constantFrom(0, 0.3, 1),
  doubledEvents: fc.constantFrom(0, 0.5),
  skewed: fc.constantFrom(0, 0.3),
  unanswered: fc.constantFrom(0, 0.3, 0.8),
  hasPromptMailEvents: fc.boolean(),
});

/** Operations that are refused until every voicemail that can be given up is given up. */
const refusals = fc.record({
  noTasks: fc.boolean(),
  noRecordings: fc.boolean(),
  noMails: fc.constantFrom(false, false, true),
});

type Scenario = ReturnType<typeof scenario>;

test('with any faults, in any order: every voicemail comes to an end, and none is delivered twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), rates, refusals, async (seed, disorder, forDays) => {
      const world = scenario(seed, 1 + (Math.abs(seed) % 4));

      await world.happen(disorder, 250, () => {
        everyOpenOneIsDue(world);
        noneIsDoubled(world, disorder);
      });
      Object.assign(world.cloud.faults, forDays);
      const { unanswered, lostEvents, hasPromptMailEvents } = disorder;
      await world.settle({ unanswered, lostEvents, hasPromptMailEvents });
      everyOneHasEnded(world);
      const isRefused = disorder.refused > 0 || forDays.noTasks || forDays.noRecordings;
      if (!isRefused) assert.deepEqual(world.cloud.deadLetters, []);
      Object.assign(world.cloud.faults, { noTasks: false, noRecordings: false, noMails: false });
      await world.redriveAll();
      await world.settle();

      everyOneHasEnded(world);
      noneIsDoubled(world, disorder);
      everyOneIsWhereItBelongs(world);
      whoHadItHasHandledIt(world);
      await whatComesLateChangesNothing(world);
    }),
    { numRuns: RUNS },
  );
});

function everyOpenOneIsDue({ entries }: Scenario): void {
  for (const { state, dueAtMs } of entries()) {
    assert.equal(dueAtMs === undefined, ENDS.includes(state), `${state}, due at ${dueAtMs}`);
  }
}

function everyOneHasEnded({ entries, callers }: Scenario): void {
  assert.equal(entries().length, callers.length);
  for (const { state } of entries()) assert.ok(ENDS.includes(state), state);
}

/**
 * A mail can be followed by another, or by a task, if its answer was lost and SES does not report it in
 * time.
 */
function noneIsDoubled({ cloud }: Scenario, { hasPromptMailEvents }: Disorder): void {
  const { arrivals } = cloud.arrivals;
  for (const { contactId, objections } of arrivals) assert.deepEqual(objections, [], contactId);
  if (!hasPromptMailEvents) return;
  const others = arrivals.filter(({ contactId }) => !cloud.arrivals.hasComeBack(contactId));
  assert.equal(new Set(others.map(({ contactId }) => contactId)).size, others.length);
}

/** After a redrive of those that were given up, nobody is missing, and nobody has another caller's words. */
function everyOneIsWhereItBelongs({ callers, cloud }: Scenario): void {
  for (const { contactId, kind } of callers) {
    const come = cloud.arrivals.comeTo(contactId);
    const entry = cloud.book.kept.get(contactId);
    // A silent recording that could not be saved counts as a call that could not be recorded.
    if (kind === 'is silent' && entry?.state === 'blank') {
      // It was recorded later, and is silent, after a request to call back whose answer was lost.
      for (const arrival of come) assert.match(textOf(arrival), /could not be recorded/);
      continue;
    }
    assert.ok(cloud.arrivals.isWhereTheLedgerSays(contactId), `${kind}: ${JSON.stringify(entry)}`);
    for (const { task, mail } of come) {
      const attached = Buffer.from(mail?.email.attachment?.bytes ?? []).toString();
      const all = JSON.stringify([task, mail?.email, attached]);
      assert.equal(task?.attributes['vmx3_contact_id'] ?? mail?.email.contactId, contactId);
      for (const other of callers) {
        if (other.contactId !== contactId) assert.ok(!all.includes(other.contactId));
      }
    }
  }
}

/** The end of a task that an agent had is the end of the voicemail, and nothing else is. */
function whoHadItHasHandledIt({ cloud }: Scenario): void {
  for (const { contactId, deliveredAs, taskEnd, followUps } of cloud.book.kept.values()) {
    if (deliveredAs === undefined) continue;
    const { stage, handled, taken } = followUpOf(followUps);
    if (taskEnd?.hasAgent) assert.deepEqual([stage, handled?.by], ['handled', ANA], contactId);
    else if (taken) assert.equal(taken.by, ANA);
    else assert.equal(stage, 'unheard', contactId);
    const ids = (followUps ?? []).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  }
}

/** Records come again for 24 months, transcripts after their deadline. */
async function whatComesLateChangesNothing(world: Scenario): Promise<void> {
  const { cloud, pass, sendAgain, answerLate, settle } = world;
  const before = { asked: cloud.asked.length, come: cloud.arrivals.arrivals.length, ended: ends(world) };
  for (const days of [0, 2, 27]) {
    pass(days * DAY_MS);
    answerLate();
    sendAgain();
    await settle();
  }
  assert.deepEqual(ends(world), before.ended);
  pass(2 * DAY_MS);
  cloud.book.kept.clear();
  for (const days of [0, 700]) {
    pass(days * DAY_MS);
    sendAgain();
    await settle();
  }
  assert.equal(cloud.asked.length, before.asked);
  assert.equal(cloud.arrivals.arrivals.length, before.come);
}

function ends({ entries }: Scenario) {
  return entries().map(({ contactId, state, deliveredAs, deliveredId }) => [
    contactId,
    state,
    deliveredAs,
    deliveredId,
  ]);
}
