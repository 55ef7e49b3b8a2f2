import { z } from 'zod';
import type { FlowAction } from '../language/document.ts';
import { pollyEngine, type PollyEngine } from '../language/ssml/ssml-tags.ts';
import type { Edge, FlowGraph } from './flow-graph.ts';

/** Undefined: not known, as in a flow that another one has called, or before a voice is set. */
type Engine = PollyEngine | undefined;

const Voice = z.looseObject({ TextToSpeechEngine: z.string().optional() });

/** The engines that may speak when a call comes to an action, by action. Empty where none comes. */
export function enginesBefore({ start, edgesFrom }: FlowGraph): (action: FlowAction) => ReadonlySet<Engine> {
  const known = new Map<FlowAction, Set<Engine>>();
  const toVisit: { readonly action: FlowAction; readonly engine: Engine }[] = [];
  const reach = (action: FlowAction, engine: Engine) => {
    const engines = known.get(action) ?? new Set();
    known.set(action, engines);
    if (engines.has(engine)) return;
    engines.add(engine);
    toVisit.push({ action, engine });
  };

  if (start) reach(start, undefined);
  // Grows while it is walked, by at most one entry for each action and engine.
  for (const { action, engine } of toVisit) {
    for (const edge of edgesFrom(action)) reach(edge.to, engineAfter(action, edge, engine));
  }
  return (action) => known.get(action) ?? new Set();
}

function engineAfter(
  { Type: type, Parameters: parameters }: FlowAction,
  { kind }: Edge,
  before: Engine,
): Engine {
  // A module can set another voice, which stays.
  if (type === 'InvokeFlowModule') return undefined;
  if (type !== 'UpdateContactTextToSpeechVoice') return before;
  if (kind === 'error') return undefined;
  const name = Voice.safeParse(parameters).data?.TextToSpeechEngine;
  return name === undefined ? undefined : pollyEngine(name);
}
