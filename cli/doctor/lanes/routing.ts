import type { Check } from '../check.ts';
import { agentsWithoutTasks } from './routing/agents-without-tasks.ts';
import { languageNotTranscribed } from './routing/language-not-transcribed.ts';
import { nobodyTakesTasks, nobodyTakesTasksOfFlows } from './routing/nobody-takes-tasks.ts';
import { queueNeverOpen } from './routing/queue-never-open.ts';
import { queueUnusable } from './routing/queue-unusable.ts';
import { tasksEndEarly } from './routing/tasks-end-early.ts';
import { testAgentGone } from './routing/test-agent-gone.ts';

/** Whether agents are offered voicemails, and can read them. */
export const routingChecks: readonly Check[] = [
  queueUnusable,
  queueNeverOpen,
  nobodyTakesTasks,
  nobodyTakesTasksOfFlows,
  agentsWithoutTasks,
  testAgentGone,
  languageNotTranscribed,
  tasksEndEarly,
];
