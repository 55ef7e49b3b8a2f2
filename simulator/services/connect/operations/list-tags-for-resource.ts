import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, resourceNotFound } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { phoneNumberArn } from '../phone-numbers.ts';
import { ALWAYS_OPEN } from '../routing/hours.ts';
import { routingProfilesOf } from '../routing-profiles.ts';
import { arnIn } from '../world.ts';

type Tags = Readonly<Record<string, string>>;

/**
 * The tags of a resource of the instance. Only queues and agents have any here. Contacts are not among the resources;
 * DescribeContact has their tags.
 */
export function listTagsForResource(parts: ConnectParts): RestOperation {
  return {
    name: 'ListTagsForResource',
    method: 'GET',
    path: '/tags/{resourceArn}',
    needs: ({ params: { resourceArn = '' } }) => [
      { action: 'connect:ListTagsForResource', resource: resourceArn },
    ],
    answer({ params: { resourceArn = '' } }) {
      if (!resourceArn.startsWith('arn:')) throw invalidParameter('resourceArn must be an ARN.');
      const found = resourcesOf(parts).find(([arn]) => arn === resourceArn);
      if (!found) throw resourceNotFound(`Resource not found: ${resourceArn}`);
      return { tags: found[1] };
    },
  };
}

function resourcesOf({
  world,
  flows,
  numbers,
}: ConnectParts): readonly (readonly [arn: string, tags: Tags])[] {
  const untagged = [
    world.instanceArn,
    ...[...flows.all(), ...flows.archived()].map(({ arn }) => arn),
    ...routingProfilesOf(world).map(({ id }) => arnIn(world, 'routing-profile', id)),
    ...[ALWAYS_OPEN, ...(world.hoursOfOperation ?? [])].map(({ id }) => arnIn(world, 'operating-hours', id)),
    ...numbers.all().map(({ number }) => phoneNumberArn(world, number)),
  ];
  return [
    ...untagged.map((arn) => [arn, {}] as const),
    ...world.queues.map(({ id, tags = {} }) => [arnIn(world, 'queue', id), tags] as const),
    ...world.users.map(({ id, tags = {} }) => [arnIn(world, 'agent', id), tags] as const),
  ];
}
