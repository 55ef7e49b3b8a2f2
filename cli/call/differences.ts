import { loadSettings } from '../../infra/settings/settings-file.ts';
import { differingSettings, settingsDigest } from '../../laptop/settings-digest.ts';
import type { About } from '../../simulator/control/control-schema.ts';

/** In which ways a running simulator is not what this checkout would start; one sentence each. */
export async function differences(
  { endpoint, host, stacks }: About,
  folder: string,
): Promise<readonly string[]> {
  const at = `the simulator at ${endpoint}`;
  if (!host) return [];
  if (stacks.length === 0) return [`${at} has no stack: its flows are those of the sample instance`];
  const { config, file } = await loadSettings({ goesTo: 'laptop' });
  const names = differingSettings(host.settings, settingsDigest(config));
  const ofOther = host.folder === folder ? [] : [`${at} is of another checkout, ${host.folder}`];
  const isUnknown = Object.keys(host.settings).length === 0;
  if (isUnknown || names.length === 0) return ofOther;
  return [
    ...ofOther,
    `${at} has other settings than ${file} here: ${names.join(', ')}. To try yours, end it, and start it again`,
  ];
}
