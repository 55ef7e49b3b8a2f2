import { parseArgs } from 'node:util';
import { USUAL_VOICEMAILS_PER_SECOND, voicemailsPerSecondOf } from '../../infra/queue-workers.ts';
import { DELIVERY_MODES } from '../../src/domain/delivery-mode.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { PLACE_OPTIONS, PLACE_USAGE, type PlaceOptions, placeSettings } from '../place.ts';
import { type Expected, loadOf, USUALLY } from './load.ts';
import { scaleForMachines, scaleInWords } from './report.ts';

/** `vmx scale`: which quota so many voicemails meet first. */
export const scaleCommand: Command = {
  name: 'scale',
  summary: 'reckon which quotas of AWS so many voicemails a day meet, and what to ask for',
  usage: `vmx scale --per-day N [options]

Reckons from the settings which quotas N voicemails a day need, which is met first, and what to ask AWS
for. AWS is not asked: npx vmx doctor holds some of the account's own quotas against its defaults.

  --per-day N          voicemails a day
  --busiest-hour P     percent of them in the busiest hour (default ${USUALLY.busiestHour * 100})
  --seconds S          length of each (default ${USUALLY.seconds})
  --task-hours H       how long a task is open, until an agent completes it (default ${USUALLY.taskHours})
  --mode MODE          without settings, for a plan: ${DELIVERY_MODES.join(', ')}
  --json               as JSON, with the source of every quota
${PLACE_USAGE}

Exit code: 0 done, 2 not used as described here.`,

  async run(args, { out }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...PLACE_OPTIONS,
        'per-day': { type: 'string' },
        'busiest-hour': { type: 'string' },
        seconds: { type: 'string' },
        'task-hours': { type: 'string' },
        mode: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const number = (
      name: 'per-day' | 'busiest-hour' | 'seconds' | 'task-hours',
      usual: number,
      most: number,
    ) => numberIn(name, values[name], usual, most);
    if (values['per-day'] === undefined) throw new UsageError('how many voicemails a day? Say --per-day N');
    const asked = {
      voicemailsPerDay: number('per-day', 0, 100_000_000),
      busiestHour: number('busiest-hour', USUALLY.busiestHour * 100, 100) / 100,
      seconds: number('seconds', USUALLY.seconds, 3600),
      taskHours: number('task-hours', USUALLY.taskHours, 90 * 24),
    };
    const { voicemailsPerSecond, ...delivery } = await stackOf(values);
    const told = { load: loadOf({ ...asked, ...delivery }), voicemailsPerSecond };
    out(values.json ? scaleForMachines(told) : scaleInWords(told));
    return EXIT.ok;
  },
};

interface Stack extends Pick<Expected, 'mode' | 'isAttached'> {
  readonly voicemailsPerSecond: number;
}

async function stackOf({
  mode,
  ...place
}: PlaceOptions & { readonly mode?: string | undefined }): Promise<Stack> {
  if (mode !== undefined) {
    const found = DELIVERY_MODES.find((one) => one === mode);
    if (found === undefined) throw new UsageError(`--mode ${mode}: there are ${DELIVERY_MODES.join(', ')}`);
    return { mode: found, isAttached: false, voicemailsPerSecond: USUAL_VOICEMAILS_PER_SECOND };
  }
  const { config } = await placeSettings(place);
  return {
    mode: config.deliveryMode ?? 'guided_task',
    isAttached: config.email !== undefined && config.email.recording !== 'link',
    voicemailsPerSecond: voicemailsPerSecondOf(config),
  };
}

function numberIn(name: string, text: string | undefined, usual: number, most: number): number {
  if (text === undefined) return usual;
  const number = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && number > 0 && number <= most) return number;
  throw new UsageError(`--${name} ${text} is no number above 0, up to ${most}`);
}
