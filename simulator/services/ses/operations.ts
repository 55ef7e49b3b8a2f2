import type { RestOperation } from '../../gateway/protocols.ts';
import { createEmailTemplate } from './operations/create-email-template.ts';
import { deleteEmailTemplate } from './operations/delete-email-template.ts';
import { getAccount } from './operations/get-account.ts';
import { getConfigurationSet } from './operations/get-configuration-set.ts';
import { getConfigurationSetEventDestinations } from './operations/get-configuration-set-event-destinations.ts';
import { getEmailIdentity } from './operations/get-email-identity.ts';
import { getEmailTemplate } from './operations/get-email-template.ts';
import { listConfigurationSets } from './operations/list-configuration-sets.ts';
import { listEmailIdentities } from './operations/list-email-identities.ts';
import { listEmailTemplates } from './operations/list-email-templates.ts';
import { listSuppressedDestinations } from './operations/list-suppressed-destinations.ts';
import { sendEmail } from './operations/send-email.ts';
import { testRenderEmailTemplate } from './operations/test-render-email-template.ts';
import { updateEmailTemplate } from './operations/update-email-template.ts';
import type { SesParts } from './parts.ts';

/** Everything that can be asked of SES over the wire, API v2. */
export function sesOperations(parts: SesParts): readonly RestOperation[] {
  return [
    createEmailTemplate(parts),
    deleteEmailTemplate(parts),
    getAccount(parts),
    getConfigurationSet(parts),
    getConfigurationSetEventDestinations(parts),
    getEmailIdentity(parts),
    getEmailTemplate(parts),
    listConfigurationSets(parts),
    listEmailIdentities(parts),
    listEmailTemplates(parts),
    listSuppressedDestinations(parts),
    sendEmail(parts),
    testRenderEmailTemplate(parts),
    updateEmailTemplate(parts),
  ];
}
