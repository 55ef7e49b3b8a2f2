import type { Voicemail } from './voicemail.ts';

/*
 * A test voicemail goes through the stack like a caller's, and nobody must take it for one. Who may say that
 * a voicemail is a test: see docs/decisions/013.
 */

/** What is said in the recording that is sent, `samples/test-voicemail.wav`. */
export const TEST_WORDS = 'This is a test of voicemail express. Please ignore it.';
export const TEST_LANGUAGE = 'en-US';

/** In the place of the caller's number: agents read it in the name of the task. */
export const TEST_CALLER = 'a test of Voicemail Express (please ignore it)';

/** What a test is of: a recording put into the bucket, by a person or by the schedule, or a whole call. */
export const TEST_KINDS = ['recording', 'call', 'canary'] as const;
export type TestKind = (typeof TEST_KINDS)[number];

/** Who gets a test voicemail. */
export interface TestQueue {
  readonly name: string;
  readonly arn: string;
}

/** Something that happened to a test voicemail, and when, since it was put into the stack. */
export interface TestStep {
  readonly afterMs: number;
  readonly what: string;
}

/** Sentences without capital and full stop. */
export interface Examined {
  /** What the stack has damaged. */
  readonly wrong: readonly string[];
  /** What could not be looked at. */
  readonly unseen: readonly string[];
}

/** `left`: what could not be removed, a sentence each. */
export type TestOutcome =
  /** It is a task in the queue, or SES has it. */
  | ({ readonly kind: 'delivered'; readonly left: readonly string[] } & Examined)
  /** The stack did not deliver it. */
  | { readonly kind: 'lost'; readonly why: string; readonly left: readonly string[] }
  /** It could not be put there, or not be followed: this says nothing about the stack. */
  | { readonly kind: 'not tried'; readonly why: string; readonly left: readonly string[] }
  /** A person has broken it off. */
  | { readonly kind: 'broken off'; readonly left: readonly string[] };

/**
 * The partition key of a test's contact record. Amazon Connect chooses the keys of its own records, and who may write
 * others could write any: attributes, in which a caller's words can be, say nothing.
 */
export function testPartitionKey(contactId: string): string {
  return `voicemail-express-test:${contactId}`;
}

/** A mail to it is delivered to nobody, in SES's sandbox too, and counts for no quota and no rate of bounces. */
export function testAddress({ contactId }: Pick<Voicemail, 'contactId'>): string {
  return `success+${contactId.slice(0, LONGEST_LABEL)}@simulator.amazonses.com`;
}

/** 64 characters before the @, less `success+`. */
const LONGEST_LABEL = 56;

/** What is known of a test without its ledger entry, so that another run can remove what it left. */
export interface NotedTest {
  readonly kind: TestKind;
  readonly contactId: string;
  /** When its call is said to have come in: its keys have the day. Epoch milliseconds. */
  readonly calledAtMs: number;
}

/** What earlier tests have left behind. */
export interface Leftovers {
  /** How many tests of them were removed. */
  readonly removed: number;
  /** How many tests may be under way, because they are not old enough. */
  readonly young: number;
  /** What could not be removed, a sentence each. */
  readonly left: readonly string[];
}

/** No event of the bucket is for objects of this folder. */
export const TESTS_FOLDER = 'tests/';

/** The key of the object that stands for a test until all of it is removed. */
export function testKeyOf({ kind, calledAtMs, contactId }: NotedTest): string {
  return `${TESTS_FOLDER}${kind}/${calledAtMs}/${contactId}`;
}

const TEST_KEY = /^tests\/(\w+)\/(\d{1,15})\/([A-Za-z0-9-]{1,128})$/;

/** Undefined for the key of anything else. */
export function testIn(key: string): NotedTest | undefined {
  const [, named, calledAt = '', contactId = ''] = TEST_KEY.exec(key) ?? [];
  const kind = TEST_KINDS.find((one) => one === named);
  return kind && { kind, contactId, calledAtMs: Number(calledAt) };
}
