import type { Account } from '../account.ts';
import type { z } from 'zod';
import type { Cloud } from './cloud.ts';
import type { Identity } from './stack-scope.ts';
import { issuesIn, type TemplateResource } from './template.ts';
import { TemplateError } from './template-error.ts';

/** What the simulator knows about one type of resource. */
export interface ResourceKind {
  /**
   * The values of `Ref` and `Fn::GetAtt`. Called before anything is deployed, so that resources can refer to
   * each other in a circle, for example a function to its own URL.
   */
  readonly identify: (resource: UnnamedResource) => Identity;
  /** Makes the resource. Absent: it has no behavior here, and is only listed. */
  readonly deploy?: (resource: StackResource, stack: Stack) => void | Promise<void>;
  /**
   * Changes it, where no property that changed needs another one in its place. Absent: it is unmade and made
   * again, with nothing in between.
   */
  readonly update?: (resource: StackResource, stack: Stack, before: StackResource) => void | Promise<void>;
  /** Looks again at what it rests on in an update that does not change it. Absent: it rests on nothing. */
  readonly settle?: (resource: StackResource, stack: Stack) => void;
  /** Unmakes it, after everything that needs it. Absent: there is nothing to unmake. Throws what AWS would refuse. */
  readonly remove?: (resource: StackResource, stack: Stack) => void | Promise<void>;
  /** How a stack takes in one that is there. Absent: that is not simulated. */
  readonly import?: {
    /** The property whose value is the physical id, the primary identifier of CloudFormation's schema. */
    readonly identifier: string;
    readonly isThere: (physicalId: string, cloud: Cloud) => boolean | Promise<boolean>;
  };
}

/** A resource whose physical id is being resolved. */
export interface UnnamedResource {
  readonly logicalId: string;
  readonly type: string;
  /** `AWS::SQS::Queue Voicemails` */
  readonly where: string;
  readonly stackName: string;
  /** What generated names and ids are derived from: another one after the resource was replaced. */
  readonly seed: string;
  readonly account: Account;
  readonly cloud: Cloud;
  /** The physical id, where the stack has imported it. Absent: the stack makes it. */
  readonly imported?: string;
  /** One property, resolved; undefined if it is absent. */
  readonly property: (name: string) => unknown;
  /** The value of the naming property, the name of what was imported, or the name that CloudFormation would generate. */
  readonly name: (property: string, rules: { longest: number; lowerCase?: boolean }) => string;
  /** The resource of that type whose identity has `Arn` as given, or undefined. */
  readonly byArn: (type: string, arn: unknown) => StackResource | undefined;
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly where: string;
  /** `VoicemailExpress/contact-records/Function/Resource`, if CDK wrote it. */
  readonly path: string | undefined;
  /** As the template has it. */
  readonly described: TemplateResource;
  readonly identity: () => Identity;
  /** All of them, resolved. */
  readonly properties: () => unknown;
}

/** Where the zip file of a function's code is. */
export interface CodePlace {
  readonly bucket: string;
  readonly key: string;
}

/** The stack being deployed. */
export interface Stack {
  readonly name: string;
  readonly account: Account;
  readonly cloud: Cloud;
  /** The folder with the code at that place in S3. Throws if there is none. */
  readonly codeFolder: (code: CodePlace) => string | Promise<string>;
  readonly ofType: (type: string) => readonly StackResource[];
  readonly byArn: (type: string, arn: unknown) => StackResource | undefined;
}

/** A resource's properties, checked. Throws TemplateError with everything that is wrong or unknown. */
export function parseProperties<Shape extends z.ZodType>(
  shape: Shape,
  { properties, where }: StackResource,
): z.infer<Shape> {
  const result = shape.safeParse(properties());
  if (result.success) return result.data;
  throw new TemplateError(`${where}: ${issuesIn(result.error)}`);
}
