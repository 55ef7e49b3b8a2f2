import { configuredWorld } from '../../laptop/configured-world.ts';
import { stackForTests } from '../../scripts/synth.ts';
import { watchProgress } from '../../laptop/watch-progress.ts';
import type { FaultPlan } from '../../simulator/faults/fault-plan.ts';
import type { SimulatorOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { DELIVERY_MODES, type DeliveryMode } from '../../src/domain/delivery-mode.ts';
import { spokenNoise } from '../e2e/spoken-noise.ts';

const { assemblyFolder } = await stackForTests();

/** What every caller says. */
export const SAID = 'please call me back';
/** All ways of delivery. */
export const MODES = DELIVERY_MODES;
export type Mode = DeliveryMode;

/** Instead of the stack's setting. */
export interface StackChanges {
  /** After so many tries a message is parked. */
  readonly receives?: number;
  /** How often the SDK tries a call. */
  readonly attempts?: number;
  readonly transcriptDeadlineMinutes?: number;
}

/** The current stack, in simulated time, in a cloud with faults. */
export function startCloud(faults: FaultPlan, changes: StackChanges = {}): Promise<Simulator> {
  return startStack({ faults, templatePatch: (template) => patched(template, changes) });
}

/** The current stack, by default in simulated time. */
export function startStack(options: Partial<SimulatorOptions>): Promise<Simulator> {
  return startSimulator({
    assemblyFolder,
    world: configuredWorld(),
    time: 'fast',
    recognizer: createStandInRecognizer(SAID),
    ...options,
  });
}

function patched(
  template: unknown,
  { receives, attempts, transcriptDeadlineMinutes: minutes }: StackChanges,
): unknown {
  let text = JSON.stringify(template);
  if (receives !== undefined)
    text = text.replaceAll(/"maxReceiveCount":\d+/g, `"maxReceiveCount":${receives}`);
  if (attempts !== undefined)
    text = text.replaceAll(
      '"POWERTOOLS_SERVICE_NAME":',
      `"AWS_MAX_ATTEMPTS":"${attempts}","POWERTOOLS_SERVICE_NAME":`,
    );
  if (minutes !== undefined)
    text = text.replaceAll(
      /"TRANSCRIPT_DEADLINE_MINUTES":"\d+"/g,
      `"TRANSCRIPT_DEADLINE_MINUTES":"${minutes}"`,
    );
  return JSON.parse(text);
}

/** Returns its contact id. */
export function leaveVoicemail({ connect }: Pick<Simulator, 'connect'>, mode: Mode, seconds = 1): string {
  const audio = spokenNoise(seconds);
  return connect.placeCall({ from: '+15555550142', audio, attributes: { vmx3_mode: mode } }).contactId;
}

/** The voicemails that are not done: the flag is reset last. */
export function openOf({ connect }: Simulator, contactIds: readonly string[]): readonly string[] {
  return contactIds.filter((contactId) => connect.contact(contactId).attributes['vmx3_flag'] !== '0');
}

/** The event of a recording waits for five seconds in its queue, and can come when all is done. */
const LATE_EVENT_MS = 10_000;

/** Waits until they are done, or for so long. Throws an Error if the simulator hangs. */
export async function untilSettled(
  simulator: Simulator,
  contactIds: readonly string[],
  patienceMs: number,
): Promise<void> {
  const { clock } = simulator;
  const untilMs = clock.now() + patienceMs;
  let open = contactIds;
  const hanging = Promise.withResolvers<never>();
  const onEnd = (why: string) =>
    hanging.reject(new Error(`${open.length} voicemails were not settled: ${why}`));
  const stopWatching = watchProgress(simulator, { longestMs: 2 * patienceMs, onEnd });
  try {
    while (clock.now() < untilMs) {
      open = openOf(simulator, open);
      if (open.length === 0) return await clock.sleep(LATE_EVENT_MS);
      await Promise.race([clock.sleep(10_000), hanging.promise]);
    }
  } finally {
    stopWatching();
  }
}
