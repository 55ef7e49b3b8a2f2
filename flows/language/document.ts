import { z } from 'zod';

/**
 * The types of flow that Amazon Connect knows, as its API writes them, and `MODULE`,
 * which has an API of its own.
 */
export const FLOW_TYPES = [
  'CONTACT_FLOW',
  'CUSTOMER_QUEUE',
  'CUSTOMER_HOLD',
  'CUSTOMER_WHISPER',
  'AGENT_HOLD',
  'AGENT_WHISPER',
  'OUTBOUND_WHISPER',
  'AGENT_TRANSFER',
  'QUEUE_TRANSFER',
  'MODULE',
] as const;

export type FlowType = (typeof FLOW_TYPES)[number];

const Condition = z.looseObject({
  NextAction: z.string(),
  Condition: z.looseObject({ Operator: z.string(), Operands: z.array(z.string()) }),
});

const ErrorBranch = z.looseObject({ NextAction: z.string(), ErrorType: z.string() });

const Transitions = z.looseObject({
  NextAction: z.string().optional(),
  Errors: z.array(ErrorBranch).optional(),
  Conditions: z.array(Condition).optional(),
});

const Action = z.looseObject({
  Identifier: z.string(),
  Type: z.string(),
  Parameters: z.record(z.string(), z.unknown()).default({}),
  Transitions: Transitions.default({}),
});

const Document = z.looseObject({
  Version: z.string(),
  StartAction: z.string(),
  Metadata: z.unknown().optional(),
  Actions: z.array(Action),
  Settings: z.unknown().optional(),
});

/** A flow or module in Amazon Connect's flow language, read and not yet checked against its rules. */
export type FlowDocument = z.infer<typeof Document>;
export type FlowAction = z.infer<typeof Action>;
export type FlowTransitions = z.infer<typeof Transitions>;

/** The text is not a flow: the message says where, and what was expected. */
export class FlowDocumentError extends Error {
  override readonly name = 'FlowDocumentError';
}

/** Reads flow language. Throws FlowDocumentError if it is not JSON or does not have the shape of a flow. */
export function parseFlow(json: string): FlowDocument {
  const parsed = Document.safeParse(jsonIn(json));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'flow'}: ${message}`);
  throw new FlowDocumentError(`not a flow: ${problems.join('; ')}`);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FlowDocumentError('not a flow: no JSON', { cause: error });
  }
}
