type Test = (value: string, operand: string) => boolean;

const numbers =
  (test: (value: number, operand: number) => boolean): Test =>
  (value, operand) =>
    isNumber(value) && isNumber(operand) && test(Number(value), Number(operand));

/** Texts are compared with case. A value that is not a number is neither greater nor less than any other. */
const OPERATORS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['Equals', (value, operand) => value === operand],
  ['TextStartsWith', (value, operand) => value.startsWith(operand)],
  ['TextEndsWith', (value, operand) => value.endsWith(operand)],
  ['TextContains', (value, operand) => value.includes(operand)],
  ['NumberGreaterThan', numbers((value, operand) => value > operand)],
  ['NumberGreaterOrEqualTo', numbers((value, operand) => value >= operand)],
  ['NumberLessThan', numbers((value, operand) => value < operand)],
  ['NumberLessOrEqualTo', numbers((value, operand) => value <= operand)],
]);

/** Throws an Error for an operator that flow language does not have. */
export function isTrue(operator: string, value: string, operand: string): boolean {
  const test = OPERATORS.get(operator);
  if (!test) throw new Error(`the operator ${operator} is not known`);
  return test(value, operand);
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
