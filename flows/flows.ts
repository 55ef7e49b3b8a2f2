import { agentGuideFlow, type AgentGuideRefs } from './agent-guide-flow.ts';
import { agentWhisper } from './agent-whisper.ts';
import type { BuiltFlow } from './builder/flow.ts';
import { customerWhisper } from './customer-whisper.ts';
import { entryBusy } from './entry-busy.ts';
import { entryClosed } from './entry-closed.ts';
import { entryUnstaffed } from './entry-unstaffed.ts';
import type { EntryRefs, QueueRefs } from './entry.ts';
import { guidedTaskFlow, type GuidedTaskFlowRefs } from './guided-task-flow.ts';
import { inQueueFlow } from './in-queue-flow.ts';
import type { CallerSettings } from './settings.ts';
import { taskFlow } from './task-flow.ts';
import { testFlow, type TestFlowRefs } from './test-flow.ts';
import { voicemailModule } from './voicemail-module.ts';

/** ARNs of what the flows refer to, or placeholders that a template fills in. */
export type FlowRefs = AgentGuideRefs & EntryRefs & GuidedTaskFlowRefs & QueueRefs & TestFlowRefs;

export type FlowKey =
  | 'voicemail-module'
  | 'test-flow'
  | 'task-flow'
  | 'guided-task-flow'
  | 'agent-guide-flow'
  | 'in-queue-flow'
  | 'agent-whisper'
  | 'customer-whisper'
  | 'entry-closed'
  | 'entry-busy'
  | 'entry-unstaffed';

/** Every flow, by the name of its file; those that refer to others take their ARNs. */
export const FLOWS: Readonly<Record<FlowKey, (settings: CallerSettings, refs: FlowRefs) => BuiltFlow>> = {
  'voicemail-module': voicemailModule,
  'test-flow': testFlow,
  'task-flow': (_, refs) => taskFlow(refs),
  'guided-task-flow': (_, refs) => guidedTaskFlow(refs),
  'agent-guide-flow': (_, refs) => agentGuideFlow(refs),
  'in-queue-flow': inQueueFlow,
  'agent-whisper': agentWhisper,
  'customer-whisper': customerWhisper,
  'entry-closed': entryClosed,
  'entry-busy': entryBusy,
  'entry-unstaffed': entryUnstaffed,
};
