import type { FlowDocument, FlowType } from '../../../../flows/language/document.ts';

/** A flow or module of the instance. */
export interface StoredFlow {
  readonly id: string;
  /** `<instance ARN>/contact-flow/<id>`, `<instance ARN>/flow-module/<id>` for a module. */
  readonly arn: string;
  readonly name: string;
  readonly type: FlowType;
  readonly document: FlowDocument;
  /** The text that was published. Absent: there is only the document. */
  readonly content?: string;
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
  /** Archives a flow by id or ARN: it is not found any more. `add` restores it. */
  readonly archive: (idOrArn: string) => void;
  /** The archived flows. No contact enters them. */
  readonly archived: () => readonly StoredFlow[];
}

export function createFlowStore(): FlowStore {
  const flows = new Map<string, StoredFlow>();
  const archived = new Map<string, StoredFlow>();
  return {
    add(flow) {
      archived.delete(flow.id);
      flows.set(flow.id, flow);
    },
    remove(idOrArn) {
      flows.delete(idOf(idOrArn));
      archived.delete(idOf(idOrArn));
    },
    find: (idOrArn) => flows.get(idOf(idOrArn)),
    named: (name) => [...flows.values()].find((flow) => flow.name === name),
    all: () => [...flows.values()],
    archive(idOrArn) {
      const flow = flows.get(idOf(idOrArn));
      if (!flow) return;
      flows.delete(flow.id);
      archived.set(flow.id, flow);
    },
    archived: () => [...archived.values()],
  };
}

/** A flow in flow language, as the API returns it. */
export function contentOf({ content, document }: StoredFlow): string {
  return content ?? JSON.stringify(document);
}

function idOf(idOrArn: string): string {
  return idOrArn.replace(/^.*\//, '').replace(/:.*$/, '');
}
