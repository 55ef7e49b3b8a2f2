import type { FlowAttributeName } from '../../src/domain/contact-attributes.ts';
import type { ACTIONS, ActionParameters, ActionType } from '../language/actions.ts';
import type { FlowType } from '../language/document.ts';

type Rules = typeof ACTIONS;

/** The actions that every one of the flow types allows. */
type ActionIn<Flow extends FlowType> = {
  [Type in ActionType]: [Flow] extends [Rules[Type]['flowTypes'][number]] ? Type : never;
}[ActionType];

/**
 * One action of a flow, as it is written here: the type, its parameters, and the next actions, by name. A
 * wrong parameter, a missing branch and a branch that the action cannot take do not compile.
 */
export type Step<Flow extends FlowType, Target extends string> = {
  [Type in ActionIn<Flow>]: StepOf<Type, Target>;
}[ActionIn<Flow>];

/** Names of actions that a flow has once for each language, which types cannot count. */
export type PerLanguage = `${'Voice' | 'Texts' | 'Greeting' | 'Message'} in ${string}`;

/** Some actions of a flow that belong together; `Exits` are names that the rest of the flow must have. */
export type Steps<Flow extends FlowType, Names extends string, Exits extends string = never> = Readonly<
  Record<Names, Step<Flow, Names | Exits>>
>;

type StepOf<Type extends ActionType, Target extends string> = Type extends 'GetParticipantInput'
  ? InputStep<Target>
  : { readonly type: Type } & Parameters<ParametersOf<Type>> &
      Next<Rules[Type]['next'], Target> &
      Errors<Rules[Type]['errors']['required'][number], Rules[Type]['errors']['optional'][number], Target> &
      Conditions<Rules[Type], Target>;

/** Attribute names are checked: one that is misspelled, or that flows must not set, does not compile. */
type ParametersOf<Type extends ActionType> = Type extends 'UpdateContactAttributes'
  ? {
      readonly Attributes: Readonly<Partial<Record<FlowAttributeName, string>>>;
      readonly TargetContact: 'Current' | 'Related';
    }
  : ActionParameters<Type>;

type Parameters<Allowed> =
  // oxlint-disable-next-line typescript/no-generated-empty-object-type -- no parameters at all are meant
  Record<never, never> extends Allowed ? { readonly parameters?: Allowed } : { readonly parameters: Allowed };

type Next<Needed, Target extends string> = Needed extends 'required'
  ? { readonly next: Target }
  : Needed extends 'optional'
    ? { readonly next?: Target }
    : { readonly next?: never };

type Errors<Required extends string, Optional extends string, Target extends string> = [
  Required | Optional,
] extends [never]
  ? { readonly errors?: never }
  : [Required] extends [never]
    ? { readonly errors?: { readonly [Error in Optional]?: Target } }
    : {
        readonly errors: { readonly [Error in Required]: Target } & { readonly [Error in Optional]?: Target };
      };

type Conditions<Rule, Target extends string> = Rule extends { readonly results: infer Results }
  ? Results extends { readonly needed: string }
    ? { readonly conditions: readonly Condition<Results, Target>[] }
    : { readonly conditions?: readonly Condition<Results, Target>[] }
  : { readonly conditions?: never };

interface Condition<Results, Target extends string> {
  readonly operator: Results extends { readonly operators: readonly (infer Operator)[] } ? Operator : never;
  readonly operand: Results extends { readonly values: readonly (infer Value)[] } ? Value : string;
  readonly next: Target;
}

/** GetParticipantInput is two actions in one: one key that decides, or digits that are stored. */
type InputStep<Target extends string> = { readonly type: 'GetParticipantInput'; readonly next: Target } & (
  | ({ readonly parameters: InputParameters<'False' | 'false' | false> } & Errors<
      'InputTimeLimitExceeded' | 'NoMatchingCondition' | 'NoMatchingError',
      never,
      Target
    > &
      Conditions<Rules['GetParticipantInput'], Target>)
  | ({ readonly parameters: InputParameters<'True' | 'true' | true>; readonly conditions?: never } & Errors<
      'NoMatchingError',
      'InvalidPhoneNumber',
      Target
    >)
);

type InputParameters<Stored> = Extract<ActionParameters<'GetParticipantInput'>, { StoreInput: Stored }>;

/** A step of any type. */
export interface AnyStep {
  readonly type: string;
  readonly parameters?: unknown;
  readonly next?: string | undefined;
  readonly errors?: Readonly<Record<string, string | undefined>>;
  readonly conditions?: readonly {
    readonly operator: string;
    readonly operand: string;
    readonly next: string;
  }[];
}

/** The next actions of a step: normally, at a condition, at an error. */
export function targetsOf({ next, errors = {}, conditions = [] }: AnyStep): readonly string[] {
  return [
    ...(next === undefined ? [] : [next]),
    ...conditions.map((condition) => condition.next),
    ...Object.values(errors).filter((target) => target !== undefined),
  ];
}
