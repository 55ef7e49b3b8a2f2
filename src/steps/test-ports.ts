import type { VoicemailKeys } from '../domain/object-keys.ts';
import type { NotedTest, TestStep } from '../domain/test-voicemail.ts';
import type { Voicemail } from '../domain/voicemail.ts';

/** What a test voicemail is made with, followed by, and removed with. */
export interface Probe {
  /**
   * A contact that a voicemail can belong to: Amazon Connect makes no task that is related to a contact it does not
   * know. It is a task for tomorrow, which no flow gets to see before it is ended.
   */
  readonly beginContact: (name: string) => Promise<string>;
  /** Notes a test before it begins, so that another run finds what it left. */
  readonly noteTest: (test: NotedTest) => Promise<void>;
  readonly listTests: () => Promise<readonly NotedTest[]>;
  readonly forgetTest: (test: NotedTest) => Promise<void>;
  /** The id of the queue that a contact is in, or was in. Undefined: in none yet. */
  readonly queueIdOf: (contactId: string) => Promise<string | undefined>;
  /** The link to the recording on a task. Undefined: it has none. */
  readonly linkOf: (taskId: string) => Promise<string | undefined>;
  /** Does nothing if it has ended. */
  readonly endContact: (contactId: string) => Promise<void>;
  /** Removes recording and transcript, in all versions. */
  readonly removeObjects: (test: Pick<NotedTest, 'contactId' | 'calledAtMs'>) => Promise<void>;
  /** Does nothing if there is none. */
  readonly removeJob: (contactId: string) => Promise<void>;
  readonly removeEntry: (contactId: string) => Promise<void>;
  /** Epoch milliseconds, by AWS's clock: this machine's can be another. */
  readonly now: () => number;
}

/** Where a test voicemail enters the stack. */
export interface TestSource {
  /** Puts it there, and says what was done. `pcm`: 8 kHz, 16 bits, mono. */
  readonly put: (voicemail: Voicemail, pcm: Uint8Array) => Promise<string>;
  /** Removes what `put` made that is not among the objects. */
  readonly remove: (contactId: string) => Promise<void>;
}

/** What the ledger says of a test voicemail. */
export interface TestEntry {
  readonly state: string;
  readonly deliveredAs?: string | undefined;
  readonly deliveredId?: string | undefined;
  readonly failureCode?: string | undefined;
  /** `messageId`: of the mail that SES has reported. */
  readonly mailing?: { readonly messageId?: string | undefined } | undefined;
}

export type TestTranscript =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'gap'; readonly why: string };

/** What a link to a recording leads to. */
export type Followed =
  | { readonly kind: 'audio'; readonly bytes: Uint8Array }
  /** `by`: who answered with this status. */
  | { readonly kind: 'refused'; readonly by: 'link' | 'storage'; readonly status: number }
  /** Nobody answered: this says nothing about the stack. */
  | { readonly kind: 'unreachable'; readonly why: string };

/** What a test voicemail is sent with. */
export interface TestWork {
  readonly instanceArn: string;
  readonly probe: Probe;
  readonly source: TestSource;
  /** The known recording, 8 kHz, 16 bits, mono. */
  readonly pcm: Uint8Array;
  readonly ledger: { readonly find: (contactId: string) => Promise<TestEntry | undefined> };
  readonly objects: {
    readonly transcriptOf: (keys: VoicemailKeys) => Promise<TestTranscript | undefined>;
  };
  /** Whether tasks of this stack have links to recordings. */
  readonly hasLinks: boolean;
  readonly follow: (link: string) => Promise<Followed>;
  /** What AWS has refused, in words. Undefined: the error is a mistake of ours. */
  readonly refusalIn: (error: unknown) => string | undefined;
  readonly onStep: (step: TestStep) => void;
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
  /** Aborted when a person breaks it off. Absent: nobody can. */
  readonly brokenOff?: AbortSignal;
}
