import type { Account } from '../account.ts';
import type { z } from 'zod';
import type { Cloud } from './cloud.ts';
import type { Identity } from './stack-scope.ts';
import { issuesIn } from './template.ts';
import { TemplateError } from './template-error.ts';

/** What the simulator knows of one type of resource. */
export interface ResourceKind {
  /**
   * What `Ref` and `Fn::GetAtt` answer. Asked before anything is deployed, so that
   * resources may refer to each other in a circle, as a function to its own URL.
   */
  readonly identify: (resource: UnnamedResource) => Identity;
  /** Makes it. Absent: it has no behavior here, and is only listed. */
  readonly deploy?: (resource: StackResource, stack: Stack) => void | Promise<void>;
}

/** A resource whose physical id is being worked out. */
export interface UnnamedResource {
  readonly logicalId: string;
  readonly type: string;
  /** `AWS::SQS::Queue Voicemails` */
  readonly where: string;
  readonly stackName: string;
  readonly account: Account;
  readonly cloud: Cloud;
  /** One property, resolved; undefined if it is not there. */
  readonly property: (name: string) => unknown;
  /** The value of the naming property, or what CloudFormation would make up. */
  readonly name: (property: string, rules: { longest: number; lowerCase?: boolean }) => string;
  /** The resource of that type whose identity has `Arn` as given, or undefined. */
  readonly byArn: (type: string, arn: unknown) => StackResource | undefined;
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly where: string;
  /** `VoicemailExpress/contact-records/Function/Resource`, if the CDK wrote it. */
  readonly path: string | undefined;
  readonly identity: () => Identity;
  /** All of them, resolved. */
  readonly properties: () => unknown;
}

/** The stack being deployed. */
export interface Stack {
  readonly name: string;
  readonly account: Account;
  readonly cloud: Cloud;
  readonly assetFolder: (s3Key: string) => string;
  readonly ofType: (type: string) => readonly StackResource[];
  readonly byArn: (type: string, arn: unknown) => StackResource | undefined;
  /** Called when the stack is to end. */
  readonly onStop: (stop: () => void) => void;
}

/** A resource's properties, checked. Throws TemplateError with everything that is wrong or not known. */
export function parseProperties<Shape extends z.ZodType>(
  shape: Shape,
  { properties, where }: StackResource,
): z.infer<Shape> {
  const result = shape.safeParse(properties());
  if (result.success) return result.data;
  throw new TemplateError(`${where}: ${issuesIn(result.error)}`);
}
