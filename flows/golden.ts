import type { AudioSource } from '../src/domain/audio-source.ts';
import { agentGuideView } from './agent-guide-view.ts';
import type { BuiltFlow } from './builder/flow.ts';
import { FLOWS } from './flows.ts';
import { flowPicture } from './picture.ts';
import { SAMPLE_REFS } from './sample-refs.ts';
import { callerSettings } from './settings.ts';

/** Flows that differ where messages are not streamed, or not only. */
const BY_SOURCE = ['voicemail-module', 'in-queue-flow', 'agent-whisper', 'test-flow'] as const;

const settings = (source?: AudioSource) => callerSettings({ languages: ['en-US', 'es-US'] }, 'en-US', source);

/**
 * Every flow as it is with two languages and the other settings left out, by the name of its file: with
 * `audioSource: 'ivr'` or `'both'` those that differ.
 */
function sampleFlows(): readonly (readonly [key: string, flow: BuiltFlow])[] {
  const streamed = Object.entries(FLOWS).map(
    ([key, build]) => [key, build(settings(), SAMPLE_REFS)] as const,
  );
  const others = (['ivr', 'both'] as const).flatMap((source) =>
    BY_SOURCE.map((key) => [`${key}-${source}`, FLOWS[key](settings(source), SAMPLE_REFS)] as const),
  );
  const known = new Set(streamed.map(([, { content }]) => content));
  return [...streamed, ...others.filter(([, { content }]) => !known.has(content))];
}

/** Those of other sources of audio that the documentation has a picture of, beside every flow. */
export const PICTURED_TOO: readonly string[] = ['voicemail-module-ivr', 'voicemail-module-both'];

/** What lies in `flows/golden/`, by file name: what Connect would store, indented. */
export function goldenFiles(): ReadonlyMap<string, string> {
  return new Map([
    ...sampleFlows().map(([key, { content }]) => [`${key}.json`, indented(JSON.parse(content))] as const),
    ['agent-guide-view.json', indented(agentGuideView().template)],
  ]);
}

const PICTURE = /(<!-- picture: ([a-z-]+) -->\n)```mermaid\n[^]*?```/g;

/** A document with its pictures drawn again: what is fenced after `<!-- picture: test-flow -->`, by the flow's file. */
export function withPictures(document: string): string {
  const flows = new Map(sampleFlows());
  return document.replaceAll(PICTURE, (whole: string, mark: string, key: string) => {
    const flow = flows.get(key);
    return flow ? `${mark}\`\`\`mermaid\n${flowPicture(flow)}\n\`\`\`` : whole;
  });
}

function indented(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
