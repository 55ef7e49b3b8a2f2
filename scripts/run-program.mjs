/**
 * For the launchers: plain JavaScript without dependencies, as the Node of the machine may be too old for anything
 * else.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Signals are passed on. Ends this process with the other's exit code if that is not 0. */
export async function runProgram(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
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
