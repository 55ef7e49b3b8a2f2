import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { createDynaliteEngine } from './dynalite-engine.ts';
import { parsingOnce } from './parsed-expressions.ts';

const require = createRequire(import.meta.url);

type Parse = Parameters<typeof parsingOnce>[0];
type Context = Parameters<Parse>[1]['context'];
type Named = Pick<Context, 'attrNames' | 'attrVals'>;

/** Not the one that the engine has changed. */
function parserOf(expressions: 'condition' | 'update'): Parse {
  const path = require.resolve(`dynalite/db/${expressions}Parser.js`);
  const changed = require.cache[path];
  delete require.cache[path];
  const { parse }: { readonly parse: Parse } = require(path);
  require.cache[path] = changed;
  return parse;
}

const isReserved = (name: string) => name === 'status';

function unused(names: object = {}): Record<string, boolean> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, true]));
}

/** What the parser returns or throws, and what it leaves unused. dynalite does not ask for that after an error. */
function outcome(parse: Parse, text: string, named: Named) {
  const context = {
    ...named,
    unusedAttrNames: unused(named.attrNames),
    unusedAttrVals: unused(named.attrVals),
    isReserved,
    compare: (_: string, one: { N: string }, other: { N: string }) => Number(one.N) > Number(other.N),
  };
  const { unusedAttrNames, unusedAttrVals } = context;
  try {
    const tree = parse(text, { context });
    return typeof tree === 'string' ? { error: tree } : { tree, unusedAttrNames, unusedAttrVals };
  } catch (error) {
    return { error: String(error) };
  }
}

const NAMES = { '#a': 'a', '#b': 'b' };
const text = (S: string) => ({ ':x': { S }, ':y': { S: `${S}2` } });
const number = (N: string, M = N) => ({ ':x': { N }, ':y': { N: M } });

const CASES: Readonly<Record<'condition' | 'update', readonly (readonly [string, readonly Named[]])[]>> = {
  condition: [
    [
      '(attribute_not_exists(#a) OR #a <= :x) AND NOT #b.c[2] = :y',
      [text('1'), text('2'), number('3'), text('1')].map((attrVals) => ({ attrNames: NAMES, attrVals })),
    ],
    ['#a = :x', [NAMES, { '#a': 'z' }, {}].map((attrNames) => ({ attrNames, attrVals: text('1') }))],
    ['plain IN (:x, :y)', [{ attrVals: text('1') }, {}, { attrVals: { ':x': { L: [{ S: 'deep' }] } } }]],
    ['plain BETWEEN :x AND :y', [{ attrVals: number('1', '2') }, { attrVals: number('2', '1') }]],
    ['attribute_type(plain, :x)', [{ attrVals: text('S') }, { attrVals: text('nothing') }]],
    ['begins_with(plain, :x)', [{ attrVals: text('1') }, { attrVals: number('1') }, { attrVals: text('2') }]],
    ['status = :x', [{ attrVals: text('1') }]],
    ['plain = = :x', [{ attrVals: text('1') }]],
  ],
  update: [
    [
      'SET #a = :x, #b = if_not_exists(#b, :y) REMOVE plain',
      [text('1'), number('2'), text('3')].map((attrVals) => ({ attrNames: NAMES, attrVals })),
    ],
    [
      'SET plain = plain + :x',
      [{ attrVals: number('1') }, { attrVals: text('1') }, { attrVals: number('2') }],
    ],
    ['ADD plain :x', [{ attrVals: number('1') }, { attrVals: { ':x': { NS: ['1'] } } }]],
    ['SET plain = :x, plain = :y', [{ attrVals: number('1') }]],
  ],
};

for (const expressions of ['condition', 'update'] as const) {
  test(`an expression of ${expressions} parsed before gives what the parser gives`, () => {
    const parse = parserOf(expressions);
    const parseOnce = parsingOnce(parse);
    for (const [expression, requests] of CASES[expressions]) {
      for (const named of [...requests, ...requests])
        assert.deepEqual(
          outcome(parseOnce, expression, named),
          outcome(parse, expression, named),
          `${expression} ${JSON.stringify(named)}`,
        );
    }
  });
}

test('a known expression is not parsed again', () => {
  const parse = parserOf('condition');
  let parsed = 0;
  const counting: Parse = (...asked) => ((parsed += 1), parse(...asked));
  const parseOnce = parsingOnce(counting);
  for (const value of ['1', '2', '3']) outcome(parseOnce, 'plain = :x', { attrVals: text(value) });
  assert.equal(parsed, 1);
});

test('the tree has the very values of its request, and is not that of another', () => {
  const parseOnce = parsingOnce(parserOf('condition'));
  const values = [text('1'), text('2')];
  const trees = values.map((attrVals) => outcome(parseOnce, 'plain = :x OR plain = :y', { attrVals }).tree);
  assert.deepEqual(
    trees.map((tree) => JSON.stringify(tree).includes('"S":"12"')),
    [true, false],
  );
  assert.notEqual(trees[0], trees[1]);
});

test('two writes with one expression each write their own value', async () => {
  const engine = createDynaliteEngine();
  await engine(
    'CreateTable',
    JSON.stringify({
      TableName: 'calls',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const description = () => engine('DescribeTable', JSON.stringify({ TableName: 'calls' }));
  while (!(await description()).body.includes('"TableStatus":"ACTIVE"')) await new Promise(setImmediate);
  const key = { TableName: 'calls', Key: { id: { S: '1' } } };
  for (const S of ['first', 'second']) {
    const update = { UpdateExpression: 'SET said = :x', ExpressionAttributeValues: { ':x': { S } } };
    const { body } = await engine(
      'UpdateItem',
      JSON.stringify({ ...key, ...update, ReturnValues: 'ALL_NEW' }),
    );
    assert.deepEqual(JSON.parse(body), { Attributes: { id: { S: '1' }, said: { S } } });
  }
});
