import type { RestOperation } from '../../../gateway/protocols.ts';
import { sesArn } from '../configuration-sets.ts';
import type { SesParts } from '../parts.ts';

/** GetConfigurationSet. Source: SES API v2 reference. */
export function getConfigurationSet({ account, configurationSets }: SesParts): RestOperation {
  return {
    name: 'GetConfigurationSet',
    method: 'GET',
    path: '/v2/email/configuration-sets/{ConfigurationSetName}',
    needs: ({ params: { ConfigurationSetName: name = '' } }) => [
      { action: 'ses:GetConfigurationSet', resource: sesArn(account, 'configuration-set', name) },
    ],
    answer({ params: { ConfigurationSetName: name = '' } }) {
      const { sendingEnabled, options } = configurationSets.require(name);
      return {
        ConfigurationSetName: name,
        ReputationOptions: { ReputationMetricsEnabled: false },
        SendingOptions: { SendingEnabled: sendingEnabled },
        Tags: [],
        ...options,
      };
    },
  };
}
