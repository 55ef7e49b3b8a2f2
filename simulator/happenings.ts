import { z } from 'zod';

const text = z.string();
const number = z.number();
/** The contacts that it is about, among other ids of that form. */
const about = z.array(text).readonly();
const alarmState = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

export type AlarmState = z.infer<typeof alarmState>;

function kind<Kind extends string, Shape extends z.ZodRawShape>(name: Kind, shape: Shape) {
  return z.object({ kind: z.literal(name), atMs: number, ...shape }).readonly();
}

/** One thing that happens in the simulator, as programs outside read it. */
export const happeningSchema = z.union([
  kind('ring', { contactId: text, from: text }),
  kind('hang-up', { contactId: text, from: text }),
  /** What the caller hears: a prompt's words, `(tone)` for a tone. */
  kind('heard', { contactId: text, what: text }),
  /** What the caller does: `says …`, `presses 1`. */
  kind('caller', { contactId: text, what: text }),
  /** A flow log line, as Connect writes it to CloudWatch Logs; only if the flow turned logging on. */
  kind('flow-log', { contactId: text, entry: z.record(text, z.unknown()).readonly() }),
  /** A flow that the simulator could not go on with. */
  kind('flow-failed', { contactId: text, flowName: text, message: text }),
  /** An action that Amazon Connect can do and the simulator cannot: the flow goes on at its error branch. */
  kind('not-simulated', { contactId: text, action: text, actionType: text, reason: text }),
  /** A prompt that Amazon Connect cannot play: the flow takes its error branch. `action`: its identifier in the flow. */
  kind('prompt-refused', { contactId: text, action: text, reason: text }),
  /** An agent is offered a contact, or does something with it. */
  kind('agent', {
    contactId: text,
    username: text,
    did: z.enum(['offered', 'accepted', 'rejected', 'missed', 'finished']),
  }),
  /** An agent's guide shows a view. `contactId` is the guide's own, `sourceContactId` what the agent accepted. */
  kind('guide', { contactId: text, sourceContactId: text, viewId: text }),
  kind('contact-record', { contactId: text, channel: text }),
  kind('task-created', { contactId: text, queueArn: text }),
  /** Agents see a notification in their workspace. `text`: in English, if it has that. */
  kind('notification', { about, usernames: z.array(text).readonly(), text }),
  /** SES took a mail and sent it. */
  kind('mail-sent', { messageId: text, recipients: number, subject: text }),
  kind('object-created', { bucket: text, key: text, sizeBytes: number }),
  kind('transcription-job', { jobName: text, status: text, reason: text.exactOptional() }),
  /** `functionId`: the function's logical id in the template. `error` is absent when the invocation succeeded. */
  kind('invocation', {
    functionId: text,
    requestId: text,
    about,
    cold: z.boolean(),
    durationMs: number,
    error: text.exactOptional(),
  }),
  /** Lambda refused to run it: its reserved concurrency is used up. */
  kind('throttle', { functionId: text }),
  kind('log', { functionId: text, line: text }),
  /**
   * `caller`: the function's logical id, or the caller's ARN. `about`: the ids in the event of the calling
   * invocation; if the event has several records, and the request names some of them, only the ids in these.
   * `status` 0: a fault prevented the answer. `errorCode`: AWS's, or the fault.
   */
  kind('api-call', {
    service: text,
    operation: text,
    caller: text,
    about,
    status: number,
    durationMs: number,
    errorCode: text.exactOptional(),
  }),
  /** An alarm in CloudWatch changes its state. */
  kind('alarm', { name: text, state: alarmState, before: alarmState }),
  kind('dead-letter', { queueArn: text, messageId: text, about }),
]);

/**
 * What happens in the simulator, for timelines, tests and the console.
 *
 * It can hold what callers say, and their numbers: only the simulator shows these.
 */
export type Happening = z.infer<typeof happeningSchema>;

export interface Happenings {
  /** A listener that throws affects neither the others nor the sender. */
  readonly tell: (happening: Happening) => void;
  /** Returns a function that stops listening. */
  readonly listen: (listener: (happening: Happening) => void) => () => void;
}

/** `onBug` is called with what listeners throw. Absent: it is written to the console. */
export function createHappenings(onBug: (error: unknown) => void = console.error): Happenings {
  const listeners = new Map<symbol, (happening: Happening) => void>();
  return {
    tell(happening) {
      const told = [...listeners.values()];
      for (const listener of told) {
        try {
          listener(happening);
        } catch (error) {
          onBug(error);
        }
      }
    },
    listen(listener) {
      const key = Symbol('listener');
      listeners.set(key, listener);
      return () => void listeners.delete(key);
    },
  };
}
