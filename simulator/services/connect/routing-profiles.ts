import type { JsonObject } from '../../gateway/protocols.ts';
import { BASIC_ROUTING_PROFILE, CONCURRENCY, LAST_MODIFIED_MS } from './instance-defaults.ts';
import {
  arnIn,
  type Channel,
  instanceParts,
  type RoutingProfile,
  routingProfileOf,
  type World,
} from './world.ts';

const CHANNELS: readonly Channel[] = ['VOICE', 'TASK', 'CHAT'];

/** All routing profiles of the instance. A world can replace the basic one. */
export function routingProfilesOf({ routingProfiles = [] }: World): readonly RoutingProfile[] {
  const isRewritten = routingProfiles.some(({ id }) => id === BASIC_ROUTING_PROFILE.id);
  return isRewritten ? routingProfiles : [BASIC_ROUTING_PROFILE, ...routingProfiles];
}

export function findRoutingProfile(world: World, profileId: string): RoutingProfile | undefined {
  return routingProfilesOf(world).find(({ id }) => id === profileId);
}

/** One line of a routing profile: a queue and a channel. */
export interface ProfileQueue {
  readonly queueId: string;
  readonly channel: Channel;
}

export function queuesOfProfile({ queues }: World, profile: RoutingProfile): readonly ProfileQueue[] {
  const listed = profile.queues ?? queues.map(({ id }) => ({ queueId: id, channels: CHANNELS }));
  return listed.flatMap(({ queueId, channels }) => channels.map((channel) => ({ queueId, channel })));
}

export function queueIdsOf(world: World, profile: RoutingProfile): readonly string[] {
  return [...new Set(queuesOfProfile(world, profile).map(({ queueId }) => queueId))];
}

/** A routing profile as the API returns it in a list. */
export function profileSummary(world: World, { id, name }: RoutingProfile): JsonObject {
  return {
    Id: id,
    Arn: arnIn(world, 'routing-profile', id),
    Name: name,
    LastModifiedTime: LAST_MODIFIED_MS / 1000,
    LastModifiedRegion: instanceParts(world).region,
  };
}

/** What both DescribeRoutingProfile and SearchRoutingProfiles return. Leaves out channels without contacts. */
export function describedProfile(world: World, profile: RoutingProfile): JsonObject {
  const queueIds = queueIdsOf(world, profile);
  return {
    InstanceId: instanceParts(world).instanceId,
    Name: profile.name,
    RoutingProfileArn: arnIn(world, 'routing-profile', profile.id),
    RoutingProfileId: profile.id,
    MediaConcurrencies: CHANNELS.flatMap((channel) => {
      const Concurrency = profile.concurrency?.[channel] ?? CONCURRENCY[channel];
      return Concurrency === 0 ? [] : [{ Channel: channel, Concurrency }];
    }),
    DefaultOutboundQueueId: queueIds[0],
    Tags: {},
    NumberOfAssociatedQueues: queueIds.length,
    NumberOfAssociatedUsers: world.users.filter((user) => routingProfileOf(world, user).id === profile.id)
      .length,
    IsDefault: profile.id === BASIC_ROUTING_PROFILE.id,
  };
}
