/**
 * How tools mark what they fill in before a flow is published: `{{name}}`, `%%name%%`, `<<name>>`,
 * `<%= name %>`, or `%name%` and nothing else.
 */
const PLACEHOLDER = /\{\{[^{}]*\}\}|%%[^%\s]+%%|^%[\w.-]+%$|<<[^<>\s]+>>|<%[^%]*%>|\{%[^%]*%\}/;
/** As CloudFormation's Fn::Sub and Terraform write it. */
const SUBSTITUTION = /\$\{/;

/** The first placeholder in a text, without those of CloudFormation and Terraform. */
export function placeholderIn(text: string): string | undefined {
  return PLACEHOLDER.exec(text)?.[0];
}

/** Whether the text is not known before a tool has filled it in. */
export function isFilledInLater(text: string): boolean {
  return SUBSTITUTION.test(text) || PLACEHOLDER.test(text);
}
