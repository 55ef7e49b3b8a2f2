import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What a Region's schemas have against a template. */
export interface RegionValidator {
  /** Of AWS CloudFormation Validate, which has the schemas within. */
  readonly version: string;
  readonly schemas: number;
  /** Sentences that name the resource; none: every type and property is there. */
  readonly findingsIn: (template: string, region: string) => readonly string[];
  readonly close: () => void;
}

const Diagnostics = z.array(
  z.object({
    ruleId: z.string(),
    severity: z.string(),
    message: z.string(),
    entity: z.object({ logicalId: z.string() }).optional(),
  }),
);

/** As much of the package as is used. It comes with aws-cdk-lib, which bundles it and does not show it. */
const Package = z.object({
  SchemaValidator: z.custom<
    new () => {
      validate: (file: unknown, region: string) => unknown;
      schemaCount: () => number;
      free: () => void;
    }
  >((value) => typeof value === 'function'),
  TemplateFile: z.custom<new (path: string) => unknown>((value) => typeof value === 'function'),
});

/** `folder`: for templates while they are checked. */
export function openValidator(folder: string): RegionValidator {
  const require = createRequire(import.meta.url);
  const fromCdk = createRequire(require.resolve('aws-cdk-lib/package.json'));
  const main = fromCdk.resolve('@aws/cloudformation-validate');
  const { SchemaValidator, TemplateFile } = Package.parse(fromCdk(main));
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(dirname(main), 'package.json'), 'utf8')));
  const validator = new SchemaValidator();
  const file = join(folder, 'template.json');
  return {
    version,
    schemas: validator.schemaCount(),
    findingsIn(template, region) {
      writeFileSync(file, template);
      return Diagnostics.parse(validator.validate(new TemplateFile(file), region))
        .filter(({ severity }) => severity === 'FATAL' || severity === 'ERROR')
        .map(({ ruleId, message, entity }) => `${entity?.logicalId ?? 'template'}: ${message} (${ruleId})`);
    },
    close: () => validator.free(),
  };
}
