import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CodePlace } from './resource-kind.ts';
import { issuesIn, parseTemplate, type Template } from './template.ts';
import { TemplateError } from './template-error.ts';

const AssetsShape = z.looseObject({
  files: z.record(z.string(), z.looseObject({ source: z.looseObject({ path: z.string() }) })).default({}),
});

/** One stack of a cloud assembly, the folder that `cdk synth` writes. */
export interface Assembly {
  readonly template: Template;
  /** The template as it is written there. */
  readonly source: unknown;
  /** The folder of the asset that CDK would upload as `<hash>.zip`. Throws TemplateError for an unknown key. */
  readonly codeFolder: (code: Pick<CodePlace, 'key'>) => string;
}

/**
 * Reads `<stack>.template.json`, through `patch`, and `<stack>.assets.json`. Throws TemplateError if they
 * are not what CDK writes.
 */
export function readAssembly(
  folder: string,
  stackName: string,
  patch: (template: unknown) => unknown = (template) => template,
): Assembly {
  const assets = AssetsShape.safeParse(readJson(join(folder, `${stackName}.assets.json`)));
  if (!assets.success) throw new TemplateError(`${stackName}.assets.json: ${issuesIn(assets.error)}`);
  const source = patch(readJson(join(folder, `${stackName}.template.json`)));
  return {
    template: parseTemplate(source),
    source,
    codeFolder({ key }) {
      const asset = assets.data.files[key.replace(/\.zip$/, '')];
      if (asset) return join(folder, asset.source.path);
      throw new TemplateError(`${stackName}.assets.json knows no asset ${key}`);
    },
  };
}

/**
 * The name of the only stack in a cloud assembly. Throws TemplateError if there is none, or more than one.
 */
export function onlyStackIn(folder: string): string {
  const [name, ...more] = filesIn(folder).flatMap((file) => /^(.+)\.template\.json$/.exec(file)?.[1] ?? []);
  if (name !== undefined && more.length === 0) return name;
  throw new TemplateError(`${folder} has ${name === undefined ? 'no stack' : 'several stacks'}`);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new TemplateError(`${folder} cannot be read; is the stack synthesized?`, { cause: error });
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new TemplateError(`${file} cannot be read; is the stack synthesized?`, { cause: error });
  }
}
