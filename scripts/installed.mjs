/**
 * Runs a script of ours with the project's own Node, installing what is missing first.
 *
 *     node scripts/installed.mjs laptop/start.ts [arguments]
 *
 * Plain JavaScript without dependencies, as the Node of the machine may be too old
 * for anything else.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './run-program.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const projectNode = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (!isInstalled()) {
  console.log('Installing packages (npm ci), once…');
  await runProgram('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    shell: process.platform === 'win32',
    // An npm that runs every install script would download code for graphics cards.
    env: { ONNXRUNTIME_NODE_INSTALL: 'skip', ...process.env },
  });
}
/** Of glibc: without it, each thread keeps freed memory of its own. And our sources without types, and compiled. */
const CHEAPER = {
  MALLOC_ARENA_MAX: '2',
  NODE_COMPILE_CACHE: path.join(root, 'dist', 'compile-cache'),
};
const [script, ...rest] = process.argv.slice(2);
const PATH = `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`;
await runProgram(projectNode, [path.join(root, script ?? ''), ...rest], {
  cwd: root,
  env: { ...CHEAPER, ...process.env, PATH },
});

/**
 * npm records the installed packages in a lock file of its own: it must have every package of ours, in its
 * version.
 */
function isInstalled() {
  const installedFile = path.join(modules, '.package-lock.json');
  if (!existsSync(projectNode) || !existsSync(installedFile)) return false;
  const installed = packagesIn(installedFile);
  return Object.entries(packagesIn(path.join(root, 'package-lock.json'))).every(
    ([name, wanted]) => name === '' || wanted.optional || installed[name]?.version === wanted.version,
  );
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}
