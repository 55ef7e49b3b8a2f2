import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { z } from 'zod';
import { voicemailApp } from './app.ts';
import { stackNameOf, type VoicemailConfig } from './config.ts';
import { DEPLOYMENTS } from './pipeline/deployments.ts';

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Metadata: z.object({ 'aws:cdk:path': z.string() }).partial().default({}),
});

const Template = z.object({ Resources: z.record(z.string(), Resource) });

export type TemplateResource = z.infer<typeof Resource> & { readonly id: string };

export interface TestStack {
  readonly app: App;
  /** The template's text. */
  readonly text: () => string;
  /** What the assembly says beside the template: with which roles it is deployed. */
  readonly manifest: () => string;
  readonly assets: () => string;
  readonly resourcesOf: (type: string) => readonly TemplateResource[];
  readonly resources: () => readonly TemplateResource[];
  readonly remove: () => void;
}

/** The stack with a placeholder for each function, so that its tests need no bundles. Not yet synthesized. */
export function testStack(config: VoicemailConfig, { isChecked = false } = {}): TestStack {
  const folder = mkdtempSync(join(tmpdir(), 'voicemail-stack-'));
  const functionsFolder = join(folder, 'functions');
  for (const bundle of DEPLOYMENTS.keys()) {
    mkdirSync(join(functionsFolder, bundle), { recursive: true });
    writeFileSync(join(functionsFolder, bundle, 'index.mjs'), `// ${bundle}\n`);
  }
  const outdir = join(folder, 'cdk');
  const text = () => readFileSync(join(outdir, `${stackNameOf(config)}.template.json`), 'utf8');
  const manifest = () => readFileSync(join(outdir, 'manifest.json'), 'utf8');
  const assets = () => readFileSync(join(outdir, `${stackNameOf(config)}.assets.json`), 'utf8');
  const resources = () => {
    const { Resources } = Template.parse(JSON.parse(text()));
    return Object.entries(Resources).map(([id, resource]) => ({ id, ...resource }));
  };
  return {
    app: voicemailApp({ config, functionsFolder, outdir, isChecked }),
    text,
    manifest,
    assets,
    resources,
    resourcesOf: (type) => resources().filter((resource) => resource.Type === type),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

const Reference = z.strictObject({ Ref: z.string() });
const Attribute = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const Joined = z.strictObject({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });

/**
 * A template value as people write it: `recordingsBucket304AE6CD.Arn/recordings/*`.
 * References and joins only; anything else is left as JSON.
 */
export function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  const reference = Reference.safeParse(value);
  if (reference.success) return reference.data.Ref;
  const attribute = Attribute.safeParse(value);
  if (attribute.success) return attribute.data['Fn::GetAtt'].join('.');
  const joined = Joined.safeParse(value);
  if (joined.success) return joined.data['Fn::Join'][1].map(readable).join('');
  return JSON.stringify(value);
}
