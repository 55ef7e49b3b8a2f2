#!/usr/bin/env node
/**
 * `vmx`, for `npx vmx` and `npm run vmx`: runs the command line with the project's own Node,
 * on files named from where the person stands.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

// npm run goes to the project's folder first, and leaves word of where it came from.
const stands = process.cwd();
process.env.INIT_CWD = stands === root ? (process.env.INIT_CWD ?? root) : stands;
process.argv.splice(2, 0, 'cli/vmx.ts');
await import('./installed.mjs');
