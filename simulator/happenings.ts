/**
 * What happens in the simulator, for timelines, tests and the console.
 *
 * It can hold what callers say, and their numbers: only the simulator shows these.
 */
export type Happening = { readonly atMs: number } & (
  | { readonly kind: 'ring' | 'hang-up'; readonly contactId: string; readonly from: string }
  /** What the caller hears: a prompt's words, `(tone)` for a tone. */
  | { readonly kind: 'heard'; readonly contactId: string; readonly what: string }
  /** What the caller does: `says …`, `presses 1`. */
  | { readonly kind: 'caller'; readonly contactId: string; readonly what: string }
  /** A flow log line, as Connect writes it to CloudWatch Logs; only if the flow turned logging on. */
  | {
      readonly kind: 'flow-log';
      readonly contactId: string;
      readonly entry: Readonly<Record<string, unknown>>;
    }
  /** A flow that the simulator could not go on with. */
  | {
      readonly kind: 'flow-failed';
      readonly contactId: string;
      readonly flowName: string;
      readonly message: string;
    }
  /** An action that Amazon Connect can do and the simulator cannot: the flow goes on at its error branch. */
  | {
      readonly kind: 'not-simulated';
      readonly contactId: string;
      /** Its identifier in the flow. */
      readonly action: string;
      readonly actionType: string;
      readonly reason: string;
    }
  /** A prompt that Amazon Connect cannot play: the flow takes its error branch. */
  | {
      readonly kind: 'prompt-refused';
      readonly contactId: string;
      /** Its identifier in the flow. */
      readonly action: string;
      readonly reason: string;
    }
  /** An agent is offered a contact, or does something with it. */
  | {
      readonly kind: 'agent';
      readonly contactId: string;
      readonly username: string;
      readonly did: 'offered' | 'accepted' | 'rejected' | 'missed' | 'finished';
    }
  /** An agent's guide shows a view. `contactId` is the guide's own, `sourceContactId` what the agent accepted. */
  | {
      readonly kind: 'guide';
      readonly contactId: string;
      readonly sourceContactId: string;
      readonly viewId: string;
    }
  | { readonly kind: 'contact-record'; readonly contactId: string; readonly channel: string }
  | { readonly kind: 'task-created'; readonly contactId: string; readonly queueArn: string }
  /** SES took a mail and sent it. */
  | {
      readonly kind: 'mail-sent';
      readonly messageId: string;
      readonly recipients: number;
      readonly subject: string;
    }
  | {
      readonly kind: 'object-created';
      readonly bucket: string;
      readonly key: string;
      readonly sizeBytes: number;
    }
  | {
      readonly kind: 'transcription-job';
      readonly jobName: string;
      readonly status: string;
      readonly reason?: string;
    }
  | {
      readonly kind: 'invocation';
      /** The function's logical id in the template. */
      readonly functionId: string;
      readonly requestId: string;
      readonly cold: boolean;
      readonly durationMs: number;
      /** Absent when the invocation succeeded. */
      readonly error?: string;
    }
  /** Lambda refused to run it: its reserved concurrency is used up. */
  | { readonly kind: 'throttle'; readonly functionId: string }
  | { readonly kind: 'log'; readonly functionId: string; readonly line: string }
  | {
      readonly kind: 'api-call';
      readonly service: string;
      readonly operation: string;
      /** The function's logical id, or the caller's ARN. */
      readonly caller: string;
      /**
       * The contacts that the call is made for, among other ids of that form: the ids in the event of the
       * calling invocation. If the event has several records, and the request names some of them, only the
       * ids in these.
       */
      readonly about: readonly string[];
      /** 0: a fault prevented the answer. */
      readonly status: number;
      readonly durationMs: number;
      /** AWS's error code, or the fault. */
      readonly errorCode?: string;
    }
  /** An alarm in CloudWatch changes its state. */
  | {
      readonly kind: 'alarm';
      readonly name: string;
      readonly state: AlarmState;
      readonly before: AlarmState;
    }
  | { readonly kind: 'dead-letter'; readonly queueArn: string; readonly messageId: string }
);

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

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
