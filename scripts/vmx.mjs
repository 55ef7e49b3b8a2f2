#!/usr/bin/env node
/**
 * `vmx`, for `npx vmx` and `npm run vmx`: runs the command line with the project's own Node, with file names
 * relative to the person's folder.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './run-program.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** An archive has it in JavaScript, as Node.js runs no TypeScript below `node_modules`. */
const compiled = path.join(root, 'cli', 'vmx.js');

// npm run changes to the project's folder first, and notes the original folder.
const stands = process.cwd();
process.env.INIT_CWD = stands === root ? (process.env.INIT_CWD ?? root) : stands;
if (existsSync(compiled)) {
  await runProgram(nodeOfArchive(), [compiled, ...process.argv.slice(2)], { env: process.env });
} else {
  process.argv.splice(2, 0, 'cli/vmx.ts');
  await import('./installed.mjs');
}

/** The Node.js that npm has installed with the archive; where there is none for this machine, that of the machine. */
function nodeOfArchive() {
  const { resolve } = createRequire(import.meta.url);
  for (const kind of ['node', 'node-bin']) {
    try {
      return resolve(`${kind}-${process.platform}-${process.arch}/bin/node`);
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  const [major] = process.versions.node.split('.');
  if (Number(major) >= 24) return process.execPath;
  console.error(
    `vmx: npm has no Node.js for ${process.platform} on ${process.arch}, and this machine has ${process.version}. ` +
      'Install Node.js 24 or newer, and run it again.',
  );
  process.exit(1);
}
