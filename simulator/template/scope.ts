/**
 * The names that a template's functions use while one of its values is resolved. Each of these throws
 * TemplateError for an unknown name.
 */
export interface Scope {
  /** What is being resolved, for error messages: `AWS::SQS::Queue Voicemails`. */
  readonly where: string;
  /** A parameter, a pseudo parameter or a resource; NO_VALUE for AWS::NoValue. */
  readonly ref: (name: string) => unknown;
  readonly attribute: (logicalId: string, attribute: string) => unknown;
  readonly condition: (name: string) => boolean;
  readonly inMap: (map: string, topKey: string, secondKey: string) => unknown;
}

/** AWS::NoValue: the member that holds it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');
