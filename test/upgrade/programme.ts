import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { stackForTests } from '../../scripts/synth.ts';
import { shakyCloud } from '../../simulator/faults/fault-plan.ts';
import type { Template } from '../../simulator/template/template.ts';
import { toolkitFor } from '../deploy/toolkit.ts';
import type { Ending } from '../ending.ts';
import { inSteps } from './index-steps.ts';
import { oldAssembly } from './old-stack/old-stack.ts';
import { type RehearsalTotals, startRehearsal } from './rehearsal.ts';

/**
 * Updates from an old version and rollbacks to it, by CDK's toolkit, while voicemails come in. Counts the results.
 *
 *     node test/upgrade/programme.ts --voicemails 500 --seed 1
 *
 * So many in each of the two scenarios. Exit code 1 if one was lost or doubled.
 */
export interface Scenario {
  readonly voicemails: number;
  readonly seed: number;
}

/** From the old version to this one, and back: with the ledger's indexes in steps of their own. */
export async function updateAndBack(t: Ending, { voicemails, seed }: Scenario): Promise<RehearsalTotals> {
  const { assemblyFolder } = await stackForTests();
  const old = oldAssembly(t);
  const rehearsal = await startRehearsal(t, { assemblyFolder: old, seed });
  const { simulator } = rehearsal;
  const update = await inSteps(t, simulator, { from: old, to: assemblyFolder });
  const back = await inSteps(t, simulator, { from: assemblyFolder, to: old });
  const some = Math.round(voicemails / 5);

  await rehearsal.fillQueues();
  await rehearsal.leave(some);
  await rehearsal.during(update, some);
  assert.ok('Version' in simulator.deployment.outputs);
  await rehearsal.fillQueues();
  await rehearsal.leave(some);
  await rehearsal.during(back, some);
  assert.ok(!('Version' in simulator.deployment.outputs));
  await rehearsal.leave(some);
  return await rehearsal.end();
}

/**
 * From the old version to this one, in a cloud in which calls fail and functions are killed. The first update fails
 * in the middle, and CloudFormation undoes it. The old version's function has another id: it goes, and ours comes.
 */
export async function updateDespiteFaults(
  t: Ending,
  { voicemails, seed }: Scenario,
): Promise<RehearsalTotals> {
  const { assemblyFolder } = await stackForTests();
  const old = oldAssembly(t, (text) => text.replaceAll('saverecordingFunction', 'recordingFunction'));
  const faults = shakyCloud({ failing: 0.1, seed });
  const rehearsal = await startRehearsal(t, { assemblyFolder: old, seed, faults });
  const { simulator } = rehearsal;
  const broken = await inSteps(t, simulator, {
    from: old,
    to: assemblyFolder,
    patch: (template) => withBrokenPart(template, simulator.deployment.idOf),
  });
  // The indexes are there when the update fails, and stay: the next one has no steps.
  const update = await toolkitFor(t, simulator, { assemblyFolder });
  const some = Math.round(voicemails / 5);

  await rehearsal.fillQueues();
  await rehearsal.leave(some);
  await assert.rejects(rehearsal.during(broken, some), / Broken: /);
  assert.ok('recordingFunctionCBCAF57B' in simulator.deployment.functions);
  await rehearsal.fillQueues();
  await rehearsal.leave(some);
  await rehearsal.during(update.deploy, some);
  assert.ok(!('recordingFunctionCBCAF57B' in simulator.deployment.functions));
  await rehearsal.leave(some);
  return await rehearsal.end();
}

/** Something that CloudFormation cannot make, after it has changed some functions. */
function withBrokenPart(template: Template, idOf: (type: string, pathSegment: string) => string): unknown {
  const DependsOn = ['deliver-voicemail', 'contact-records'].map((name) =>
    idOf('AWS::Lambda::Function', name),
  );
  const Broken = {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    DependsOn,
    Properties: { AlarmRule: 'WHENEVER' },
  };
  return { ...template, Resources: { ...template.Resources, Broken } };
}

export function reportOf({ ledgerFaults, during, redriven, voicemails, ...listed }: RehearsalTotals): string {
  const counts = Object.entries(listed).map(([what, contactIds]) => [what, contactIds.length]);
  return JSON.stringify(
    { voicemails, during, redriven, ledgerFaults, ...Object.fromEntries(counts) },
    null,
    2,
  );
}

/** What is wrong, a text each. */
export function wrongIn({ lost, doubled, flagged, ledgerFaults }: RehearsalTotals): readonly string[] {
  return [
    ...lost.map((contactId) => `lost: ${contactId}`),
    ...doubled.map((contactId) => `doubled: ${contactId}`),
    ...flagged.map((contactId) => `still flagged: ${contactId}`),
    ...ledgerFaults,
  ];
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      voicemails: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
    },
  });
  const asked = { voicemails: Number(values.voicemails), seed: Number(values.seed) };
  for (const scenario of [updateAndBack, updateDespiteFaults]) {
    const closers: (() => unknown)[] = [];
    const startedAt = process.cpuUsage();
    const totals = await scenario({ after: (closer) => void closers.push(closer) }, asked);
    for (const closer of closers.toReversed()) await closer();
    const { user, system } = process.cpuUsage(startedAt);
    const cpuSeconds = ((user + system) / 1e6).toFixed(0);
    console.log(`${scenario.name}, ${cpuSeconds} s of a core: ${reportOf(totals)}`);
    for (const line of wrongIn(totals)) console.error(line);
    if (wrongIn(totals).length > 0) process.exitCode = 1;
  }
}
