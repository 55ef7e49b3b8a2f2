import { createHash } from 'node:crypto';
import type { VoicemailConfig } from '../infra/config.ts';

/** A digest of each setting, by its name: settings are compared without being sent. */
export function settingsDigest(config: VoicemailConfig): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16),
    ]),
  );
}

/** The names of settings that differ, in alphabetical order. */
export function differingSettings(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): readonly string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => one[name] !== other[name]).toSorted();
}
