import type { Check } from '../../check.ts';
import { profileDomain } from '../../facts/profile-domain.ts';

const SUFFERS = 'Agents: voicemails come without the name of the customer who has the number.';
const IN_CONSOLE =
  "In the Amazon Connect console, the instance's Customer profiles shows the domain that it has.";

export const customerProfilesDomain: Check = {
  id: 'customer-profiles-domain',
  lane: 'instance',
  title: 'whether the Customer Profiles domain of the settings is there, and the instance’s',
  async run(look) {
    const { customerProfiles, instanceArn } = look.config;
    if (!customerProfiles) return [];
    const { domain } = customerProfiles;
    const found = await profileDomain(domain, look);
    if (!found) {
      return [
        {
          severity: 'warning',
          certainty: 'certain',
          what: `customerProfiles.domain is "${domain}", and there is no such domain in ${look.home.region}.`,
          suffers: SUFFERS,
          evidence: [{ api: 'profile:GetDomain', saw: `${domain}: ResourceNotFoundException` }],
          remedy: `${IN_CONSOLE} Correct the setting and deploy, or leave it out.`,
        },
      ];
    }
    if (found.sources.includes(instanceArn)) return [];
    return [
      {
        severity: 'warning',
        certainty: 'likely',
        what: `The Customer Profiles domain "${domain}" does not get its data from this instance: it is probably another one's.`,
        suffers: 'Agents: names may be those of the customers of another contact center.',
        evidence: [
          {
            api: 'profile:ListIntegrations',
            saw: `${found.sources.length} integrations, and none with the ARN of the instance`,
          },
        ],
        remedy: `${IN_CONSOLE} If it is this one, nothing has to be done.`,
      },
    ];
  },
};
