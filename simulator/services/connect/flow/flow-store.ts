import type { FlowDocument, FlowType } from '../../../../flows/language/document.ts';

/** A flow or module of the instance. */
export interface StoredFlow {
  readonly id: string;
  /** `<instance ARN>/contact-flow/<id>`, `<instance ARN>/flow-module/<id>` for a module. */
  readonly arn: string;
  readonly name: string;
  readonly type: FlowType;
  readonly document: FlowDocument;
}

export interface FlowStore {
  readonly add: (flow: StoredFlow) => void;
  /** Deletes a flow, by id or ARN, as an administrator does. */
  readonly remove: (idOrArn: string) => void;
  /** By id or ARN, without qualifiers such as `:$LATEST`. */
  readonly find: (idOrArn: string) => StoredFlow | undefined;
  /** By its whole name; for people and tests. */
  readonly named: (name: string) => StoredFlow | undefined;
  readonly all: () => readonly StoredFlow[];
}

export function createFlowStore(): FlowStore {
  const flows = new Map<string, StoredFlow>();
  return {
    add: (flow) => void flows.set(flow.id, flow),
    remove: (idOrArn) => void flows.delete(idOf(idOrArn)),
    find: (idOrArn) => flows.get(idOf(idOrArn)),
    named: (name) => [...flows.values()].find((flow) => flow.name === name),
    all: () => [...flows.values()],
  };
}

function idOf(idOrArn: string): string {
  return idOrArn.replace(/^.*\//, '').replace(/:.*$/, '');
}
