import type { VoicemailConfig } from '../../infra/config.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { SimulatorOptions } from '../../simulator/options.ts';
import written from '../../voicemail.config.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';

export const AUDIO = spokenNoise(2);

/** A laptop with these settings, on which somebody leaves messages. */
export async function laptopWith(
  change: Partial<VoicemailConfig>,
  { world = {}, ...options }: Partial<Omit<SimulatorOptions, 'world'>> & { world?: object } = {},
) {
  const config = { ...written, ...change };
  const laptop = await startLaptop({
    ...otherSettings(config),
    world: { ...configuredWorld(config), ...world },
    ...options,
  });
  const { simulator, happenings, taskOf, settled } = laptop;

  /** Leaves a message, waits for its delivery, and returns its task. */
  async function delivered({ from = CALLER, ...attributes }: Readonly<Record<string, string>> = {}) {
    const { contactId } = simulator.connect.placeCall({
      from,
      audio: AUDIO,
      attributes: { vmx3_flag: '1', ...attributes },
      queueArn: BILLING_ARN,
    });
    await settled(contactId);
    return { contactId, task: attributes['vmx3_mode'] === 'email' ? undefined : await taskOf(contactId) };
  }

  return {
    ...laptop,
    delivered,
    /** How often an operation was called for a voicemail. */
    calls: (operation: string, contactId: string) =>
      happenings.filter(
        (one) => one.kind === 'api-call' && one.operation === operation && one.about.includes(contactId),
      ).length,
    /** The lines of functions' logs with these words. */
    logged: (words: string) =>
      happenings.flatMap((one) => (one.kind === 'log' && one.line.includes(words) ? [one.line] : [])),
    /** By action: whether it is granted, and used. */
    grantsOf: (action: string) =>
      simulator.grants().flatMap((one) => (one.action === action ? [one.isUsed] : [])),
  };
}
