import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const MEASURE = `
  const before = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  console.log('\\n' + (user + system) / 1000);
  process.exit(0);
`;

interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Metadata?: { readonly 'aws:cdk:path'?: string };
        readonly Properties?: {
          readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
        };
      }
    >
  >;
}

/**
 * Returns a function that loads the bundle of a name in a process of its own, and returns the CPU milliseconds that
 * it took, without Node's own start.
 */
export function bundleLoads({
  templateFile,
  functions,
}: {
  readonly templateFile: string;
  readonly functions: readonly { readonly name: string; readonly file: string }[];
}): (name: string) => number {
  const template: Template = JSON.parse(readFileSync(templateFile, 'utf8'));
  const files = new Map(functions.map(({ name, file }) => [name, file]));
  return (name) => {
    const args = ['--input-type=module', '--eval', MEASURE, resolve(files.get(name) ?? name)];
    const env = environmentOf(name, template);
    const output = execFileSync(process.execPath, args, { env, encoding: 'utf8' });
    // Before the figure is what the function logs while it is loaded: a placeholder is no time zone.
    return Number(output.trim().split('\n').at(-1));
  };
}

/**
 * The function's own settings; values that only CloudFormation knows are placeholders that parse. Nothing is
 * called.
 */
function environmentOf(name: string, { Resources }: Template): Record<string, string> {
  const fn = Object.values(Resources).find(({ Metadata }) =>
    Metadata?.['aws:cdk:path']?.endsWith(`/${name}/Function/Resource`),
  );
  const variables = Object.entries(fn?.Properties?.Environment?.Variables ?? {}).map(([key, value]) => {
    const resolved = key.endsWith('URL') ? 'http://127.0.0.1/' : 'value';
    return [key, typeof value === 'string' ? value : resolved];
  });
  return { ...Object.fromEntries(variables), AWS_REGION: 'us-east-1' };
}
