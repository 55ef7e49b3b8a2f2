import type { RestOperation } from '../../../gateway/protocols.ts';
import { requireInstance } from '../input.ts';
import { connectPage } from '../page.ts';
import type { ConnectParts } from '../parts.ts';
import { phoneNumberSummary } from '../phone-numbers.ts';
import { instanceParts } from '../world.ts';

/** The claimed numbers. Not simulated: types, countries and traffic distribution groups. */
export function listPhoneNumbersV2({ world, numbers }: ConnectParts): RestOperation {
  const name = 'ListPhoneNumbersV2';
  const { partition, region, accountId } = instanceParts(world);
  return {
    name,
    method: 'POST',
    path: '/phone-number/list',
    // The resource is all numbers of the account in the Region, for any instance. Source: Service Authorization Reference.
    needs: () => [
      {
        action: `connect:${name}`,
        resource: `arn:${partition}:connect:${region}:${accountId}:phone-number/*`,
      },
    ],
    answer({ input: { InstanceId, TargetArn, NextToken: nextToken, MaxResults: maxResults } }) {
      for (const asked of [InstanceId, TargetArn]) if (asked !== undefined) requireInstance(world, asked);
      const asked = { nextToken, maxResults };
      const { items, ...rest } = connectPage(numbers.all(), { of: name, most: 1000, asked });
      return {
        ListPhoneNumbersSummaryList: items.map(({ number }) => phoneNumberSummary(world, number)),
        ...rest,
      };
    },
  };
}
