#!/usr/bin/env node
/**
 * `vmx`, for `npx vmx` and `npm run vmx`: runs the command line with the project's own Node, with file names
 * relative to the person's folder.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

// npm run changes to the project's folder first, and notes the original folder.
const stands = process.cwd();
process.env.INIT_CWD = stands === root ? (process.env.INIT_CWD ?? root) : stands;
process.argv.splice(2, 0, 'cli/vmx.ts');
await import('./installed.mjs');
