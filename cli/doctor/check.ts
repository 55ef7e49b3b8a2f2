import type { Look } from './look.ts';

/** What is looked at, in the order in which it is reported. */
export const LANES = [
  'account',
  'instance',
  'streams and keys',
  'agents and routing',
  'mail',
  'flows',
  'stack',
  'alarms',
] as const;

export type Lane = (typeof LANES)[number];

/** One thing that can be wrong in an account, and how it is seen. */
export interface Check {
  /** Kebab case, and never changed: scripts read it. `live-media-streaming-off` */
  readonly id: string;
  readonly lane: Lane;
  /** What is looked at, as the end of "cannot tell …": `whether live media streaming is on`. */
  readonly title: string;
  /** What all other checks build upon: if it finds something, no other one looks, and it says so. */
  readonly isPrecondition?: true;
  /**
   * Empty: nothing is wrong. Throws Unseen if AWS does not let it look; that is reported as "cannot tell".
   * It only reads.
   */
  readonly run: (look: Look) => Promise<readonly Finding[]>;
}

/** Something that is wrong. All texts are whole sentences, but for `evidence.saw`. */
export interface Finding {
  /**
   * `blocker`: voicemails would be lost, shown to the wrong person or never made, or the stack cannot be
   * deployed. `warning`: something works worse than an administrator expects. `note`: good to know.
   */
  readonly severity: 'blocker' | 'warning' | 'note';
  /** `likely`: AWS does not say it outright; the sentence says what speaks for it. */
  readonly certainty: 'certain' | 'likely';
  /** `Live media streaming is off.` */
  readonly what: string;
  /** Who notices, and how: `Callers: nothing that they say is recorded.` */
  readonly suffers: string;
  /** What was read. Never a telephone number, a name of a person or a link. */
  readonly evidence: readonly Evidence[];
  /** A command, or a place in a console as it is called in 2026. */
  readonly remedy: string;
}

export interface Evidence {
  /** The API call, as IAM names its permission: `connect:ListInstanceStorageConfigs`. */
  readonly api: string;
  /** The value: `MEDIA_STREAMS: none`. */
  readonly saw: string;
}

/** The result of one check. */
export type Outcome =
  | { readonly kind: 'looked'; readonly check: Check; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'cannot tell';
      readonly check: Check;
      readonly why: string;
      readonly permission?: string;
    };
