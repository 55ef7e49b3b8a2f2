import { homeOf } from '../../infra/arns.ts';
import { stackNameOf } from '../../infra/config.ts';
import { type ContactData, contactData } from '../aws/erasure/contact-data.ts';
import { type FailureSearch, failureSearch } from '../aws/erasure/failed-records.ts';
import { type LedgerErasure, ledgerErasure } from '../aws/erasure/ledger-erasure.ts';
import { type VoicemailStores, voicemailStores } from '../aws/erasure/voicemail-stores.ts';
import { deployedStack } from '../aws/deployed-stack.ts';
import { placeSettings, type PlaceOptions } from '../place.ts';
import { type Operations, operations } from '../voicemails/operations.ts';

/** What `vmx erase` works with. */
export interface ErasingOperations extends Operations {
  readonly erasure: LedgerErasure;
  readonly stores: VoicemailStores;
  /** Undefined: an earlier version deployed the stack, which does not say where it is. */
  readonly failures: FailureSearch | undefined;
  readonly contactData: ContactData;
  readonly wait: (ms: number) => Promise<void>;
}

/** Finds the deployed stack. Throws RefusedError, SettingsError or UsageError, in words. */
export async function erasingOperations(
  options: PlaceOptions & { readonly stack?: string | undefined },
  wait: (ms: number) => Promise<void>,
): Promise<ErasingOperations> {
  const on = await operations(options, wait);
  const { config } = await placeSettings(options);
  const { instanceArn } = config;
  const { region } = homeOf(instanceArn);
  const place = { region, ...(options.endpoint !== undefined && { endpoint: options.endpoint }) };
  const deployed = await deployedStack(options.stack ?? stackNameOf(config), place);
  const { failuresBucket } = deployed;
  return {
    ...on,
    erasure: ledgerErasure(deployed.ledgerTable, place),
    stores: voicemailStores(deployed, place),
    failures: failuresBucket === undefined ? undefined : failureSearch(failuresBucket, place),
    contactData: contactData(instanceArn, place),
    wait,
  };
}
