import type { RestOperation } from '../../gateway/protocols.ts';
import { getDomain } from './operations/get-domain.ts';
import { listIntegrations } from './operations/list-integrations.ts';
import { searchProfiles } from './operations/search-profiles.ts';
import type { CustomerProfilesParts } from './parts.ts';

/** Everything that can be asked of Customer Profiles over the wire. */
export function customerProfilesOperations(parts: CustomerProfilesParts): readonly RestOperation[] {
  return [getDomain(parts), listIntegrations(parts), searchProfiles(parts)];
}
