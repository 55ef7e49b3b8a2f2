import { attribute } from './attributes.ts';
import { type BuiltFlow, flow } from './builder/flow.ts';
import type { Steps } from './builder/step.ts';

export interface TaskFlowRefs {
  /** For a voicemail whose own queue refuses the task. */
  readonly fallbackQueueArn: string;
}

type Names =
  | 'Is an agent preferred?'
  | 'Prefer the agent'
  | "Into the voicemail's queue"
  | 'Put into the queue'
  | 'Into the fallback queue'
  | 'Put into the fallback queue'
  | 'End the task';

/** For how long a task waits for the agent it is meant for; then anybody in the queue may have it. */
const PREFERRED_SECONDS = 300;

/** Puts a voicemail's task into the queue, or the agent's queue, that it is for. */
export function taskFlow(refs: TaskFlowRefs): BuiltFlow {
  return flow({
    name: 'Voicemail task',
    description: 'Puts the task of a voicemail into its queue, or the fallback queue.',
    type: 'CONTACT_FLOW',
    start: 'Is an agent preferred?',
    actions: taskRouting(refs),
  });
}

/**
 * Starts at `Is an agent preferred?`. Criteria count from when the task is queued, and an
 * agent who cannot be preferred is no reason to stop. A queue that is gone or full gives
 * its task to the fallback queue; only if that takes none either does the task end, unseen.
 */
export function taskRouting({ fallbackQueueArn }: TaskFlowRefs): Steps<'CONTACT_FLOW', Names> {
  return {
    'Is an agent preferred?': {
      type: 'Compare',
      parameters: { ComparisonValue: attribute('vmx3_target') },
      conditions: [{ operator: 'Equals', operand: 'agent', next: 'Prefer the agent' }],
      next: "Into the voicemail's queue",
      errors: { NoMatchingCondition: "Into the voicemail's queue" },
    },
    'Prefer the agent': {
      type: 'UpdateContactRoutingCriteria',
      parameters: { RoutingCriteria: { Steps: [agentFirst(attribute('vmx3_preferred_agent_id'))] } },
      next: "Into the voicemail's queue",
      errors: { NoMatchingError: "Into the voicemail's queue" },
    },
    "Into the voicemail's queue": {
      type: 'UpdateContactTargetQueue',
      parameters: { QueueId: attribute('vmx3_queue_arn') },
      next: 'Put into the queue',
      errors: { NoMatchingError: 'Into the fallback queue' },
    },
    'Put into the queue': {
      type: 'TransferContactToQueue',
      next: 'Into the fallback queue',
      errors: { QueueAtCapacity: 'Into the fallback queue', NoMatchingError: 'Into the fallback queue' },
    },
    'Into the fallback queue': {
      type: 'UpdateContactTargetQueue',
      parameters: { QueueId: fallbackQueueArn },
      next: 'Put into the fallback queue',
      errors: { NoMatchingError: 'End the task' },
    },
    'Put into the fallback queue': {
      type: 'TransferContactToQueue',
      next: 'End the task',
      errors: { QueueAtCapacity: 'End the task', NoMatchingError: 'End the task' },
    },
    'End the task': { type: 'DisconnectParticipant' },
  };
}

/** One step of routing criteria: that agent, and when it is over, everybody. */
function agentFirst(agentId: string) {
  const AgentsCriteria = { AgentIds: [agentId] };
  return {
    Expression: { AttributeCondition: { ComparisonOperator: 'Match', MatchCriteria: { AgentsCriteria } } },
    Expiry: { DurationInSeconds: String(PREFERRED_SECONDS) },
  };
}
