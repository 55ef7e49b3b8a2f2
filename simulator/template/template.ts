import { z } from 'zod';
import { TemplateError } from './template-error.ts';

const Members = z.record(z.string(), z.unknown());

const ResourceShape = z.looseObject({
  Type: z.string(),
  Properties: Members.default({}),
  Condition: z.string().optional(),
  Metadata: Members.default({}),
  DeletionPolicy: z.enum(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot']).default('Delete'),
  UpdateReplacePolicy: z.enum(['Delete', 'Retain', 'Snapshot']).default('Delete'),
});

const ParameterShape = z.looseObject({
  Type: z.string(),
  Default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

const TemplateShape = z.looseObject({
  Parameters: z.record(z.string(), ParameterShape).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), Members)).default({}),
  Conditions: Members.default({}),
  Resources: z.record(z.string(), ResourceShape),
  Outputs: z
    .record(
      z.string(),
      z.looseObject({
        Value: z.unknown(),
        Condition: z.string().optional(),
        Description: z.string().optional(),
      }),
    )
    .default({}),
  Description: z.string().optional(),
  Transform: z.undefined({ error: 'macros and transforms are not known to the simulator' }).optional(),
});

/** A CloudFormation template from JSON, with unresolved intrinsic functions. */
export type Template = z.infer<typeof TemplateShape>;

/** One resource of a template, unresolved. */
export type TemplateResource = z.infer<typeof ResourceShape>;

/** Throws TemplateError if `value` is not a template. */
export function parseTemplate(value: unknown): Template {
  const result = TemplateShape.safeParse(value);
  if (result.success) return result.data;
  throw new TemplateError(`not a CloudFormation template: ${issuesIn(result.error)}`);
}

/** The problems that zod found, in one line: `Properties.Timeout: expected number`. */
export function issuesIn(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || '(whole)'}: ${message}`).join('; ');
}
