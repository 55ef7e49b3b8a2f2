import { CONTACT_ATTRIBUTES } from '../../src/domain/contact-attributes.ts';
import { type FlowType, parseFlow } from '../language/document.ts';
import { jsonPathsIn } from '../language/json-path.ts';
import { publishProblemsByAction } from '../language/publish-problems.ts';
import { designerMetadata } from './designer-metadata.ts';
import { depths, ENTRY_POINT, layout } from './layout.ts';
import { type AnyStep, type PerLanguage, type Step, targetsOf } from './step.ts';

export interface Blueprint<Type extends FlowType, Names extends string> {
  /** As people see it in Connect, and unique in the instance. */
  readonly name: string;
  readonly description: string;
  readonly type: Type;
  readonly start: NoInfer<Names>;
  /** By name, in words: it is what the designer shows on the block. */
  readonly actions: { readonly [Name in Names]?: Step<Type, NoInfer<Names> | PerLanguage> } & {
    readonly [Name in PerLanguage]?: Step<Type, NoInfer<Names> | PerLanguage>;
  };
}

/** A flow or module in Amazon Connect's flow language. */
export interface BuiltFlow {
  readonly name: string;
  readonly description: string;
  readonly type: FlowType;
  /** What Connect stores: the `Content` of a flow. */
  readonly content: string;
}

/** A flow that Connect would refuse, or that would not do what it says; the message names the action. */
export class FlowError extends Error {
  override readonly name = 'FlowError';
}

/**
 * Builds a flow of flow language 2019-10-30. Faults that its types cannot find are checked here: throws
 * FlowError, which names the action, if an action leads nowhere, if nothing leads to it, if it uses an
 * unknown attribute, or if Connect would refuse to publish it.
 */
export function flow<Type extends FlowType, Names extends string>(
  blueprint: Blueprint<Type, Names>,
): BuiltFlow {
  const { name, description, type, start } = blueprint;
  const actions: object = blueprint.actions;
  const steps = new Map<string, AnyStep>(Object.entries(actions));
  const problems = [...steps].flatMap(([action, step]) => [
    ...missingTargets(step, steps).map((target) => `"${action}" leads to "${target}", which is no action`),
    ...unknownAttributes(step).map(
      (attribute) => `"${action}" knows an attribute ${attribute}: there is none`,
    ),
  ]);
  const reached = depths(start, steps);
  const unreached = [...steps.keys()].filter((action) => !reached.has(action));
  problems.push(...unreached.map((action) => `nothing leads to "${action}"`));
  if (problems.length > 0) throw new FlowError(`${name}: ${problems.join('; ')}`);
  const content = contentOf({ type, start }, steps);
  const refusals = refusalsOf(content, type);
  if (refusals.length > 0) throw new FlowError(`${name}: ${refusals.join('; ')}`);
  return { name, description, type, content };
}

/** The input and output of a module. Published modules declare them, even if there are none, as in ours. */
const MODULE_SETTINGS = { InputParameters: [], OutputParameters: [], Transitions: [] };

function contentOf(
  { type, start }: { type: FlowType; start: string },
  steps: ReadonlyMap<string, AnyStep>,
): string {
  const positions = layout(start, steps);
  const document = {
    Version: '2019-10-30',
    StartAction: start,
    Metadata: {
      entryPointPosition: ENTRY_POINT,
      ActionMetadata: Object.fromEntries(
        [...steps].map(([name, step]) => [
          name,
          designerMetadata(name, step, positions.get(name) ?? ENTRY_POINT),
        ]),
      ),
      Annotations: [],
    },
    Actions: [...steps].map(([name, step]) => ({
      Identifier: name,
      Type: step.type,
      Parameters: step.parameters ?? {},
      Transitions: transitionsOf(step),
    })),
    ...(type === 'MODULE' && { Settings: MODULE_SETTINGS }),
  };
  return JSON.stringify(document);
}

/** Why Connect would not publish it, with the names of the actions instead of their places. */
function refusalsOf(content: string, type: FlowType): string[] {
  const document = parseFlow(content);
  return publishProblemsByAction(document, type).map(({ message, action }) => {
    const name = action === undefined ? undefined : document.Actions[action]?.Identifier;
    return name === undefined ? message : `"${name}": ${message}`;
  });
}

function transitionsOf(step: AnyStep): Record<string, unknown> {
  const { next, errors = {}, conditions = [] } = step;
  if (targetsOf(step).length === 0) return {};
  return {
    ...(next !== undefined && { NextAction: next }),
    Errors: Object.entries(errors).map(([error, target]) => ({ NextAction: target, ErrorType: error })),
    Conditions: conditions.map(({ operator, operand, next: target }) => ({
      NextAction: target,
      Condition: { Operator: operator, Operands: [operand] },
    })),
  };
}

function missingTargets(step: AnyStep, steps: ReadonlyMap<string, AnyStep>): string[] {
  return [...new Set(targetsOf(step))].filter((target) => !steps.has(target));
}

/** Every `vmx3_` name in the parameters, read or written, that is not one of ours. */
function unknownAttributes({ parameters }: AnyStep): string[] {
  return [...new Set(namesIn(parameters).filter(isUnknown))];
}

function isUnknown(name: string): boolean {
  return name.startsWith('vmx3_') && !Object.hasOwn(CONTACT_ATTRIBUTES, name);
}

/** Keys, and the last name of each path. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return jsonPathsIn(value).flatMap(({ keys }) => keys.slice(-1));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...namesIn(member)]);
}
