/** What is kept when the stack is deleted, by its part in the stack. Later versions of the stack keep these names. */
export const KEPT_PARTS = ['recordings', 'transcripts', 'failures', 'ledger', 'link-secret'] as const;

export type KeptPart = (typeof KEPT_PARTS)[number];

/**
 * The tags by which what is kept is known again, when its stack is gone. CloudFormation's own tags
 * (`aws:cloudformation:stack-name` …) do not name the instance.
 */
export const KEPT_TAGS = {
  stackName: 'voicemail-express:stack',
  /** The ARN of the stack: another one of the same name has another. */
  stackId: 'voicemail-express:stack-id',
  instanceId: 'voicemail-express:instance',
  part: 'voicemail-express:part',
} as const;
