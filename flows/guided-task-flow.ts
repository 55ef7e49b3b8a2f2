import { type BuiltFlow, flow } from './builder/flow.ts';
import { type TaskFlowRefs, taskRouting } from './task-flow.ts';

export interface GuidedTaskFlowRefs extends TaskFlowRefs {
  readonly agentGuideFlowArn: string;
}

/**
 * As the task flow; the agent who accepts the task sees the voicemail in a guide. The
 * hook must be set before the task is queued. If it cannot be, the task goes on
 * without a guide: it has a link to the recording.
 */
export function guidedTaskFlow({ agentGuideFlowArn, ...refs }: GuidedTaskFlowRefs): BuiltFlow {
  return flow({
    name: 'Voicemail guided task',
    description: 'Puts the task of a voicemail into its queue, with a guide for the agent who takes it.',
    type: 'CONTACT_FLOW',
    start: 'Guide for the agent',
    actions: {
      'Guide for the agent': {
        type: 'UpdateContactEventHooks',
        parameters: { EventHooks: { DefaultAgentUI: agentGuideFlowArn } },
        next: 'Is an agent preferred?',
        errors: { NoMatchingError: 'Is an agent preferred?' },
      },
      ...taskRouting(refs),
    },
  });
}
