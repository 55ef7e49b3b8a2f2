import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { z } from 'zod';
import { runVmx } from '../run-vmx.ts';
import { checkExportCommand } from './check-export.ts';

const Report = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      kind: z.string(),
      verdict: z.string(),
      remarks: z.array(z.object({ verdict: z.string(), reason: z.string(), times: z.number() })),
    }),
  ),
  summary: z.array(z.record(z.string(), z.unknown())),
  leftOut: z.number(),
  isCut: z.boolean(),
});

/** A folder with these files, and `vmx check-export` of it. */
export function exportFolder(t: TestContext, files: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(tmpdir(), 'check-export-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    const isAsItIs = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(join(folder, name), isAsItIs ? content : JSON.stringify(content));
  }

  async function vmx(...args: readonly string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runVmx([checkExportCommand], ['check-export', folder, ...args], {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  /** For each file: `verdict kind: reason; reason`. */
  async function verdicts(): Promise<Readonly<Record<string, string>>> {
    const { files: checked } = Report.parse(JSON.parse((await vmx('--json')).out));
    return Object.fromEntries(
      checked.map(({ file, kind, verdict, remarks }) => {
        const reasons = remarks.map(({ reason, times }) => (times === 1 ? reason : `${reason} x${times}`));
        return [file, `${verdict} ${kind}: ${reasons.join('; ')}`];
      }),
    );
  }

  return { folder, vmx, verdicts };
}
