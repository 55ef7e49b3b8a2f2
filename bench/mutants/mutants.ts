/** One fault that is put into the product, and the tests that have to find it. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly right: string;
  readonly wrong: string;
  /** Each of them, alone, has to find it. */
  readonly tests: readonly string[];
}

/** Whole deliveries in disorder, on the product's steps and ports in memory. */
const DISORDER = 'test/pipeline/disorder.test.ts';
/** The ledger on the simulated DynamoDB. */
const LEDGER = 'test/adapters/ledger.test.ts';

/** Each breaks a promise of the product: a voicemail is lost, doubled, or shown to the wrong person. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a voicemail that is received again starts from the beginning',
    file: 'src/adapters/ledger.ts',
    right: "const ConditionExpression = 'attribute_not_exists(contactId)';",
    wrong: "const ConditionExpression = 'attribute_not_exists(noSuchMember)';",
    tests: [LEDGER],
  },
  {
    name: 'the lease of a delivery is ignored',
    file: 'src/adapters/ledger-deliveries.ts',
    right: 'leaseUntilMs < :now OR leaseId',
    wrong: 'leaseUntilMs < :now OR leaseUntilMs >= :now OR leaseId',
    tests: [LEDGER],
  },
  {
    name: 'a message is deleted from its queue although its step failed',
    file: 'src/handlers/queue-messages.ts',
    right: "failing('message could not be postponed'));\n    throw error;",
    wrong: "failing('message could not be postponed'));",
    tests: ['src/handlers/queue-messages.test.ts'],
  },
  {
    name: 'a full instance of Amazon Connect counts as a permanent failure',
    file: 'src/adapters/aws-errors.ts',
    right: 'const MAY_PASS: readonly number[] = [402, 408, 409];',
    wrong: 'const MAY_PASS: readonly number[] = [408, 409];',
    tests: ['src/adapters/aws-errors.test.ts'],
  },
  {
    name: 'the client token of a task is random',
    file: 'src/domain/client-token.ts',
    right: 'if (round === 1) return jobNameOf(contactId);',
    wrong: 'if (round === 1) return `${jobNameOf(contactId)}${Math.random()}`;',
    tests: ['src/adapters/connect-tasks.test.ts', 'test/faults/crash-points.test.ts'],
  },
  {
    name: 'the voice of another contact is accepted',
    file: 'src/domain/audio/caller-audio.ts',
    right: 'return stated === contactId;',
    wrong: 'return true;',
    tests: ['src/domain/audio/caller-audio.test.ts'],
  },
  {
    name: 'the preferred agent is read from another attribute',
    file: 'src/domain/recipient.ts',
    right: "attributeOf(attributes, 'vmx3_preferred_agent')",
    wrong: "attributeOf(attributes, 'vmx3_target')",
    tests: ['src/steps/find-recipient.test.ts', 'test/e2e/recipients.test.ts'],
  },
  {
    name: 'what can never be processed is dropped, and is not in the dead-letter queue',
    file: 'src/handlers/queue-messages.ts',
    right: "await deps.park(body, error.code).catch(failing('message could not be parked'));",
    wrong: '',
    tests: ['src/handlers/queue-messages.test.ts', 'test/e2e/bad-input.test.ts'],
  },
  {
    name: 'a link to a recording never expires',
    file: 'src/domain/link-token.ts',
    right: "kind: nowMs < expiresAtMs ? 'valid' : 'expired'",
    wrong: "kind: nowMs < Infinity ? 'valid' : 'expired'",
    tests: ['src/domain/link-token.test.ts', 'test/e2e/links.test.ts'],
  },
  {
    name: 'a contact record whose processing failed is skipped',
    file: 'src/handlers/contact-records.ts',
    right: "deps.log.warn('contact record will be retried', { ...about, error });\n      throw error;",
    wrong: "deps.log.warn('contact record will be retried', { ...about, error });\n      return;",
    tests: ['src/handlers/contact-records.test.ts', DISORDER],
  },
];
