import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { test } from 'node:test';
import { runVmx } from './run-vmx.ts';
import { parseSimulatorOptions } from './simulator-options.ts';
import { simulatorCommand } from './simulator.ts';

async function typed(...args: readonly string[]) {
  const lines: string[] = [];
  const code = await runVmx([simulatorCommand], ['simulator', ...args], {
    out: (text) => lines.push(text),
    err: (text) => lines.push(text),
  });
  return { code, said: lines.join('\n') };
}

test('alone it is an empty account in real time, on any free port', () => {
  assert.deepEqual(parseSimulatorOptions([]), {
    port: 0,
    isDeploying: false,
    isStrict: false,
    time: 'real',
    worldFile: undefined,
  });
  assert.deepEqual(parseSimulatorOptions(['--port', '4566', '--deploy', '--fast', '--strict']), {
    port: 4566,
    isDeploying: true,
    isStrict: true,
    time: 'fast',
    worldFile: undefined,
  });
});

for (const [args, message] of [
  [['--port', '0'], /--port 0 is no whole number from 1 to 65535/],
  [['--port', '65536'], /--port 65536/],
  [['--port', '80a'], /--port 80a/],
  [['--port', ''], /--port  is no whole number/],
  [['--fast', '--real-time'], /exclude each other/],
  [['--wrld'], /there is no option --wrld. Did you mean --world/],
] as const) {
  test(`${args.join(' ')} is refused, with the way to the help`, async () => {
    const { code, said } = await typed(...args);

    assert.equal(code, 2);
    assert.match(said, message);
    assert.match(said, /\nvmx help simulator shows how it is used/);
  });
}

test('a world file that describes no world is named', async () => {
  const { code, said } = await typed('--world', 'nowhere.json');

  assert.equal(code, 2);
  assert.match(said, /^vmx simulator: nowhere.json describes no world:\n  cannot be read: ENOENT/);
});

test('a port that is taken is named, and nothing is left running', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');

  const { code, said } = await typed('--port', String(address.port));

  assert.equal(code, 1);
  assert.equal(said, `vmx simulator: port ${address.port} is not available: it is in use`);
});
