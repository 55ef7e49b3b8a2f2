import type { Check, Finding } from '../../check.ts';
import { queueNames } from '../../facts/queue-names.ts';
import { idsIn, readFlows } from '../../facts/read-flows.ts';
import { type RoutingProfile, routingProfiles } from '../../facts/routing-profiles.ts';
import { settingsQueues } from '../../facts/settings-queues.ts';
import { type TaskTakers, taskTakers } from '../../facts/task-takers.ts';
import type { Look } from '../../look.ts';

/** About the queues that the settings name. */
export const nobodyTakesTasks: Check = {
  id: 'nobody-takes-tasks',
  lane: 'agents and routing',
  title: 'whether agents are offered tasks of the queues in the settings',
  run: (look) => findingsOn(queuesOfSettings, look),
};

/** About the queues that flows of the customer with voicemail name. */
export const nobodyTakesTasksOfFlows: Check = {
  id: 'nobody-takes-tasks-of-flows',
  lane: 'agents and routing',
  title: 'whether agents are offered tasks of the queues in flows with voicemail',
  run: (look) => findingsOn(queuesOfFlows, look),
};

async function findingsOn(
  queuesOf: (look: Look) => Promise<readonly VoicemailQueue[]>,
  look: Look,
): Promise<readonly Finding[]> {
  if (look.config.deliveryMode === 'email') return [];
  const queues = await queuesOf(look);
  if (queues.length === 0) return [];
  const profiles = await routingProfiles(look);
  const takers = await taskTakers(
    queues.map(({ id }) => id),
    profiles,
    look,
  );
  return queues.flatMap((queue) => findingsFor(queue, profiles, takers));
}

interface VoicemailQueue {
  readonly id: string;
  readonly name: string;
  /** Where the queue is named: `fallbackQueueArn`, `the flow "Main line"`. */
  readonly namedBy: string;
}

async function queuesOfSettings(look: Look): Promise<readonly VoicemailQueue[]> {
  const found = await settingsQueues(look);
  return found.flatMap(({ setting, id, queue }) =>
    queue ? [{ id, name: queue.Name ?? id, namedBy: setting }] : [],
  );
}

/** Without the queues that the settings name. */
async function queuesOfFlows(look: Look): Promise<readonly VoicemailQueue[]> {
  const { flows } = await readFlows(look);
  const theirs = flows.filter(({ isOurs, hasVoicemail }) => hasVoicemail && !isOurs);
  if (theirs.length === 0) return [];
  const names = await queueNames(look);
  const { fallbackQueueArn, flows: settings } = look.config;
  const inSettings = [fallbackQueueArn, settings?.entryQueueArn];
  const found = new Map<string, VoicemailQueue>();
  for (const flow of theirs) {
    for (const id of idsIn(flow.document)) {
      const name = names.get(id);
      const isInSettings = inSettings.some((arn) => arn?.endsWith(id));
      if (name !== undefined && !isInSettings)
        found.set(id, { id, name, namedBy: `the flow "${flow.name}"` });
    }
  }
  return [...found.values()];
}

function findingsFor(
  { id, name, namedBy }: VoicemailQueue,
  profiles: readonly RoutingProfile[],
  takers: TaskTakers,
): readonly Finding[] {
  const taker = takers.taker(id);
  if (taker && taker.agents > 0) return [];
  const queue = `the queue "${name}" (${namedBy})`;
  const suffers = `Agents: none is offered a voicemail of "${name}". It waits until its task ends.`;
  if (taker) {
    return [
      {
        severity: 'warning',
        certainty: 'certain',
        what: `No agent takes tasks of ${queue}: the routing profiles that do have no agents.`,
        suffers,
        evidence: [{ api: SEARCH, saw: `"${taker.name}": NumberOfAssociatedUsers: 0` }],
        remedy: `Give agents the routing profile "${taker.name}" in the Amazon Connect console, Users, User management.`,
      },
    ];
  }
  const having = profiles.filter(({ queueIds }) => queueIds.includes(id));
  const leftOut = takers.leftOut(id);
  const takeNone = having.length > 0 && having.every(({ tasks }) => tasks === 0);
  return [
    {
      severity: leftOut > 0 ? 'warning' : 'blocker',
      certainty: leftOut > 0 ? 'likely' : 'certain',
      what: `No routing profile takes tasks of ${queue}${leftOut > 0 ? ` among those that were looked at; ${leftOut} with it were not` : ''}.`,
      suffers,
      evidence: [
        {
          api: SEARCH,
          saw: `${having.length} of ${profiles.length} routing profiles have the queue${takeNone ? ', and take 0 tasks at once' : ''}`,
        },
        ...(takeNone ? [] : [{ api: 'connect:ListRoutingProfileQueues', saw: `${name}, TASK: none` }]),
      ],
      remedy: `Add "${name}" with the channel Task to the routing profile of its agents in the Amazon Connect console, Users, Routing profiles${takeNone ? ', and set how many tasks they take at once' : ''}.`,
    },
  ];
}

const SEARCH = 'connect:SearchRoutingProfiles';
