import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const Assets = z.looseObject({
  files: z.record(z.string(), z.looseObject({ source: z.looseObject({ path: z.string() }) })),
});

const Template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });

/** In these, voicemails can wait or lie. */
const HOLD_VOICEMAILS = new Set(['AWS::SQS::Queue', 'AWS::DynamoDB::Table', 'AWS::S3::Bucket']);

/**
 * Logical ids of what only the later template has: the way back deletes it, and nobody misses what was not there
 * before. Without what can hold voicemails that came in meanwhile.
 */
export function newWithoutVoicemails(former: string, later: string): readonly string[] {
  const [was, is] = [resourcesIn(former), resourcesIn(later)];
  return [...is].filter(([id, type]) => !was.has(id) && !HOLD_VOICEMAILS.has(type)).map(([id]) => id);
}

function resourcesIn(template: string): ReadonlyMap<string, string> {
  const { Resources } = Template.parse(JSON.parse(template));
  return new Map(Object.entries(Resources).map(([id, { Type }]) => [id, Type]));
}

/**
 * Writes a cloud assembly that deploys another template of a stack into `folder`, in the same way and to the same place
 * as the assembly that it is made from. It publishes the template alone, unless it keeps the code: that of a template
 * which was deployed before has been in the bucket of the bootstrap since.
 */
export function writeFormerAssembly({
  assemblyFolder,
  stackName,
  template,
  folder,
  keepsCode = false,
}: {
  /** The assembly that it is made from. */
  readonly assemblyFolder: string;
  readonly stackName: string;
  readonly template: string;
  readonly folder: string;
  /** Whether the code of that assembly is published, too. */
  readonly keepsCode?: boolean;
}): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(assemblyFolder)) {
    if (statSync(join(assemblyFolder, name)).isFile()) cpSync(join(assemblyFolder, name), join(folder, name));
  }
  const templateFile = `${stackName}.template.json`;
  const assetsFile = join(folder, `${stackName}.assets.json`);
  const { files, ...others } = Assets.parse(JSON.parse(readFileSync(assetsFile, 'utf8')));
  const [laterHash, asset] =
    Object.entries(files).find(([, { source }]) => source.path === templateFile) ?? [];
  if (laterHash === undefined) throw new Error(`${assetsFile} has no asset ${templateFile}`);
  const hash = createHash('sha256').update(template).digest('hex');
  const renamed = (text: string) => text.replaceAll(laterHash, hash);
  writeFileSync(join(folder, templateFile), template);
  const code = keepsCode ? codeIn(files, { laterHash, assemblyFolder }) : {};
  writeFileSync(assetsFile, renamed(JSON.stringify({ ...others, files: { ...code, [hash]: asset } })));
  const manifest = join(folder, 'manifest.json');
  writeFileSync(manifest, renamed(readFileSync(manifest, 'utf8')));
}

/** What is published beside the template, from where it is. */
function codeIn(
  files: z.infer<typeof Assets>['files'],
  { laterHash, assemblyFolder }: { laterHash: string; assemblyFolder: string },
) {
  const code = Object.entries(files).filter(([hash]) => hash !== laterHash);
  return Object.fromEntries(
    code.map(([hash, { source, ...others }]) => [
      hash,
      { ...others, source: { ...source, path: resolve(assemblyFolder, source.path) } },
    ]),
  );
}
