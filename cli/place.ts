import { destinationOf, type LoadedSettings, loadSettings } from '../infra/settings/settings-file.ts';
import { UsageError } from './command.ts';

/** For parseArgs: where a command that asks AWS goes, and whose settings it goes by. */
export const PLACE_OPTIONS = { deployment: { type: 'string' }, endpoint: { type: 'string' } } as const;

export const PLACE_USAGE = `  --deployment NAME  the settings in deployments/NAME.config.ts (default: the only deployment there is; in the
                     simulator, the sample)
  --endpoint URL     instead of AWS, as AWS_ENDPOINT_URL does: the simulator of npm start`;

export interface PlaceOptions {
  readonly deployment?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** The settings that a command goes by. Throws UsageError for the endpoint, SettingsError for the settings. */
export async function placeSettings({ deployment, endpoint }: PlaceOptions): Promise<LoadedSettings> {
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new UsageError(`--endpoint ${endpoint} is no address such as http://localhost:4566`);
  }
  return await loadSettings({ goesTo: destinationOf(endpoint), deployment, orSample: true });
}
