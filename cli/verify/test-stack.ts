import { deployedStack } from '../aws/deployed-stack.ts';
import { ledgerEntries } from '../aws/ledger-entries.ts';
import type { Limits } from '../aws/limits.ts';
import { probeOf } from '../aws/probe.ts';
import { objectFinder } from '../aws/voicemail-objects.ts';
import { RefusedError } from '../command.ts';
import { outputOf, stack } from '../doctor/facts/stack.ts';
import type { Look } from '../doctor/look.ts';
import { followLink } from './follow-link.ts';
import { sendTestVoicemail, type TestOutcome, type TestQueue, type TestStep } from './test-voicemail.ts';
import { ledgerDaysOf } from '../../infra/retention-settings.ts';

const DAY_MS = 86_400_000;

/** `  12.3 s  delivered as task` */
export function stepInWords({ afterMs, what }: TestStep): string {
  return `  ${(afterMs / 1000).toFixed(1).padStart(6)} s  ${what}`;
}

/** Sends a test voicemail through the stack of the settings, and says each step. Throws RefusedError. */
export async function testStack(
  queue: TestQueue,
  { look, onStep, wait, clock }: { look: Look; onStep: (step: TestStep) => void } & Limits,
): Promise<TestOutcome> {
  const { place, config, home, now, stackName } = look;
  const deployed = await deployedStack(stackName, place);
  const found = await stack(look);
  const flowId = found && outputOf(found, 'TaskFlow');
  if (flowId === undefined) throw new RefusedError(`the stack ${stackName} has no output TaskFlow`);
  return await sendTestVoicemail(queue, {
    instanceArn: config.instanceArn,
    probe: probeOf(deployed, { instanceId: home.instanceId, flowId, now }, look),
    ledger: ledgerEntries(deployed.ledgerTable, {
      ...place,
      retentionMs: ledgerDaysOf(config) * DAY_MS,
      now,
    }),
    objects: objectFinder(deployed, place),
    follow: followLink,
    onStep,
    wait,
    clock,
    now,
  });
}
