import { z } from 'zod';
import { classOf } from './json-path.ts';

/** Text without a path. */
export const staticText = z.string().refine((text) => classOf(text) === 'static', 'no path is allowed here');

/** Text without a path, or one path and nothing else. */
export const single = z
  .string()
  .min(1)
  .refine((text) => classOf(text) !== 'dynamic', 'text, or one path and nothing else');

/** One path and nothing else. */
export const pathOnly = z.string().refine((text) => classOf(text) === 'single', 'one path and nothing else');

/** Any mixture of text and paths. */
export const dynamic = z.string();

/** As `dynamic`; a value that is not text counts as written. */
export const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const isTrue = (value: unknown) => String(value).toLowerCase() === 'true';

export const trueFlag = z.literal(['True', 'true', true]);
export const falseFlag = z.literal(['False', 'false', false]);
export const flag = z.literal(['True', 'False', 'true', 'false', true, false]);

type IntegerText = number | `${number}`;
type PathText = `$.${string}` | `$[${string}`;

/** A whole number, or one as text, as the console writes it. */
export function integer(least: number, most: number) {
  return z.custom<IntegerText>(
    (value) => isInteger(value, least, most),
    `a whole number, ${least} to ${most}`,
  );
}

/** As `integer`, or one path. */
export function integerOrPath(least: number, most: number) {
  return z.custom<IntegerText | PathText>(
    (value) => isInteger(value, least, most) || (typeof value === 'string' && classOf(value) === 'single'),
    `a whole number, ${least} to ${most}, or one path`,
  );
}

function isInteger(value: unknown, least: number, most: number): boolean {
  const written = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
  return written && Number.isInteger(Number(value)) && Number(value) >= least && Number(value) <= most;
}

const absent = z.never().optional();

/** Where a call goes by SIP instead of to a phone number. */
export const voiceConnector = z
  .strictObject({
    VoiceConnectorType: z.literal('ChimeConnector'),
    VoiceConnectorArn: dynamic,
    FromUser: dynamic,
    ToUser: dynamic,
    UserToUserInformation: dynamic,
  })
  .partial();

/** A file in S3, instead of a prompt of the instance. */
const media = z.strictObject({ Uri: dynamic, SourceType: z.literal('S3'), MediaType: z.literal('Audio') });

/** The ways to say something, which exclude one another. */
export const PROMPTS = ['Text', 'SSML', 'PromptId', 'Media'] as const;

/** Parameters with exactly one prompt, and others. */
export function withPrompt<Shape extends z.ZodRawShape>(others: Shape) {
  return z.union([
    z.strictObject({ ...others, Text: dynamic, SSML: absent, PromptId: absent, Media: absent }),
    z.strictObject({ ...others, SSML: dynamic, Text: absent, PromptId: absent, Media: absent }),
    z.strictObject({ ...others, PromptId: single, Text: absent, SSML: absent, Media: absent }),
    z.strictObject({ ...others, Media: media, Text: absent, SSML: absent, PromptId: absent }),
  ]);
}

/** Parameters with a queue, or an agent whose own queue is meant. */
export function withQueueOrAgent<Shape extends z.ZodRawShape>(others: Shape) {
  return z.union([
    z.strictObject({ ...others, QueueId: single, AgentId: absent }),
    z.strictObject({ ...others, AgentId: single, QueueId: absent }),
  ]);
}

/** As `withQueueOrAgent`; neither means the contact's own queue. */
export function withQueueOrAgentIfAny<Shape extends z.ZodRawShape>(others: Shape) {
  return z.union([
    ...withQueueOrAgent(others).options,
    z.strictObject({ ...others, QueueId: absent, AgentId: absent }),
  ]);
}
