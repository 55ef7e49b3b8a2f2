import { parseArgs } from 'node:util';
import type { FaultPlan } from '../simulator/faults/fault-plan.ts';
import { FAULT_OPTIONS, FAULTS_USAGE, faultPlanFrom } from './fault-options.ts';

export interface StartOptions {
  /** End after the delivery. */
  readonly once: boolean;
  /** A WAV file to play instead of the bundled sample. */
  readonly audio?: string;
  readonly from?: string;
  /** A world file, in place of the instance that fits the settings. */
  readonly worldFile?: string;
  /** What goes wrong in the simulated cloud. */
  readonly faults?: FaultPlan;
}

export const USAGE = `npm start [-- options]

  --once            end after the voicemail is delivered; exit code 0 if it was
  --audio FILE.wav  what the caller says: WAV, PCM, floating-point, mu-law or A-law
  --world FILE      the account and its Amazon Connect instance, as JSON: samples/worlds/ has some
  --from NUMBER     the number the caller calls from, such as +15555550142
${FAULTS_USAGE}
  --help            this text`;

/** Throws a TypeError with a sentence for an unknown option. */
export function parseStartOptions(args: readonly string[]): StartOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: 'boolean', default: false },
      audio: { type: 'string' },
      from: { type: 'string' },
      world: { type: 'string' },
      ...FAULT_OPTIONS,
      help: { type: 'boolean', default: false },
    },
  });
  const { once, audio, from, world, help } = values;
  if (help) return 'help';
  const faults = faultPlanFrom(values);
  return {
    once,
    ...(audio && { audio }),
    ...(from && { from }),
    ...(world && { worldFile: world }),
    ...(faults && { faults }),
  };
}
