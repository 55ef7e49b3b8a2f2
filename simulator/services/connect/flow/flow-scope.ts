/**
 * The data of one run of a flow, or of a module in it. It is lost when that flow or module ends; data that
 * must stay belongs to the contact.
 */
export interface FlowScope {
  /** `$.FlowAttributes` */
  readonly flowAttributes: Map<string, string>;
  /** `$.External`: the last function's answer. */
  external: Readonly<Record<string, unknown>>;
  /** `$.StoredCustomerInput` */
  storedInput?: string;
  /** `$.Metrics` */
  metrics?: Readonly<Record<string, unknown>>;
  /** `$.Views`: the agent's last action in a view. */
  views?: Readonly<Record<string, unknown>>;
  /** `$.Task.ContactId` */
  taskContactId?: string;
  /** How often each Loop has run, by its identifier. */
  readonly rounds: Map<string, number>;
  /** Where each MessageParticipantIteratively goes on, by its identifier. */
  readonly nextMessages: Map<string, number>;
}

export function newFlowScope(): FlowScope {
  return { flowAttributes: new Map(), external: {}, rounds: new Map(), nextMessages: new Map() };
}
