/**
 * Runs a script of ours with the project's own Node, installing what is missing first.
 *
 *     node scripts/installed.mjs scripts/start.ts [arguments]
 *
 * Plain JavaScript without dependencies, as the Node of the machine may be too old
 * for anything else. What is installed is told by a copy of the lock file's hash.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const modules = path.join(root, 'node_modules');
const projectNode = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const marker = path.join(modules, '.installed-from');
const lockHash = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(projectNode) || !existsSync(marker) || readFileSync(marker, 'utf8') !== lockHash) {
  console.log('Installing packages (npm ci), once…');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(marker, lockHash);
}

const [script, ...rest] = process.argv.slice(2);
const PATH = `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`;
run(projectNode, [path.join(root, script ?? ''), ...rest], { ...process.env, PATH });

/** Ends this process with the other's exit code if that is not 0. */
function run(command, args, env = process.env) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  if (error) console.error(`${command} could not be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
