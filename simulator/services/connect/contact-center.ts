import type { FlowParts, FlowStart } from './flow/flow-parts.ts';
import type { Clock } from '../../clock.ts';
import type { Happenings } from '../../happenings.ts';
import type { SimulatedLambda } from '../lambda/lambda.ts';
import type { Contact } from './contacts/contact.ts';
import type { Contacts } from './contacts/contacts.ts';
import { createFlowFunctions, type FlowFunctions } from './flow/flow-functions.ts';
import type { FlowRun } from './flow/flow-run.ts';
import { createFlowStore, type FlowStore } from './flow/flow-store.ts';
import { runFlow } from './flow/run-flow.ts';
import { createViewStore, type ViewStore } from './flow/view-store.ts';
import { createRouting, type RoutingParts } from './routing/create-routing.ts';
import { findHours, hoursOfQueue, isOpen } from './routing/hours.ts';
import type { QueueCounts, Routing } from './routing/routing.ts';
import type { Voice } from './voice/voice.ts';
import { arnIn, findQueue, type World } from './world.ts';

/** Flows and routing; each needs the other. */
export interface ContactCenter {
  readonly flows: FlowStore;
  readonly views: ViewStore;
  readonly functions: FlowFunctions;
  readonly routing: Routing & QueueCounts;
  readonly runFlow: (start: FlowStart) => FlowRun;
}

export function createContactCenter(parts: ContactCenterParts): ContactCenter {
  const { clock, world, lambda, voiceOf } = parts;
  const flows = createFlowStore();
  for (const flow of world.flows) {
    const kind = flow.type === 'MODULE' ? 'flow-module' : 'contact-flow';
    flows.add({ ...flow, arn: arnIn(world, kind, flow.id) });
  }
  const views = createViewStore();
  const functions = createFlowFunctions({ clock, lambda, already: world.associatedFunctions ?? [] });
  const routing = createRouting({ ...parts, flows, runFlow: run });
  const flowParts: FlowParts = {
    ...parts,
    flows,
    views,
    functions,
    routing,
    voiceOf,
    guideOf: routing.guideOf,
    isOpen: (of) => isOpenNow(of, parts),
  };

  function run(start: FlowStart, voice?: Voice): FlowRun {
    return runFlow(start, voice ? { ...flowParts, voiceOf: () => voice } : flowParts);
  }

  return { flows, views, functions, routing, runFlow: run };
}

interface ContactCenterParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly world: World;
  readonly contacts: Contacts;
  readonly lambda: Pick<SimulatedLambda, 'invoke'>;
  readonly voiceOf: (contact: Contact) => Voice | undefined;
  readonly passOn: RoutingParts['passOn'];
  readonly isStrict?: boolean;
}

function isOpenNow(
  of: Parameters<FlowParts['isOpen']>[0],
  { clock, world }: Pick<ContactCenterParts, 'clock' | 'world'>,
): boolean | undefined {
  const queue = 'queueArn' in of ? findQueue(world, of.queueArn) : undefined;
  const hours = 'hoursId' in of ? findHours(world, of.hoursId) : queue && hoursOfQueue(world, queue);
  return hours && isOpen(hours, clock.now());
}
