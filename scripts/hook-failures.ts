import { Transform } from 'node:stream';

/**
 * A reporter of Node's test runner that writes nothing. It makes the process fail for whatever fails: in one process
 * for all files (`--test-isolation=none`), a hook that throws after the tests is shown as failed, but is not counted, and
 * the process ends with 0. Seen with Node 24.21.0: `findings/failed-hook-that-passes.sh`.
 */
export default new Transform({
  writableObjectMode: true,
  transform({ type }: { readonly type: string }, _encoding, done) {
    if (type === 'test:fail') process.exitCode = 1;
    done();
  },
});
