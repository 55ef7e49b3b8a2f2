/**
 * The template asks for something that AWS would refuse, or that the simulator
 * does not know. The message names the resource and says which.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
