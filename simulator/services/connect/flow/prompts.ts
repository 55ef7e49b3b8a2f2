import { z } from 'zod';
import type { Prompt } from '../voice/voice.ts';
import { Scalar } from './action-kind.ts';
import type { FlowPaths } from './flow-paths.ts';

/** The parameters that say what a caller hears: one of them, or none. */
export const PROMPT_SHAPE = {
  PromptId: z.string().optional(),
  Text: Scalar.optional(),
  SSML: z.string().optional(),
  Media: z.looseObject({ Uri: z.string() }).optional(),
};

const PromptParameters = z.object(PROMPT_SHAPE);

/** What a caller is to hear. Undefined: nothing is said to be, or what is said comes to nothing. */
export function promptIn(
  { PromptId, Text, SSML, Media }: z.infer<typeof PromptParameters>,
  paths: FlowPaths,
): Prompt | undefined {
  if (SSML !== undefined) return { kind: 'ssml', ssml: paths.text(SSML) };
  if (Text !== undefined) {
    const text = paths.text(Text);
    return text === '' ? undefined : { kind: 'text', text };
  }
  if (Media) return { kind: 'media', uri: paths.text(Media.Uri) };
  const promptId = PromptId === undefined ? undefined : paths.single(PromptId);
  return promptId === undefined ? undefined : { kind: 'prompt', promptId };
}

export function hasPrompt({ PromptId, Text, SSML, Media }: z.infer<typeof PromptParameters>): boolean {
  return (PromptId ?? Text ?? SSML ?? Media) !== undefined;
}
