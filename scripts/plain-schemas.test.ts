import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlainLiterals } from './plain-schemas.ts';

test('computed keys and numbers are written out, and everything else stays', () => {
  const source = [
    'const _N = "Name";',
    'const _hH = "httpHeader";',
    'var Names = 64 | 0;',
    'export var Put$ = [3, n0, _P, 0, [_N], [[() => Name, { [_hH]: _xac, [_elsewhere]: 128 | 4 }]]];',
  ];

  assert.deepEqual(withPlainLiterals(source.join('\n')).split('\n'), [
    'const _N = "Name";',
    'const _hH = "httpHeader";',
    'var Names = 64;',
    'export var Put$ = [3, n0, _P, 0, [_N], [[() => Name, { "httpHeader": _xac, [_elsewhere]: 132 }]]];',
  ]);
});
