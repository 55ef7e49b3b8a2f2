import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import type { Plugin } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const CONFIG = '@smithy/core/dist-es/submodules/config';
const EVENT_STREAMS = '@smithy/core/dist-es/submodules/event-streams';

/** What stands in a bundle for a file of a package. */
interface Replacement {
  /** Its path below `node_modules`. */
  readonly file: string;
  /** Exports the same names. Of the file's own source, if it is a function. */
  readonly contents: string | ((source: string) => string);
}

/**
 * Parts of packages that no function of ours ever uses, but that a bundle would read, parse and run at each cold start,
 * because what imports them is used.
 */
const REPLACEMENTS: readonly Replacement[] = [
  {
    // Lambda puts a function's credentials into its environment, or tells there who hands them out. So no chain of
    // files, profiles, single sign-on and machine roles, which has its own clients of three services.
    // Source: AWS Lambda Developer Guide, "Working with environment variables in Lambda".
    file: '@aws-sdk/credential-provider-node/dist-es/defaultProvider.js',
    contents: `
      import { fromEnv } from '@aws-sdk/credential-provider-env';
      import { memoizeChain } from './runtime/memoize-chain';
      export const defaultProvider = (init = {}) => memoizeChain([
        fromEnv(init),
        async () => (await import('@aws-sdk/credential-provider-http')).fromHttp(init)(),
      ], credentialsTreatedAsExpired);
      export const credentialsWillNeedRefresh = (credentials) => credentials?.expiration !== undefined;
      export const credentialsTreatedAsExpired = (credentials) =>
        credentials?.expiration !== undefined && credentials.expiration.getTime() - Date.now() < 300000;`,
  },
  {
    // In Lambda there is no ~/.aws: a setting is in the environment, or has its default.
    file: `${CONFIG}/node-config-provider/fromSharedConfigFiles.js`,
    contents: `
      import { CredentialsProviderError } from '../property-provider/CredentialsProviderError';
      export const fromSharedConfigFiles = () => async () => {
        throw new CredentialsProviderError('a function has no config files');
      };`,
  },
  {
    // Only SelectObjectContent of S3, and operations like it, send or answer a stream of events.
    file: `${EVENT_STREAMS}/eventstream-serde/EventStreamMarshaller.js`,
    contents: `
      const missing = () => { throw new Error('event streams are not in this bundle'); };
      export class EventStreamMarshaller { constructor() { missing(); } }
      export const eventStreamSerdeProvider = () => ({ serialize: missing, deserialize: missing });`,
  },
  {
    file: `${EVENT_STREAMS}/EventStreamSerde.js`,
    contents: `
      export class EventStreamSerde {
        constructor() { throw new Error('event streams are not in this bundle'); }
      }`,
  },
  {
    // Only a client with endpointDiscoveryEnabled remembers endpoints, and ours have not.
    file: '@aws-sdk/endpoint-cache/dist-es/EndpointCache.js',
    contents: `export class EndpointCache {}`,
  },
  {
    // A literal of 89 kB is read as text in half the time.
    file: 'libphonenumber-js/metadata.min.json.js',
    contents: textOf,
  },
];

/** `export default {…};` as a call of JSON.parse. Throws a SyntaxError if that is no JSON. */
function textOf(source: string): string {
  const json = source.replace(/^(\/\/.*\n)*export default /, '').replace(/;?\s*$/, '');
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(json)))});`;
}

const EXPORTED = /^\s*export (?:(?:const|function|class) (\w+)|default\b)/gm;

function exportsOf(source: string): readonly string[] {
  return [...source.matchAll(EXPORTED)].map(([, name = 'default']) => name).toSorted();
}

/** Throws an Error if the package has no such file any more, or one that exports something else. */
export function replacing({ file, contents }: Replacement, source: string): string {
  const replaced = typeof contents === 'string' ? contents : contents(source);
  const [before, after] = [exportsOf(source), exportsOf(replaced)].map((names) => names.join(', '));
  if (before === after) return replaced;
  throw new Error(`${file} exports ${before}, and what replaces it ${after}: see scripts/lean-packages.ts`);
}

/** Leaves out of packages what no function of ours uses. Fails if a package is not as it was. */
export const leanPackages: Plugin = {
  name: 'lean packages',
  setup(build) {
    const modules = join(ROOT, 'node_modules');
    const lean = new Map(
      REPLACEMENTS.map((one) => [one.file, replacing(one, readFileSync(join(modules, one.file), 'utf8'))]),
    );
    build.onLoad({ filter: /[\\/]node_modules[\\/]/ }, ({ path }) => {
      const contents = lean.get(relative(modules, path).replaceAll('\\', '/'));
      return contents === undefined ? undefined : { contents };
    });
  },
};

/** Names that can be exported as they are. */
const NAME = /^(?!default$)[a-z_$][\w$]*$/i;

/** In the paths of what the bundler read. */
export const BUILTIN = 'builtin';

/**
 * Takes Node's own modules as `require` would. An `import` of one reads all that it exports, and so loads parts of Node
 * that nobody uses: web streams and web crypto, ten milliseconds of CPU in all.
 */
export const quickBuiltins: Plugin = {
  name: 'quick builtins',
  setup(build) {
    build.onResolve({ filter: /^[a-z][\w:/]*$/ }, ({ path, kind }) =>
      kind === 'import-statement' && isBuiltin(path)
        ? { path: path.replace(/^node:/, ''), namespace: BUILTIN, sideEffects: false }
        : undefined,
    );
    build.onLoad({ filter: /./, namespace: BUILTIN }, ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(path) ?? {}).filter((name) => NAME.test(name));
      const lines = names.map((name) => `export const ${name} = /* @__PURE__ */ of('${name}');`);
      return {
        contents: `
          const builtin = /* @__PURE__ */ process.getBuiltinModule('node:${path}');
          const of = (name) => builtin[name];
          export default builtin;
          ${lines.join('\n')}`,
      };
    });
  },
};
