import { z } from 'zod';
import type { Heard, Prompt } from '../voice/voice.ts';
import { type ActionCall, Scalar } from './action-kind.ts';

/** The parameters of a prompt: one of them, or none. */
export const PROMPT_SHAPE = {
  PromptId: z.string().optional(),
  Text: Scalar.optional(),
  SSML: z.string().optional(),
  Media: z.looseObject({ Uri: z.string() }).optional(),
};

const PromptParameters = z.object(PROMPT_SHAPE);

/** The prompt. Undefined: the parameters name none, or it is empty. */
export function promptIn(
  { PromptId, Text, SSML, Media }: z.infer<typeof PromptParameters>,
  { contact, paths }: Pick<ActionCall, 'contact' | 'paths'>,
): Prompt | undefined {
  if (SSML !== undefined)
    return { kind: 'ssml', ssml: paths.text(SSML), engine: contact.settings.voiceEngine };
  if (Text !== undefined) {
    const text = paths.text(Text);
    return text === '' ? undefined : { kind: 'text', text };
  }
  if (Media) return { kind: 'media', uri: paths.text(Media.Uri) };
  const promptId = PromptId === undefined ? undefined : paths.single(PromptId);
  return promptId === undefined ? undefined : { kind: 'prompt', promptId };
}

/**
 * Whether Amazon Connect cannot play it. Then the flow takes its error branch. The reason is reported
 * separately, because Connect's flow log does not show it.
 */
export function isRefused(
  heard: Heard,
  { action, contact, parts }: ActionCall,
): heard is Extract<Heard, { kind: 'unplayable' }> {
  if (heard.kind !== 'unplayable') return false;
  parts.happenings.tell({
    kind: 'prompt-refused',
    atMs: parts.clock.now(),
    contactId: contact.id,
    action: action.Identifier,
    reason: heard.reason,
  });
  return true;
}

export function hasPrompt({ PromptId, Text, SSML, Media }: z.infer<typeof PromptParameters>): boolean {
  return (PromptId ?? Text ?? SSML ?? Media) !== undefined;
}
