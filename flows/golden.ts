import { agentGuideView } from './agent-guide-view.ts';
import type { BuiltFlow } from './builder/flow.ts';
import { FLOWS } from './flows.ts';
import { flowPicture } from './picture.ts';
import { SAMPLE_REFS } from './sample-refs.ts';
import { callerSettings } from './settings.ts';

/** Every flow as it is with two languages and the other settings left out, by the name of its file. */
function sampleFlows(): readonly (readonly [key: string, flow: BuiltFlow])[] {
  const settings = callerSettings({ languages: ['en-US', 'es-US'] });
  return Object.entries(FLOWS).map(([key, build]) => [key, build(settings, SAMPLE_REFS)]);
}

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
