import type { AudioSource } from '../src/domain/audio-source.ts';
import { keptOf } from './retention-settings.ts';
import { LONGEST_TASK_DAYS } from './settings/allowed.ts';
import { contradictionsIn } from './settings/contradictions.ts';
import { problemsIn, strayCharacters } from './settings/problems.ts';
import { SETTINGS, type Settings } from './settings/schema.ts';

/**
 * What an administrator decides about one deployment. A settings file says it,
 * the stack is made of it. Account, Region and partition are those of
 * `instanceArn`.
 */
export type VoicemailConfig = Settings;

/** The name of the stack, and the prefix of its alarms and its dashboard. */
export function stackNameOf({ stackName = 'VoicemailExpress' }: VoicemailConfig): string {
  return stackName;
}

/**
 * After how many days a task ends that nobody completes. By default a day before its recording is deleted, so that a
 * task that nobody took can come back with it.
 */
export function taskDaysOf(config: VoicemailConfig): number {
  const { deleteAfterDays } = keptOf('recordings', config);
  return config.taskDays ?? Math.min(Math.max(deleteAfterDays - 1, 1), LONGEST_TASK_DAYS);
}

/** What flows of the stack record a message with. */
export function audioSourceOf({ audioSource = 'stream' }: VoicemailConfig): AudioSource {
  return audioSource;
}

/** The same as a setting of a function, where it is not the usual one. */
export function audioSourceSetting(config: VoicemailConfig): Record<string, string> {
  const source = audioSourceOf(config);
  return source === 'stream' ? {} : { AUDIO_SOURCE: source };
}

/** How much of CloudWatch the stack pays for. */
export function monitoringOf({ monitoring = 'essential' }: VoicemailConfig): 'essential' | 'full' {
  return monitoring;
}

/** The settings are wrong; the message has one line per wrong one: the key, what came, what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['the settings do not say what can be deployed:', ...problems].join('\n  '));
    this.problems = problems;
  }
}

/** Types the settings while they are written, and checks them when they are loaded. Throws ConfigError. */
export function defineConfig(config: VoicemailConfig): VoicemailConfig {
  return parseConfig(config);
}

/** Checks settings from any source. Throws ConfigError that names all wrong ones at once. */
export function parseConfig(input: unknown): VoicemailConfig {
  const strays = strayCharacters(input);
  const parsed = SETTINGS.safeParse(input);
  const issues = (parsed.error?.issues ?? []).filter(
    ({ path }) => !strays.some(({ setting }) => setting === path.join('.')),
  );
  const problems = [
    ...strays.map(({ line }) => line),
    ...issues.flatMap((issue) => problemsIn(issue, input)),
    ...(parsed.success && strays.length === 0 ? contradictionsIn(parsed.data) : []),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return parsed.data;
}
