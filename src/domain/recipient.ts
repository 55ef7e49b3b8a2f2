/** Who gets a voicemail. */
export interface Recipient {
  /** The queue, or an agent's own queue. */
  readonly queueArn: string;
  /** The queue's or the agent's name, for people. */
  readonly name: string;
}

/** What a queue ARN points at. Ids are as Amazon Connect's API wants them. */
export type Destination =
  | { readonly kind: 'queue'; readonly queueId: string }
  | { readonly kind: 'agent'; readonly userId: string };

const QUEUE_ARN = /^arn:[\w-]+:connect:[\w-]+:\d{12}:instance\/[\w-]+\/queue\/(agent\/)?([\w-]+)$/;

/**
 * What a `vmx3_queue_arn` points at, or undefined if it is not a queue's ARN in
 * the given instance.
 *
 * Source: Amazon Connect administrator guide, "Queues: standard and agent":
 * an agent's queue is `…/queue/agent/<user id>`.
 */
export function destinationIn(queueArn: string, instanceArn: string): Destination | undefined {
  if (!queueArn.startsWith(`${instanceArn}/`)) return undefined;
  const [, agent, id] = QUEUE_ARN.exec(queueArn) ?? [];
  if (!id) return undefined;
  return agent ? { kind: 'agent', userId: id } : { kind: 'queue', queueId: id };
}
