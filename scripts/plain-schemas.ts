import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Generated files of the AWS SDK that describe all shapes and operations of a service. */
const SCHEMAS = /[\\/]node_modules[\\/]@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_\d+\.js$/;
/** `const _hH = "httpHeader";` */
const NAMED_KEY = /^const (_\w+) = ("[^"\\]*");$/gm;
/** `[_hH]: ` */
const COMPUTED_KEY = /\[(_\w+)\]: /g;
/** `64 | 0`: a list of strings. */
const COMPUTED_NUMBER = /\b(\d+) \| (\d+)\b/g;

/**
 * Writes keys and numbers of the SDK's schemas as they are, where the SDK computes them from constants. The bundler
 * keeps an expression that might run code, and whatever it names: so it kept the schemas of all operations of a
 * service, 400 kB of Amazon Connect's alone. From plain literals it leaves out what no function uses.
 */
export const plainSchemas: Plugin = {
  name: 'plain schemas',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => ({
      contents: withPlainLiterals(await readFile(path, 'utf8')),
    }));
  },
};

/** A key whose constant the source does not have stays as it is. */
export function withPlainLiterals(source: string): string {
  const keys = new Map([...source.matchAll(NAMED_KEY)].map(([, name = '', text = '']) => [name, text]));
  return source
    .replaceAll(COMPUTED_KEY, (computed, name: string) => {
      const key = keys.get(name);
      return key === undefined ? computed : `${key}: `;
    })
    .replaceAll(COMPUTED_NUMBER, (_, one: string, other: string) => String(Number(one) | Number(other)));
}
