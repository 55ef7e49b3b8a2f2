/** A view of the instance: what a guide shows an agent. */
interface View {
  readonly id: string;
  /** `<instance ARN>/view/<id>` */
  readonly arn: string;
  readonly name: string;
  /** Its template: components, with `$.…` for the flow's data. */
  readonly content: unknown;
  /** The actions that an agent can choose in it, such as `Close`. */
  readonly actions: readonly string[];
}

export interface ViewStore {
  readonly add: (view: View) => void;
  readonly remove: (idOrArn: string) => void;
  /** By id or ARN, without qualifiers such as `:$LATEST`. */
  readonly find: (idOrArn: string) => View | undefined;
  readonly all: () => readonly View[];
}

export function createViewStore(): ViewStore {
  const views = new Map<string, View>();
  return {
    add: (view) => void views.set(view.id, view),
    remove: (idOrArn) => void views.delete(idOf(idOrArn)),
    find: (idOrArn) => views.get(idOf(idOrArn)),
    all: () => [...views.values()],
  };
}

function idOf(idOrArn: string): string {
  return idOrArn.replace(/^.*\//, '').replace(/:.*$/, '');
}
