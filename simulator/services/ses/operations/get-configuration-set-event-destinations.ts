import type { RestOperation } from '../../../gateway/protocols.ts';
import { busArn } from '../../eventbridge/input.ts';
import { sesArn } from '../configuration-sets.ts';
import type { SesParts } from '../parts.ts';

/** GetConfigurationSetEventDestinations: all of them lead to the default bus here. Source: SES API v2 reference. */
export function getConfigurationSetEventDestinations({
  account,
  configurationSets,
}: SesParts): RestOperation {
  const action = 'ses:GetConfigurationSetEventDestinations';
  return {
    name: 'GetConfigurationSetEventDestinations',
    method: 'GET',
    path: '/v2/email/configuration-sets/{ConfigurationSetName}/event-destinations',
    needs: ({ params: { ConfigurationSetName: name = '' } }) => [
      { action, resource: sesArn(account, 'configuration-set', name) },
    ],
    answer: ({ params: { ConfigurationSetName: setName = '' } }) => ({
      EventDestinations: configurationSets.require(setName).destinations.map(({ name, enabled, events }) => ({
        Name: name,
        Enabled: enabled,
        MatchingEventTypes: events,
        EventBridgeDestination: { EventBusArn: busArn(account) },
      })),
    }),
  };
}
