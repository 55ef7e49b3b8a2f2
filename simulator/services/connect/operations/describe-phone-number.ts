import type { RestOperation } from '../../../gateway/protocols.ts';
import { resourceNotFound } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { phoneNumberSummary } from '../phone-numbers.ts';
import { instanceParts } from '../world.ts';

/** A claimed number, by id or ARN. The flow that answers it is not part of it: ListFlowAssociations has that. */
export function describePhoneNumber({ world, numbers }: ConnectParts): RestOperation {
  const name = 'DescribePhoneNumber';
  const { partition, region, accountId } = instanceParts(world);
  return {
    name,
    method: 'GET',
    path: '/phone-number/{PhoneNumberId}',
    needs: ({ params: { PhoneNumberId: id = '' } }) => {
      const resource = `arn:${partition}:connect:${region}:${accountId}:phone-number/${idOf(id)}`;
      return [{ action: `connect:${name}`, resource }];
    },
    answer({ params: { PhoneNumberId: id = '' } }) {
      const summaries = numbers.all().map(({ number }) => phoneNumberSummary(world, number));
      const found = summaries.find(({ PhoneNumberId }) => PhoneNumberId === idOf(id));
      if (!found) throw resourceNotFound(`Phone number not found: ${id}`);
      return { ClaimedPhoneNumberSummary: { ...found, Tags: {}, PhoneNumberStatus: { Status: 'CLAIMED' } } };
    },
  };
}

function idOf(idOrArn: string): string {
  return idOrArn.replace(/^.*\//, '');
}
