/**
 * Runs a script of ours with the project's own Node, installing what is missing first.
 *
 *     node scripts/installed.mjs laptop/start.ts [arguments]
 *
 * Plain JavaScript without dependencies, as the Node of the machine may be too old
 * for anything else.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const projectNode = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (!isInstalled()) {
  console.log('Installing packages (npm ci), once…');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], process.env);
}
const [script, ...rest] = process.argv.slice(2);
const PATH = `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`;
await run(projectNode, [path.join(root, script ?? ''), ...rest], { ...process.env, PATH });

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

/** Signals are passed on. Ends this process with the other's exit code if that is not 0. */
async function run(command, args, env) {
  const shell = process.platform === 'win32' && command === 'npm';
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env, shell });
  const passOn = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, passOn);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${command} could not be run: ${error.message}`);
      resolve(1);
    });
    // Of one that a signal ended, the code that shells give it: 130 for Ctrl+C.
    child.on('exit', (exitCode, signal) => resolve(exitCode ?? 128 + (constants.signals[signal] ?? 0)));
  });
  for (const signal of signals) process.off(signal, passOn);
  if (code !== 0) process.exit(code);
}
