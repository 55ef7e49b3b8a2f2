import { z } from 'zod';
import type { FlowAction } from '../language/document.ts';
import { jsonPathsIn } from '../language/json-path.ts';
import { textsIn } from '../language/texts-in.ts';
import { attributesSetBy } from './voicemail-actions.ts';

/** Names of attributes that actions set and read. */
export interface AttributeUse {
  /** Of the contact itself. */
  readonly set: ReadonlySet<string>;
  readonly read: ReadonlySet<string>;
  /** Of the flow alone (`$.FlowAttributes`). */
  readonly flowSet: ReadonlySet<string>;
  readonly flowRead: ReadonlySet<string>;
}

const FlowAttributes = z.looseObject({ FlowAttributes: z.record(z.string(), z.unknown()) });

export function attributeUse(actions: readonly FlowAction[]): AttributeUse {
  return {
    // A name that is computed is not known before the call.
    set: new Set(actions.flatMap((action) => Object.keys(attributesSetBy(action))).filter(isWritten)),
    read: new Set(actions.flatMap((action) => namesUnder('Attributes', action))),
    flowSet: new Set(actions.flatMap(flowAttributesSetBy)),
    flowRead: new Set(actions.flatMap((action) => namesUnder('FlowAttributes', action))),
  };
}

function isWritten(name: string): boolean {
  return !name.includes('$');
}

function flowAttributesSetBy({ Type: type, Parameters: parameters }: FlowAction): readonly string[] {
  if (type !== 'UpdateFlowAttributes') return [];
  return Object.keys(FlowAttributes.safeParse(parameters).data?.FlowAttributes ?? {});
}

function namesUnder(root: string, { Parameters: parameters }: FlowAction): readonly string[] {
  return textsIn(parameters)
    .flatMap(({ text }) => jsonPathsIn(text))
    .flatMap(({ keys: [first, name] }) => (first === root && name !== undefined ? [name] : []));
}
