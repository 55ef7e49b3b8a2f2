import { z } from 'zod';
import { happeningSchema } from '../happenings.ts';

/**
 * What programs on this machine may ask of a running simulator beside AWS's own API: to place a call, and to
 * follow it. README.md of the simulator documents it.
 */
export const CONTROL_PATH = '/_simulator';

/** Goes up when a program that was written for an earlier one may fail. */
export const CONTROL_VERSION = 1;

const text = z.string().min(1);
const milliseconds = z.number().min(0);

const sayStep = z.strictObject({
  kind: z.literal('say'),
  /** English, which is synthesized; or a WAV file, base64. */
  audio: z.union([z.strictObject({ text }), z.strictObject({ wav: z.base64() })]),
});

const step = z.discriminatedUnion('kind', [
  sayStep,
  z.strictObject({
    kind: z.literal('press'),
    keys: z.string().regex(/^[0-9*#]+$/, 'a telephone has 0 to 9, * and #'),
    when: z.literal('asked').exactOptional(),
  }),
  z.strictObject({ kind: z.literal('wait'), ms: milliseconds }),
  z.strictObject({
    kind: z.literal('hear'),
    what: text,
    until: z.enum(['begun', 'ended']).exactOptional(),
    withinMs: milliseconds.exactOptional(),
    otherwise: z.enum(['hang-up', 'go-on']).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('hang-up') }),
  z.strictObject({ kind: z.literal('stay') }),
]);

/** A call to place. `simulator/services/connect/voice/` has more about the steps of a caller. */
export const callOrderSchema = z.strictObject({
  /** The caller's number, E.164, or whatever else a network shows. */
  from: text,
  /** The flow that answers: an id, an ARN, a name, or the last words of one (`entry-closed`). Absent: the number's. */
  flow: text.exactOptional(),
  /** Instead, a flow for this call alone, in flow language. */
  ownFlow: z.strictObject({ name: text, content: text }).exactOptional(),
  /** A caller without steps left hangs up, unless the last step is `stay`. */
  script: z.array(step).readonly(),
  attributes: z.record(z.string(), z.string()).exactOptional(),
  /** Whether the flow log is on from the start. */
  isLogging: z.boolean().exactOptional(),
  hangUpAfterMs: milliseconds.exactOptional(),
  /** When the call comes in: `22:30`, `2026-12-24T18:00`, or with an offset. Absent: now. */
  at: text.exactOptional(),
  /** An agent who accepts the task that comes of the call. */
  agent: z
    .strictObject({
      username: text,
      /** From the ring until the agent is free to take the call itself. */
      freeAfterMs: milliseconds.exactOptional(),
    })
    .exactOptional(),
});

export type CallRequest = z.infer<typeof callOrderSchema>;

export const placedCallSchema = z.object({
  /** The path of what happens to it. */
  events: z.string(),
});

const task = z.object({
  contactId: z.string(),
  name: z.string(),
  description: z.string(),
  references: z.record(z.string(), z.object({ type: z.string(), value: z.string() })),
  attributes: z.record(z.string(), z.string()),
  queueArn: z.string(),
  createdAtMs: z.number(),
});

const mail = z.object({
  messageId: z.string(),
  from: z.string(),
  to: z.array(z.string()).readonly(),
  replyTo: z.array(z.string()).readonly(),
  subject: z.string(),
  text: z.string().exactOptional(),
  html: z.string().exactOptional(),
  attachments: z
    .array(z.object({ fileName: z.string(), contentType: z.string(), sizeBytes: z.number() }))
    .readonly(),
  /** Where it is kept on this machine. */
  files: z.array(z.string()).readonly(),
});

/** What a call led to. */
const callResultSchema = z.union([
  z.object({ kind: z.literal('delivered'), task }),
  z.object({ kind: z.literal('delivered'), mail }),
  z.object({ kind: z.literal('nothing'), why: z.string() }),
  z.object({ kind: z.literal('failed'), reasons: z.array(z.string()).readonly() }),
]);

export type CallResult = z.infer<typeof callResultSchema>;
export type DeliveredMail = z.infer<typeof mail>;

const guide = z.object({
  viewId: z.string(),
  data: z.record(z.string(), z.unknown()),
  /** The view's content with the data in it. */
  rendered: z.unknown(),
});

/** A line of what happens to a call, the last of which is `result`. */
export const callEventSchema = z.union([
  /** The clock has to leap, and so many calls are not over. */
  z.object({ kind: z.literal('waiting'), calls: z.number() }),
  /** The clock has leapt for this call. */
  z.object({ kind: z.literal('leapt'), fromMs: z.number(), toMs: z.number(), timeZone: z.string() }),
  z.object({
    kind: z.literal('placed'),
    contactId: z.string(),
    flow: z.string(),
    atMs: z.number(),
    timeZone: z.string(),
    /** The functions' names by their logical ids. */
    functions: z.record(z.string(), z.string()),
  }),
  z.object({ kind: z.literal('happening'), happening: happeningSchema }),
  z.object({
    kind: z.literal('result'),
    result: callResultSchema,
    /** All sounds that the caller heard. */
    heard: z.array(z.string()).readonly(),
    /** What the agent is shown who accepted the task. */
    guide: guide.exactOptional(),
    /** Why the agent did not accept it. */
    agentProblem: z.string().exactOptional(),
  }),
]);

export type CallEvent = z.infer<typeof callEventSchema>;

/** What a simulator says about itself. */
export const aboutSchema = z.object({
  control: z.literal(CONTROL_VERSION),
  pid: z.number(),
  endpoint: z.string(),
  instance: z.object({ arn: z.string(), alias: z.string() }),
  stacks: z.array(z.string()).readonly(),
  /** The flows that can answer a call. */
  flows: z.array(z.string()).readonly(),
  agents: z.array(z.string()).readonly(),
  clock: z.object({ nowMs: z.number(), time: z.enum(['fast', 'real']), timeZone: z.string() }),
  /** What the program that runs it says about itself. */
  host: z
    .object({
      /** Its folder, and its version. */
      folder: z.string(),
      version: z.string(),
      /** A digest of each setting of the stack, by the setting's name. */
      settings: z.record(z.string(), z.string()),
      /** How to start the program. */
      command: z.string(),
    })
    .exactOptional(),
});

export type About = z.infer<typeof aboutSchema>;

export const refusalSchema = z.object({ message: z.string() });
