import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { report, speech, startCloud, voicemail } from './tree.ts';

/**
 * Resident memory of the simulator with the recognizer that comes with it, after the first voicemails; and, with a
 * recognizer that answers at once, what it grows by with each further voicemail.
 */
const FIRST = 5;
const WARM_UP = 100;
const FURTHER = 300;
const MIB = 1024 * 1024;
const message = speech(10);
// `npm start` passes no flags.
setFlagsFromString('--expose-gc');
const collectGarbage = z
  .custom<() => void>((made) => typeof made === 'function')
  .parse(runInNewContext('gc'));

if (process.argv[2] === 'growth') await growth();
else await resident();

async function resident(): Promise<void> {
  const simulator = await startCloud({ listening: 'for real' });
  for (let i = 0; i < FIRST; i++) await voicemail(simulator, message);
  report({ 'Memory of the simulator and its processes, MiB': memoryOfTree(process.pid) });
  await simulator.close();
}

async function growth(): Promise<void> {
  const simulator = await startCloud();
  for (let i = 0; i < WARM_UP; i++) await voicemail(simulator, message);
  await settle();
  const before = process.memoryUsage.rss();
  for (let i = 0; i < FURTHER; i++) await voicemail(simulator, message);
  await settle();
  report({ 'Growth for each voicemail, MiB': (process.memoryUsage.rss() - before) / MIB / FURTHER });
  await simulator.close();
}

/** Of the process and all below it. Pages that several have count once. Linux only. */
function memoryOfTree(pid: number): number {
  const [, kib = '0'] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
  return children.reduce((sum, child) => sum + memoryOfTree(Number(child)), Number(kib) / 1024);
}

/** Garbage is no growth. */
async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    collectGarbage();
    await pause(200);
  }
}
