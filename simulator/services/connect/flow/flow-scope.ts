/**
 * What one run of a flow, or of a module within it, has to itself. It is lost
 * when that flow or module is over; whatever is to outlive it belongs to the
 * contact.
 */
export interface FlowScope {
  /** `$.FlowAttributes` */
  readonly flowAttributes: Map<string, string>;
  /** `$.External`: what the last function answered. */
  external: Readonly<Record<string, unknown>>;
  /** `$.StoredCustomerInput` */
  storedInput?: string;
  /** `$.Metrics` */
  metrics?: Readonly<Record<string, unknown>>;
  /** `$.Views`: what the agent did last in a view. */
  views?: Readonly<Record<string, unknown>>;
  /** `$.Task.ContactId` */
  taskContactId?: string;
  /** How often each Loop has gone round, by its identifier. */
  readonly rounds: Map<string, number>;
  /** Where each MessageParticipantIteratively goes on, by its identifier. */
  readonly nextMessages: Map<string, number>;
}

export function newFlowScope(): FlowScope {
  return { flowAttributes: new Map(), external: {}, rounds: new Map(), nextMessages: new Map() };
}
